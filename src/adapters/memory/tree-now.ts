import type { MemoryFiles } from "../../ports/memory-files.ts";
import { type Generation, type State, treeDir } from "./generations.ts";
import { obstaclesOn } from "./obstacles-on.ts";
import { readTree, type Tree } from "./read-tree.ts";

/** What people see of a generation now: what memory could not write, and what it cannot look at, nobody removed. */
export async function treeNow(
  files: MemoryFiles,
  { files: held, unwritten }: Pick<Generation, "files"> & Pick<State, "unwritten">,
): Promise<Tree> {
  const { tree, unread, problems } = await readTree(files);
  const obstacles = await obstaclesOn(files, treeDir, Object.keys(held));
  const blocked = [...new Set(obstacles.values())].filter((part) => !unread.has(part));
  const missing = unwritten.filter(
    (path) => held[path] !== undefined && !tree.has(path) && !obstacles.has(path),
  );
  return {
    tree,
    unread: new Set([...unread, ...blocked, ...missing]),
    problems: [
      ...problems,
      ...blocked.map(
        (part) =>
          `memory/${part} is in the place of a ${part in held ? "file" : "folder"} of memory`,
      ),
      ...missing.map(
        (path) => `memory/${path} could not be written; skein memory restore ${path} brings it`,
      ),
    ],
  };
}
