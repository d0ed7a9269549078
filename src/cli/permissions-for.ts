import {
  readConfig,
  repositoryConfigFile,
  userConfigFile,
} from "../adapters/config/read-config.ts";
import { isTrusted } from "../adapters/config/trust.ts";
import { combinePermissions } from "../core/permission/combine.ts";
import { parseRule } from "../core/permission/parse-rule.ts";
import { failure } from "../model/failure.ts";
import type { PermissionMode, Permissions } from "../model/permission.ts";
import { err, ok, type Result } from "../model/result.ts";
import type { Io } from "./io.ts";

/** What agents of a run may do: the command line's rules, the person's, the repository's as far as it is trusted. */
export async function permissionsFor(
  asked: {
    readonly allow: readonly string[];
    readonly ask: readonly string[];
    readonly deny: readonly string[];
    readonly permissionMode?: PermissionMode | undefined;
  },
  repo: string,
  io: Pick<Io, "env" | "stderr">,
): Promise<Result<Permissions>> {
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
  const { permissions: theirs } = repository.value;
  if (!trusted && (theirs.allow.length > 0 || theirs.mode === "trusted")) {
    io.stderr(
      "skein: this repository's configuration would allow more; that counts after `skein init --trust`\n",
    );
  }
  return ok(
    combinePermissions({
      user: user.value.permissions,
      repository: theirs,
      isTrusted: trusted,
      commandLine: {
        mode: asked.permissionMode,
        allow: [...asked.allow],
        ask: [...asked.ask],
        deny: [...asked.deny],
      },
    }),
  );
}
