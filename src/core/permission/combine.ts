import type {
  PermissionLists,
  PermissionMode,
  PermissionRule,
  Permissions,
  RuleOrigin,
} from "../../model/permission.ts";
import { parseRule } from "./parse-rule.ts";

/** From the narrowest to the widest. */
const modes: readonly PermissionMode[] = ["read-only", "ask", "accept-edits", "trusted"];
const modeDefault: PermissionMode = "accept-edits";

/**
 * The rules of everybody who has a say. A repository narrows at any time; what widens of it counts only once a person
 * trusted it, and never past the person's own denials: deny comes first, whoever says it. A plan's author may let agents run
 * commands, as its own steps do: in the sandbox, without network. More than that is not a plan's to give.
 */
export function combinePermissions(from: {
  readonly user: PermissionLists;
  readonly repository: PermissionLists;
  readonly isTrusted: boolean;
  readonly plan: PermissionLists | undefined;
  readonly commandLine: PermissionLists;
}): Permissions {
  const { user, repository, isTrusted, plan, commandLine } = from;
  const chosen = commandLine.mode ?? user.mode ?? (isTrusted ? repository.mode : undefined);
  return {
    mode: narrower(narrower(chosen ?? modeDefault, repository.mode), plan?.mode),
    rules: [
      ...rulesOf(commandLine, "command line"),
      ...rulesOf(user, "user"),
      ...(plan === undefined
        ? []
        : rulesOf({ ...plan, allow: plan.allow.filter(isPlansToGive) }, "plan")),
      ...rulesOf(isTrusted ? repository : { ...repository, allow: [] }, "repository"),
    ],
  };
}

/** Whether a rule that allows counts when a plan has it. */
export function isPlansToGive(rule: string): boolean {
  const parsed = parseRule(rule);
  return parsed.ok && parsed.value.tool === "Bash";
}

function narrower(mode: PermissionMode, other: PermissionMode | undefined): PermissionMode {
  if (other === undefined) return mode;
  return modes.indexOf(other) < modes.indexOf(mode) ? other : mode;
}

function rulesOf(rules: PermissionLists, origin: RuleOrigin): readonly PermissionRule[] {
  return (["deny", "ask", "allow"] as const).flatMap((decision) =>
    rules[decision].map((rule) => ({ decision, rule, origin })),
  );
}
