import { relative, sep } from "node:path";

import { resolvePath } from "@anthropic-ai/sdk/tools/agent-toolset/node";

import { outsideScope } from "../../core/scope.ts";

/** The only place an agent's file tools reach. */
export interface FileReach {
  /** Real path of the worktree. */
  readonly root: string;
  /** Globs that may be changed. */
  readonly write: readonly string[];
}

/** A path as the model named it and where it really leads, every symlink followed. */
export interface NamedPath {
  readonly named: string;
  readonly real: string;
}

/** Rejects (with a sentence for the model) when the path leads out of the worktree. */
export async function locate(reach: FileReach, named: string): Promise<NamedPath> {
  return { named, real: await resolvePath({ workdir: reach.root }, named) };
}

/** Why a path inside the worktree may not be read all the same. */
export function readRefusal(reach: FileReach, { named, real }: NamedPath): string | undefined {
  return partsOf(reach, real).some((part) => part.toLowerCase() === ".git")
    ? `${named} is git's own data; it cannot be read or changed here.`
    : undefined;
}

/** Why a path inside the worktree may not be changed. The final diff is judged again, by the coordinator. */
export function writeRefusal(reach: FileReach, path: NamedPath): string | undefined {
  const parts = partsOf(reach, path.real);
  // Installed files are hard links: a change in place would reach every other worktree.
  if (parts.includes("node_modules"))
    return `${path.named} is an installed dependency; it cannot be changed here.`;
  const inside = parts.join("/");
  if (outsideScope([inside], reach.write).length === 0) return readRefusal(reach, path);
  const scope = reach.write.join(", ") || "nothing";
  return `${inside} is outside your write scope (${scope}). If it has to change, say so in openIssues.`;
}

function partsOf(reach: FileReach, real: string): readonly string[] {
  return relative(reach.root, real).split(sep);
}
