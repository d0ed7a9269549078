import { relative, sep } from "node:path";

import { resolvePath } from "@anthropic-ai/sdk/tools/agent-toolset/node";

import { outsideScope } from "../../core/scope.ts";
import { err, ok, type Result } from "../../model/result.ts";

/** The only place an agent's file tools reach. */
export interface FileReach {
  /** Real path of the worktree. */
  readonly root: string;
  /** Globs that may be changed. */
  readonly write: readonly string[];
}

/** A path as the model named it and where it really leads, every symlink followed, when it was looked at. */
export interface NamedPath {
  readonly named: string;
  readonly real: string;
  /** Of the worktree that it lies in. */
  readonly root: string;
}

/** Where a path leads, every symlink followed; the error is a sentence for the model. */
export async function locate(reach: FileReach, named: string): Promise<Result<NamedPath, string>> {
  if (named.includes("\0")) return err("A path cannot hold a NUL character; name the file again.");
  try {
    const real = await resolvePath({ workdir: reach.root }, named);
    return ok({ named, real, root: reach.root });
  } catch (error) {
    return err(whyNot(named, error instanceof Error ? error.message : ""));
  }
}

/** The SDK says in words why it does not follow a path. */
function whyNot(named: string, said: string): string {
  if (said.includes("symbolic links")) {
    return `${named} leads into a loop of symbolic links. Name the file itself, not a link to it.`;
  }
  if (said.includes("outside")) {
    return `${named} is outside your worktree. Only what is inside can be read or changed; use a path relative to its top.`;
  }
  const why = said.split(": ").at(-1) ?? "";
  return `${named} cannot be followed${why === "" ? "" : ` (${why})`}. Look with Glob at what there is.`;
}

/** Why a path inside the worktree may not be read all the same. */
export function readRefusal(reach: FileReach, { named, real }: NamedPath): string | undefined {
  return partsOf(reach, real).some((part) => part.toLowerCase() === ".git")
    ? `${named} is git's own data; it cannot be read or changed here. Go on without it.`
    : undefined;
}

/** Why a path inside the worktree may not be changed. The final diff is judged again, by the coordinator. */
export function writeRefusal(reach: FileReach, path: NamedPath): string | undefined {
  const parts = partsOf(reach, path.real);
  // Installed files are hard links: a change in place would reach every other worktree.
  if (parts.includes("node_modules"))
    return `${path.named} is an installed dependency; it cannot be changed here. Change the code that uses it.`;
  const unreadable = readRefusal(reach, path);
  const inside = parts.join("/");
  if (unreadable !== undefined || outsideScope([inside], reach.write).length === 0)
    return unreadable;
  const scope = reach.write.join(", ") || "nothing";
  return `${inside} is outside your write scope (${scope}). If it has to change, say so in openIssues.`;
}

function partsOf(reach: FileReach, real: string): readonly string[] {
  return relative(reach.root, real).split(sep);
}
