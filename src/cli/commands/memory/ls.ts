import { ownSegments } from "../../../app/consolidate-record.ts";
import { observationsIn } from "../../../core/memory/observations-in.ts";
import { holdsWords } from "../../../core/memory/recall.ts";
import { printableLine } from "../../../core/printable.ts";
import { shownCount } from "../../../core/report/figures.ts";
import { fit } from "../../../core/text-layout.ts";
import { endWith } from "../../end-with.ts";
import type { Io } from "../../io.ts";
import { readMemory, shortId, type StoredFact } from "../../memory-facts.ts";
import { openMemory } from "../../open-memory.ts";
import type { MemoryLsOptions } from "../../options/memory-options.ts";
import { paintFor } from "../../paint.ts";

/** Columns that what a fact says has at least. */
const leastRoom = 20;

/** `skein memory ls`: the facts that hold; with `--all` those, too, that do not any more, or not yet; with words those that have all of them. */
export async function memoryLsCommand(options: MemoryLsOptions, io: Io): Promise<number> {
  const world = openMemory(options, io);
  const read = world.ok ? await readMemory(world.value, io) : world;
  if (!world.ok) return endWith(world.error, io);
  if (!read.ok) return endWith(read.error, io);
  const shown = read.value.facts.filter(
    ({ fact }) => (options.all || fact.status === "active") && holdsWords(fact, options.words),
  );
  if (options.json) {
    io.stdout(shown.map(({ fact }) => `${JSON.stringify(fact)}\n`).join(""));
    return 0;
  }
  io.stdout(shown.map((one) => lineOf(one, io)).join(""));
  const unread = read.value.snapshot.segments.filter(({ isRead }) => !isRead);
  // No dream reads what came with the repository.
  const { own } = await ownSegments({ segments: unread }, world.value);
  const pending = own.flatMap(({ entries }) => observationsIn(entries)).length;
  const waiting = read.value.facts.filter(({ fact }) => fact.review !== null).length;
  if (shown.length === 0)
    io.stderr(
      options.words.length === 0
        ? "nothing is remembered yet\n"
        : `no fact has ${printableLine(options.words.join(" "))}${options.all ? "" : "; --all looks at those, too, that hold no more"}\n`,
    );
  if (pending > 0)
    io.stderr(
      `${shownCount(pending, "observation")} ${pending === 1 ? "waits" : "wait"} for skein dream\n`,
    );
  if (waiting > 0)
    io.stderr(
      `${shownCount(waiting, "fact")} ${waiting === 1 ? "waits" : "wait"} for you: skein memory review\n`,
    );
  return 0;
}

function lineOf({ fact }: StoredFact, io: Io): string {
  const { faint } = paintFor(io);
  const status = fact.status === "active" ? "" : `${fact.status}, `;
  const waits = fact.review === null ? "" : ", waits for you";
  const about = `(${fact.scope}, ${status}${fact.kind}, ${fact.confidence.toFixed(2)}${waits})`;
  const id = `${shortId(fact.id)}  `;
  const text = printableLine(fact.text);
  // Cut only for eyes: what a script reads is whole.
  const room = io.isOutputTTY ? io.columns - id.length - about.length - 2 : Number.MAX_SAFE_INTEGER;
  return `${id}${fit(text, Math.max(room, leastRoom))} ${faint(about)}\n`;
}
