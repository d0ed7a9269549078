import {
  readConfig,
  repositoryConfigFile,
  userConfigFile,
} from "../adapters/config/read-config.ts";
import { isTrusted } from "../adapters/config/trust.ts";
import { combinePermissions } from "../core/permission/combine.ts";
import { parseRule } from "../core/permission/parse-rule.ts";
import { failure } from "../model/failure.ts";
import type { OwnedHook } from "../model/hooks.ts";
import type { PermissionMode, Permissions } from "../model/permission.ts";
import { err, ok, type Result } from "../model/result.ts";
import type { Io } from "./io.ts";

/** What configuration files and the command line say about a run. */
export interface Configured {
  /** What agents may do: the command line's rules, the person's, the repository's as far as it is trusted. */
  readonly permissions: Permissions;
  /** The person's hooks, then those of a trusted repository. */
  readonly hooks: readonly OwnedHook[];
}

export async function readConfigs(
  asked: {
    readonly allow: readonly string[];
    readonly ask: readonly string[];
    readonly deny: readonly string[];
    readonly permissionMode?: PermissionMode | undefined;
  },
  repo: string,
  io: Pick<Io, "env" | "stderr">,
): Promise<Result<Configured>> {
  const wrong = [...asked.allow, ...asked.ask, ...asked.deny].flatMap((rule) => {
    const parsed = parseRule(rule);
    return parsed.ok ? [] : [parsed.error];
  });
  if (wrong.length > 0) {
    return err(failure("usage", "a rule is not understood", { detail: wrong.join("\n") }));
  }
  const user = await readConfig(userConfigFile(io.env));
  if (!user.ok) return user;
  const repository = await readConfig(repositoryConfigFile(repo));
  if (!repository.ok) return repository;
  const trusted = await isTrusted(repo, io.env);
  const { permissions: theirs, hooks } = repository.value;
  const waiting = [
    ...(theirs.allow.length > 0 || theirs.mode === "trusted" ? ["would allow more"] : []),
    ...(hooks.length > 0 ? ["has hooks"] : []),
  ];
  if (!trusted && waiting.length > 0) {
    io.stderr(
      `skein: this repository's configuration ${waiting.join(" and ")}; that counts after \`skein init --trust\`\n`,
    );
  }
  const permissions = combinePermissions({
    user: user.value.permissions,
    repository: theirs,
    isTrusted: trusted,
    commandLine: {
      mode: asked.permissionMode,
      allow: [...asked.allow],
      ask: [...asked.ask],
      deny: [...asked.deny],
    },
  });
  return ok({
    permissions,
    hooks: [
      ...user.value.hooks.map((hook): OwnedHook => ({ hook, origin: "user" })),
      ...(trusted ? hooks : []).map((hook): OwnedHook => ({ hook, origin: "repository" })),
    ],
  });
}
