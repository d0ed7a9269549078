import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join, relative } from "node:path";

import { findRunsHome, readJournal } from "../adapters/run-store.ts";
import { parseTranscript } from "../agent/parse-transcript.ts";
import { lineInWords } from "../core/resume/line-in-words.ts";
import type { RunId } from "../model/ids.ts";
import type { SourceKey } from "../model/memory-entry.ts";
import { byHand } from "../model/memory-observation.ts";
import { logLine } from "./log-line.ts";
import { paintFor } from "./paint.ts";

/** Where a source can be looked up: the line of a run that is kept, or what else is known of it. */
export type Traced =
  | { readonly file: string; readonly line: number; readonly text: string }
  | { readonly why: string };

/** `<run>`, or `<run>/<transcript>`, with a number behind it for a second observation of one line. */
const session = /^(\d{6}-\d{6}-[a-z0-9]+)(?:\/([^/\\]+?))?(?::\d+)?$/;

/** Finds sources in the runs of a repository; each file is read once. */
export function openTrace(options: {
  readonly repo: string;
}): (source: SourceKey) => Promise<Traced> {
  const home = findRunsHome(options.repo);
  const read = new Map<string, Promise<readonly string[]>>();
  return async (source) => {
    if (source.session === byHand) return { why: "you typed it" };
    if (/^edit-[0-9a-f]{12}$/.test(source.session)) return { why: "a file of memory was edited" };
    const [, run = "", transcript] = session.exec(source.session) ?? [];
    if (run === "") return { why: "it was imported, and names no run of this machine" };
    const folder = home.ok ? join(home.value, ".skein/runs", run) : "";
    if (!home.ok || !existsSync(folder)) return { why: `run ${run} is not kept here` };
    const file =
      transcript === undefined
        ? join(folder, "journal.jsonl")
        : join(folder, "transcripts", `${transcript}.jsonl`);
    const reading =
      read.get(file) ??
      (transcript === undefined ? journalLines(run, folder) : transcriptLines(file));
    read.set(file, reading);
    const text = (await reading)[source.seq];
    const path = relative(home.value, file);
    return text === undefined
      ? { why: `${path} has no line ${source.seq + 1} any more` }
      : { file: path, line: source.seq + 1, text };
  };
}

async function journalLines(run: string, folder: string): Promise<readonly string[]> {
  const journal = await readJournal({ id: run as RunId, folder });
  const paint = paintFor({ color: false });
  return journal.ok ? journal.value.entries.map((entry) => logLine(entry, paint).trim()) : [];
}

async function transcriptLines(file: string): Promise<readonly string[]> {
  return parseTranscript(await readFile(file, "utf8").catch(() => "")).lines.map(lineInWords);
}
