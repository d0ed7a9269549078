import type { MemoryFiles } from "../../ports/memory-files.ts";
import { draftEnd } from "./durably.ts";
import { treeDir } from "./generations.ts";
import { inboxDir } from "./inbox.ts";

const depthMax = 5;
const filesMax = 20_000;

/** The Markdown files below `.skein/memory`, by their path in it. What is no plain file is told, and passed over. */
export async function readTree(
  files: MemoryFiles,
): Promise<{ readonly tree: ReadonlyMap<string, string>; readonly problems: readonly string[] }> {
  const tree = new Map<string, string>();
  const problems: string[] = [];
  const look = async (dir: string, depth: number): Promise<void> => {
    for (const { name, kind } of (await files.list(dir)).toSorted((a, b) =>
      a.name < b.name ? -1 : 1,
    )) {
      const path = `${dir}/${name}`;
      if (path === inboxDir || name.startsWith(".") || name.endsWith(draftEnd)) continue;
      if (kind === "other")
        problems.push(`${path} is neither a file nor a folder; memory follows no links`);
      else if (kind === "dir") {
        if (depth < depthMax) await look(path, depth + 1);
      } else if (name.endsWith(".md") && tree.size < filesMax) {
        const text = await files.read(path).catch((error: unknown) => {
          problems.push(error instanceof Error ? error.message : String(error));
          return undefined;
        });
        if (text !== undefined) tree.set(path.slice(treeDir.length + 1), text);
      }
    }
  };
  await look(treeDir, 0);
  return { tree, problems };
}
