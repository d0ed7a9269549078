import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { parseFact } from "../../core/memory/fact-file.ts";
import { type FactsByPath, recallNamed, recallWords } from "../../core/memory/recall.ts";
import { indexFile } from "../../core/memory/render-tree.ts";
import type { Clean } from "../../core/secrets/redact-value.ts";
import type { MemoryEntry } from "../../model/memory-entry.ts";
import type { Fact } from "../../model/memory-fact.ts";
import type { Question } from "../../model/question.ts";
import type { Clock } from "../../ports/clock.ts";
import { broughtBelow, type IsBrought } from "../git/brought-below.ts";
import { diskFiles } from "./disk-files.ts";
import { generationsDir, readGeneration, readState, treeDir } from "./generations.ts";
import { readTree } from "./read-tree.ts";

/** Memory as the agents of one run see it. */
export interface RunMemory {
  /** What all of them are shown, the same until the run's end, also when it is resumed; empty: nothing is remembered. */
  readonly index: string;
  /** What one of them reads on demand, as it is now. */
  readonly recall: (asked: Asked) => Promise<string>;
  /** What they read, for memory's own record. */
  readonly used: () => readonly MemoryEntry[];
}

type Asked = Pick<Extract<Question, { readonly kind: "recall" }>, "names" | "find">;

/**
 * Opens memory for a run. Its index is kept in the run's folder: what a dream changes meanwhile would change what all agents
 * share, and no earlier conversation could go on. What git tracks came with the repository, whose author is not this
 * person: no index and no fact of that kind is shown; a dream takes such facts in as a file's.
 */
export async function openRunMemory(
  repo: string,
  {
    runFolder,
    isNew,
    clock,
    clean,
    warn,
  }: {
    readonly runFolder: string;
    readonly isNew: boolean;
    readonly clock: Pick<Clock, "now">;
    readonly clean: Clean;
    readonly warn: (text: string) => void;
  },
): Promise<RunMemory> {
  const files = diskFiles(repo);
  const kept = join(runFolder, "memory.md");
  const used = new Map<string, MemoryEntry>();
  const broughtNow = (): Promise<IsBrought> => broughtBelow(repo, `.skein/${treeDir}`);
  const filesNow = async (): Promise<Readonly<Record<string, string>>> =>
    (await readGeneration(files, (await readState(files)).current)).files;
  const indexNow = async (): Promise<string> => {
    const isBrought = await broughtBelow(repo, ".skein");
    const brought = [`${treeDir}/${indexFile}`, generationsDir].find((path) => isBrought(path));
    if (brought !== undefined) {
      warn(
        `the repository brings a memory of its own (.skein/${treeDir}); agents are not shown it`,
      );
      return "";
    }
    // As the latest dream left it: no dream has read what somebody wrote there since, and a file that is gone forgets nothing.
    return clean(linesOf((await filesNow())[indexFile] ?? ""));
  };
  let index = "";
  try {
    index = isNew ? await indexNow() : await readFile(kept, "utf8").catch(() => "");
    if (isNew && index !== "") await writeFile(kept, index, { mode: 0o600 });
  } catch (error) {
    index = "";
    warn(`agents are not shown what is remembered: ${String(error)}`);
  }
  return {
    index,
    recall: async ({ names, find }) => {
      const { tree } = await readTree(files);
      const facts = factsOf(tree, { held: await filesNow(), isBrought: await broughtNow() });
      const found =
        names === undefined ? recallWords(facts, find ?? "") : recallNamed(facts, names);
      for (const { id, sources } of found.used) {
        const [source] = sources;
        if (source === undefined || used.has(id)) continue;
        const { session, seq } = source;
        const at = new Date(clock.now()).toISOString();
        used.set(id, { type: "used", at, source: { session, seq } });
      }
      return clean(found.text);
    },
    used: () => [...used.values()],
  };
}

/** What is no fact, or not yet one, is left out: the next dream tells of it. A broken file's fact is as memory wrote it. */
function factsOf(
  tree: ReadonlyMap<string, string>,
  {
    held,
    isBrought,
  }: { readonly held: Readonly<Record<string, string>>; readonly isBrought: IsBrought },
): FactsByPath {
  const facts = new Map<string, Fact>();
  for (const [path, text] of tree) {
    if (path === indexFile || path.startsWith("archive/") || isBrought(path)) continue;
    const now = parseFact(text);
    const fact = now.ok ? now : parseFact(held[path] ?? "");
    if (fact.ok) facts.set(path, fact.value);
  }
  return facts;
}

/** The lines of the index, without its heading. */
function linesOf(index: string): string {
  return index
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("# "))
    .join("\n");
}
