import { readdir, readFile, stat } from "node:fs/promises";
import { basename, join } from "node:path";

import { openMemoryStore } from "../adapters/memory/open-store.ts";
import { readJournal } from "../adapters/run-store.ts";
import { systemClock } from "../adapters/system-clock.ts";
import { parseTranscript } from "../agent/parse-transcript.ts";
import { fromJournal } from "../core/extract/from-journal.ts";
import { fromTranscript } from "../core/extract/from-transcript.ts";
import type { RunId } from "../model/ids.ts";
import type { MemoryEntry } from "../model/memory-entry.ts";
import type { Observation } from "../model/memory-observation.ts";

/** What is read of transcripts, in bytes: the end of a run must not wait for it. */
const bytesMax = 64 * 1024 * 1024;

/**
 * Puts what a run taught into the inbox of memory; the next dream makes facts of it. Once more after a resume: what is
 * there already is left out. The inbox takes out secrets before anything is written.
 */
export async function learnFromRun(options: {
  readonly repo: string;
  readonly run: RunId;
  readonly folder: string;
  /** What its agents read of memory. */
  readonly used: readonly MemoryEntry[];
  readonly known: readonly string[];
  readonly warn: (text: string) => void;
}): Promise<void> {
  const { repo, run, folder, used, known, warn } = options;
  try {
    const journal = await readJournal({ id: run, folder });
    const observed = [
      ...(journal.ok ? fromJournal(journal.value.entries, run) : []),
      ...(await ofTranscripts(join(folder, "transcripts"), run)),
    ];
    if (observed.length + used.length === 0) return;
    const store = openMemoryStore(repo, { clock: systemClock, known });
    const entries = observed.map((observation) => ({ type: "observed" as const, observation }));
    const taken = await store.takeIn([...entries, ...used], "observed");
    if (!taken.ok) warn(`nothing of this run is remembered: ${taken.error.message}`);
  } catch (error) {
    // The run is over and its result stands, whatever is wrong here.
    warn(`nothing of this run is remembered: ${String(error)}`);
  }
}

async function ofTranscripts(dir: string, run: RunId): Promise<readonly Observation[]> {
  const observed: Observation[] = [];
  let left = bytesMax;
  const names: readonly string[] = await readdir(dir).catch(() => []);
  for (const name of names.toSorted()) {
    const file = join(dir, name);
    const info = await stat(file);
    left -= info.size;
    if (left < 0) break;
    if (!name.endsWith(".jsonl") || !info.isFile()) continue;
    const { lines } = parseTranscript(await readFile(file, "utf8"));
    const at = info.mtime.toISOString();
    // Names the file, so that the line a fact rests on can be looked up: <run>/<transcript>, line `seq`.
    observed.push(...fromTranscript(lines, { session: `${run}/${basename(name, ".jsonl")}`, at }));
  }
  return observed;
}
