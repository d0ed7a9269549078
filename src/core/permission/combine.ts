import type { Config } from "../../model/config.ts";
import type {
  PermissionMode,
  PermissionRule,
  Permissions,
  RuleOrigin,
} from "../../model/permission.ts";

type Rules = Config["permissions"];

/** From the narrowest to the widest. */
const modes: readonly PermissionMode[] = ["read-only", "ask", "accept-edits", "trusted"];
const modeDefault: PermissionMode = "accept-edits";

/**
 * The rules of everybody who has a say. A repository narrows at any time; what widens of it counts only once a person
 * trusted it, and never past the person's own denials: deny comes first, whoever says it.
 */
export function combinePermissions(from: {
  readonly user: Rules;
  readonly repository: Rules;
  readonly isTrusted: boolean;
  readonly commandLine: Rules;
}): Permissions {
  const { user, repository, isTrusted, commandLine } = from;
  const chosen = commandLine.mode ?? user.mode ?? (isTrusted ? repository.mode : undefined);
  return {
    mode: narrower(chosen ?? modeDefault, repository.mode),
    rules: [
      ...rulesOf(commandLine, "command line"),
      ...rulesOf(user, "user"),
      ...rulesOf(isTrusted ? repository : { ...repository, allow: [] }, "repository"),
    ],
  };
}

function narrower(mode: PermissionMode, other: PermissionMode | undefined): PermissionMode {
  if (other === undefined) return mode;
  return modes.indexOf(other) < modes.indexOf(mode) ? other : mode;
}

function rulesOf(rules: Rules, origin: RuleOrigin): readonly PermissionRule[] {
  return (["deny", "ask", "allow"] as const).flatMap((decision) =>
    rules[decision].map((rule) => ({ decision, rule, origin })),
  );
}
