import { readConfig, userConfigFile } from "../../adapters/config/read-config.ts";
import { compactMemory } from "../../app/compact-memory.ts";
import type { DreamWorld } from "../../app/consolidate-record.ts";
import { type Dream, dream } from "../../app/dream.ts";
import type { ProseRead } from "../../app/read-prose.ts";
import { printableLine } from "../../core/printable.ts";
import { factsHold, shownCount, shownUsd } from "../../core/report/figures.ts";
import { ok, type Result } from "../../model/result.ts";
import { endWith } from "../end-with.ts";
import type { Io } from "../io.ts";
import { noteProblems } from "../memory-facts.ts";
import { openMemory } from "../open-memory.ts";
import type { DreamOptions } from "../options/memory-options.ts";
import { paintFor } from "../paint.ts";
import { printFailure } from "../print-failure.ts";
import type { ReadingDue } from "../read-memory.ts";

/**
 * `skein dream`: consolidates memory now; with `--dry-run` it shows what would change. With `--with-model` a model first reads what
 * has no key; whatever becomes of that, the dream goes on.
 */
export async function dreamCommand(options: DreamOptions, io: Io): Promise<number> {
  const world = openMemory(options, io);
  if (!world.ok) return endWith(world.error, io);
  const read = await readFirst(world.value, options, io);
  if (read === "stopped") return 130;
  if (!read.ok) return endWith(read.error, io);
  const done = await dream(world.value, { isDryRun: options.dryRun });
  if (!done.ok) return endWith(done.error, io);
  const gone = options.compact && !options.dryRun ? await compactMemory(world.value) : ok(0);
  if (!gone.ok) return endWith(gone.error, io);
  noteProblems(done.value.problems, io);
  if (options.json) {
    const { generation = null, figures, problems } = done.value;
    // Of a large dream they are megabytes.
    const changes = options.changes ? { changes: done.value.changes } : {};
    const reading = read.value === undefined ? {} : { reading: read.value };
    io.stdout(
      `${JSON.stringify({ generation, dryRun: options.dryRun, compacted: gone.value, ...reading, figures, ...changes, problems })}\n`,
    );
  } else {
    if (read.value !== undefined) io.stdout(toldReading(read.value));
    io.stdout(told(done.value, options, io));
    if (options.compact)
      io.stdout(`${shownCount(gone.value, "line")} of the inbox went; every fact is as it was\n`);
  }
  return 0;
}

/** What was read, or would be. */
type Reading =
  | ({ readonly model: string } & Omit<ProseRead, "run"> & { readonly run: string | undefined })
  | { readonly model: string; readonly due: number; readonly likely: Likely };
type Likely = Pick<ReadingDue, "requests" | "usd">;

async function readFirst(
  world: DreamWorld,
  options: DreamOptions,
  io: Io,
): Promise<Result<Reading | undefined> | "stopped"> {
  if (!options.withModel) return ok(undefined);
  // Loaded only then: it brings all that a run needs.
  const { readingDue, readMemoryProse } = await import("../read-memory.ts");
  const config = await readConfig(userConfigFile(io.env));
  if (!config.ok) return config;
  const found = await readingDue(world, options, config.value.dream);
  if (!found.ok) return found;
  const { model, texts, requests, usd } = found.value;
  const due = texts.length;
  if (options.dryRun) return ok({ model, due, likely: { requests, usd } });
  const none = {
    model,
    run: undefined,
    due,
    keyed: 0,
    nothing: 0,
    left: due,
    dropped: 0,
    requests: 0,
    usd: 0,
  };
  if (due === 0) return ok({ ...none, why: undefined });
  // A line at once and for each request: whoever has to end this knows what it has cost.
  const onRead = (read: ProseRead): void => {
    if (options.json) io.stdout(`${JSON.stringify({ kind: "read", ...read })}\n`);
  };
  const read = await readMemoryProse(world, found.value, { options, io, onRead });
  if (read === "stopped") return read;
  if (read.ok) return ok({ model, ...read.value });
  printFailure(read.error, io);
  return ok({ ...none, why: read.error.message });
}

function toldReading(reading: Reading): string {
  const { model, due } = reading;
  if ("likely" in reading) {
    const { requests, usd } = reading.likely;
    return `${shownCount(due, "text")} without a key; ${shownCount(requests, "request")} to ${printableLine(model)} would read them for about ${shownUsd(usd)}\n`;
  }
  const { keyed, nothing, left, dropped, requests, usd, run, why = "" } = reading;
  if (due === 0) return "no text without a key is left to read\n";
  const rest = `${shownCount(left, "text")} without a key ${left === 1 ? "waits" : "wait"} for the next time: ${printableLine(why)}`;
  const said = `${printableLine(model)} read ${shownCount(due - left, "text")}: ${keyed} have a key now, ${nothing} say nothing that has one, ${dropped} keys do not count`;
  const paid = `${shownCount(requests, "request")}, ${shownUsd(usd)} (skein report ${run})`;
  return `${[left === due ? "nothing was read" : said, ...(requests === 0 ? [] : [paid]), ...(left === 0 ? [] : [rest])].join("; ")}\n`;
}

function told({ generation, figures, diff }: Dream, options: DreamOptions, io: Io): string {
  if (figures.observations + figures.active === 0 && generation === undefined && diff === "")
    return "there was nothing to do: nothing is remembered here\n";
  const { faint } = paintFor(io);
  const more: readonly (readonly [count: number, what: string])[] = [
    [figures.merged, "merged"],
    [figures.superseded, "superseded"],
    [figures.concretised, "made concrete"],
    [figures.quarantined, "quarantined"],
    [figures.expired, "expired"],
    [figures.nothing, figures.nothing === 1 ? "line only of talk" : "lines only of talk"],
  ];
  const said = [
    shownCount(figures.observations, "observation"),
    factsHold(figures.active),
    ...more.flatMap(([count, what]) => (count === 0 ? [] : `${count} ${what}`)),
  ].join(", ");
  const end = options.dryRun
    ? "nothing was written (--dry-run)"
    : generation === undefined
      ? "nothing changed"
      : `generation ${generation}; take it back with skein memory undo`;
  const wait = figures.waiting === 1 ? "waits" : "wait";
  const waits =
    figures.waiting > 0 ? `${figures.waiting} ${wait} for you: skein memory review\n` : "";
  return `${diff}${diff === "" ? "" : "\n"}${faint(said)}\n${waits}${end}\n`;
}
