import { lstat } from "node:fs/promises";
import { join, posix } from "node:path";

import { type Failure, failure } from "../../model/failure.ts";
import type { Git } from "./git.ts";
import type { ChangedEntry } from "./patch.ts";

/** Largest file an agent may add, in bytes; bigger ones are nearly always build output that escaped .gitignore. */
const fileBytesMax = 50 * 1024 * 1024;

const modes = { link: "120000", repository: "160000" } as const;

/** What a patch must not carry: nested repositories, links that lead out of the tree, huge files, names that are no text. */
export async function refusedChange(
  place: { readonly git: Git; readonly path: string },
  entries: readonly ChangedEntry[],
): Promise<Failure | undefined> {
  const nested = entries.find((entry) => entry.mode === modes.repository);
  if (nested !== undefined) {
    return failure(
      "out-of-scope",
      `${nested.path} is a git repository of its own; a patch cannot carry it`,
    );
  }
  for (const link of entries.filter((entry) => entry.mode === modes.link)) {
    const target = await place.git.run(["cat-file", "blob", link.hash]);
    if (!target.ok) return target.error;
    if (!staysInside(link.path, target.value)) {
      return failure(
        "out-of-scope",
        `the link ${link.path} leads out of the repository, to ${target.value}`,
      );
    }
  }
  for (const { path } of entries.filter((entry) => entry.mode.startsWith("100"))) {
    const info = await lstat(join(place.path, path)).catch(() => undefined);
    if (info === undefined) {
      // Read as text, such a name is another one.
      const why = path.includes("\uFFFD") ? "has a name that is not UTF-8" : "cannot be looked at";
      return failure("out-of-scope", `${path} ${why}; a patch cannot carry it`);
    }
    if (info.size > fileBytesMax) {
      return failure("out-of-scope", `${path} is larger than ${fileBytesMax / 1024 / 1024} MB`, {
        hint: "build output belongs in .gitignore",
      });
    }
  }
  return undefined;
}

/**
 * A relative link that goes up first, never above the top, and then only down. Going up again after another name could
 * leave through a second link (`a/link/../../..`), which no look at the text alone can tell.
 */
export function staysInside(link: string, target: string): boolean {
  if (target === "" || posix.isAbsolute(target)) return false;
  const steps = target.split("/").filter((step) => step !== "" && step !== ".");
  const up = steps.findIndex((step) => step !== "..");
  const down = up === -1 ? [] : steps.slice(up);
  const climbs = steps.length - down.length;
  const depth = link.split("/").length - 1;
  return climbs <= depth && !down.includes("..") && !down.includes(".git");
}
