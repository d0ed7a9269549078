import { existsSync } from "node:fs";

import {
  readConfig,
  repositoryConfigFile,
  userConfigFile,
} from "../adapters/config/read-config.ts";
import { isTrusted } from "../adapters/config/trust.ts";
import {
  readMcpServers,
  repositoryMcpFile,
  userMcpFile,
} from "../adapters/mcp/read-mcp-servers.ts";
import { combinePermissions } from "../core/permission/combine.ts";
import { parseRule } from "../core/permission/parse-rule.ts";
import { failure } from "../model/failure.ts";
import type { OwnedHook } from "../model/hooks.ts";
import type { OwnedMcpServer } from "../model/mcp.ts";
import type { PermissionMode, Permissions } from "../model/permission.ts";
import type { Plan } from "../model/plan.ts";
import { err, ok, type Result } from "../model/result.ts";
import type { Io } from "./io.ts";

/** What configuration files and the command line say about a run. */
export interface Configured {
  /** What agents may do: the command line's rules, the person's, the repository's as far as it is trusted. */
  readonly permissions: Permissions;
  /** The person's hooks, then those of a trusted repository. */
  readonly hooks: readonly OwnedHook[];
  /** The person's servers of tools, then those of a trusted repository. */
  readonly mcpServers: readonly OwnedMcpServer[];
}

export async function readConfigs(
  asked: {
    readonly allow: readonly string[];
    readonly ask: readonly string[];
    readonly deny: readonly string[];
    readonly permissionMode?: PermissionMode | undefined;
  },
  { repo, plan }: { readonly repo: string; readonly plan: Plan | undefined },
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
    ...(existsSync(repositoryMcpFile(repo)) ? ["has MCP servers"] : []),
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
    plan: plan?.permissions,
    commandLine: {
      mode: asked.permissionMode,
      allow: [...asked.allow],
      ask: [...asked.ask],
      deny: [...asked.deny],
    },
  });
  const mcpServers = await readServers({ repo, trusted, named: user.value.mcp.env }, io.env);
  if (!mcpServers.ok) return mcpServers;
  return ok({
    permissions,
    mcpServers: mcpServers.value,
    hooks: [
      ...user.value.hooks.map((hook): OwnedHook => ({ hook, origin: "user" })),
      ...(trusted ? hooks : []).map((hook): OwnedHook => ({ hook, origin: "repository" })),
    ],
  });
}

async function readServers(
  of: { readonly repo: string; readonly trusted: boolean; readonly named: readonly string[] },
  env: Io["env"],
): Promise<Result<readonly OwnedMcpServer[]>> {
  const known = Object.fromEntries(
    of.named.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]]])),
  );
  const user = await readMcpServers(userMcpFile(env), { origin: "user", known });
  if (!user.ok || !of.trusted) return user;
  const file = repositoryMcpFile(of.repo);
  const theirs = await readMcpServers(file, { origin: "repository", known });
  if (!theirs.ok) return theirs;
  // A repository cannot take the place of a person's own server.
  const taken = new Set(user.value.map(({ name }) => name));
  return ok([...user.value, ...theirs.value.filter(({ name }) => !taken.has(name))]);
}
