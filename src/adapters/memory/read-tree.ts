import { isGarbled } from "../../core/memory/is-garbled.ts";
import type { MemoryFiles } from "../../ports/memory-files.ts";
import { treeDir } from "./generations.ts";
import { inboxDir } from "./inbox.ts";

const depthMax = 5;
const filesMax = 20_000;

/** What is below `.skein/memory`, by its path in it. */
export interface Tree {
  /** Files and their text. */
  readonly tree: ReadonlyMap<string, string>;
  /** Files and folders that cannot be read; what they hold is not gone. */
  readonly unread: ReadonlySet<string>;
  /** The same for people. */
  readonly problems: readonly string[];
}

/** Reads the Markdown files of memory, or others by their names. What is no plain file is told, and passed over. */
export async function readTree(
  files: MemoryFiles,
  isWanted: (name: string) => boolean = (name) => name.endsWith(".md"),
): Promise<Tree> {
  const tree = new Map<string, string>();
  const unread = new Set<string>();
  const problems: string[] = [];
  const passOver = (path: string, why: string): void => {
    unread.add(path.slice(treeDir.length + 1));
    problems.push(why);
  };
  const look = async (dir: string, depth: number): Promise<void> => {
    for (const { name, kind } of (await files.list(dir)).toSorted((a, b) =>
      a.name < b.name ? -1 : 1,
    )) {
      const path = `${dir}/${name}`;
      if (path === inboxDir || name.startsWith(".")) continue;
      if (isGarbled(name)) passOver(path, `${path} has a name that is no UTF-8; it is not read`);
      else if (kind === "other")
        passOver(path, `${path} is neither a file nor a folder; memory follows no links`);
      else if (kind === "dir") {
        if (depth < depthMax) await look(path, depth + 1);
        else passOver(path, `${path} lies too deep; it is not read`);
      } else if (isWanted(name)) {
        if (tree.size >= filesMax) {
          passOver(path, `${path} is one file more than the ${filesMax} that are read`);
          continue;
        }
        const text = await files.read(path).catch((error: unknown) => {
          passOver(path, error instanceof Error ? error.message : String(error));
          return undefined;
        });
        if (text !== undefined) tree.set(path.slice(treeDir.length + 1), text);
      }
    }
  };
  await look(treeDir, 0);
  return { tree, unread, problems };
}
