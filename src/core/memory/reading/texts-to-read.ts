import type { MemoryEntry } from "../../../model/memory-entry.ts";
import { type Observation, timeOf } from "../../../model/memory-observation.ts";
import { textsMax } from "../../../model/memory-reading.ts";
import type { Hash } from "../fact-id.ts";
import { readLedger } from "../ledger.ts";
import { byTopic } from "../prose/by-topic.ts";
import { readObservations } from "../read-observations.ts";
import { meaningsOf } from "../words/meanings-of.ts";
import { mayBeRead } from "./may-be-read.ts";
import { readingsIn } from "./readings-in.ts";

/** What is longer tells a story, and has no one key. */
const charactersMax = 500;
/** Of all texts of a batch. */
const batchCharactersMax = 12_000;

/**
 * Texts that no model has read yet, each once. Those about one thing stand together, since what is read of it counts only once
 * most of it is (`readings-in.ts`); what was spoken of latest comes first, when not all can be paid for. The order of the record
 * does not matter.
 */
export function textsToRead(entries: readonly MemoryEntry[], hash: Hash): readonly string[] {
  const readings = readingsIn(entries);
  const { observations } = readLedger(entries);
  const latest = new Map<string, number>();
  for (const one of observations) {
    if (one.text.length > charactersMax || !mayBeRead(one)) continue;
    latest.set(one.text, Math.max(timeOf(one.at), latest.get(one.text) ?? 0));
  }
  const due = [...latest].filter(([text]) => !readings.has(hash(text)));
  if (due.length === 0) return [];
  const subjects = subjectsIn(observations);
  const telling = due.filter(([text]) => subjects.has(text));
  const things = [...Map.groupBy(telling, ([text]) => subjects.get(text)).values()].map((held) =>
    held.toSorted(byLatest),
  );
  return things
    .toSorted(([a = none], [b = none]) => byLatest(a, b))
    .flatMap((held) => held.map(([text]) => text));
}

type Said = readonly [text: string, at: number];
const none: Said = ["", 0];

function byLatest([a, at]: Said, [b, bt]: Said): number {
  return bt - at || (a < b ? -1 : 1);
}

/** What each text is about, as its grammar has it; those that only count ("frame 18 captured") are left out. */
function subjectsIn(observations: readonly Observation[]): ReadonlyMap<string, string> {
  const read = byTopic(readObservations(observations, () => false).statements);
  return new Map(
    read.map(({ observation: { text }, claim: { subject } }): [string, string] => [
      text,
      meaningsOf(subject).join(" ") || text,
    ]),
  );
}

/** What is asked at a time. */
export function batchesOf(texts: readonly string[]): readonly (readonly string[])[] {
  const batches: string[][] = [];
  let left = 0;
  for (const text of texts) {
    const last = batches.at(-1);
    left -= text.length;
    if (last === undefined || last.length === textsMax || left < 0) {
      batches.push([text]);
      left = batchCharactersMax - text.length;
    } else last.push(text);
  }
  return batches;
}
