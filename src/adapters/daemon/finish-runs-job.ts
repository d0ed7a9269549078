import { existsSync } from "node:fs";
import { lstat } from "node:fs/promises";
import { join } from "node:path";

import { budgetGate } from "../../core/daemon/gates.ts";
import { failuresOf, isSettled } from "../../core/daemon/record.ts";
import { type WaitingRun, waitingRun } from "../../core/daemon/waiting-run.ts";
import type { DaemonConfig, DaemonRecord } from "../../model/daemon.ts";
import type { DaemonJob } from "../../ports/daemon-world.ts";
import { isTracked } from "../git/brought-below.ts";
import { isOwnerAlive } from "../run-owner.ts";
import { listRuns, readJournalBytes, type StoredRun } from "../stored-runs.ts";
import { runAsJob } from "./run-job.ts";

const name = "finish-runs";
const minute = 60_000;
/** Of the latest runs only, as long as somebody may still want them, and so often. */
const runsMax = 20;
const oldestMs = 7 * 24 * 60 * minute;
const triesMax = 5;
/** A larger journal is left to its person: reading it would take the daemon's own memory. */
const journalBytesMax = 8 * 1024 * 1024;

interface Found {
  readonly run: StoredRun;
  readonly waits: WaitingRun;
  /** Its last entry. */
  readonly at: number;
  /** Names the run and how far it came: further on is another slot. */
  readonly slot: string;
}

/**
 * Brings runs to their end that were cut off, or that the API refused too often: the longer they wait the rarer they are
 * tried. What they may do is the usual mode at most, and less when they were started with less; nobody says yes at their gates.
 */
export function finishRunsJob(
  repo: string,
  { config, entry }: { readonly config: DaemonConfig; readonly entry: string },
): DaemonJob {
  /** By run: most journals are the same at every look. */
  const known = new Map<
    string,
    { readonly slot: string; readonly waits: WaitingRun | undefined }
  >();
  /** Without a record all of them, however lately they were tried: a person asks. */
  const waiting = async (
    now: number,
    record: DaemonRecord | undefined,
  ): Promise<readonly Found[]> => {
    const found: Found[] = [];
    for (const run of (await listRuns(repo)).slice(0, runsMax)) {
      const info = await lstat(join(run.folder, "journal.jsonl")).catch(() => undefined);
      if (info === undefined || now - info.mtimeMs > oldestMs || info.size > journalBytesMax)
        continue;
      if (record !== undefined && !isRested(record, { run, restedMs: now - info.mtimeMs, config }))
        continue;
      const slot = `${run.id} ${info.size}`;
      if (known.get(run.id)?.slot !== slot)
        known.set(run.id, { slot, waits: await readWaiting(repo, run) });
      const waits = known.get(run.id)?.waits;
      if (waits === undefined || (await isOwnerAlive(run.folder))) continue;
      found.push({ run, waits, at: info.mtimeMs, slot });
    }
    return found.toSorted((a, b) => a.at - b.at);
  };
  return {
    name,
    ...(config["finish-runs"] ? {} : { off: "finish-runs is off" }),
    look: async (record, now) => {
      const all = await waiting(now, record);
      // One that may not keeps no other back; when none may, the first is told of.
      const chosen = all.find((one) => mayBegin(one, { record, config, now })) ?? all[0];
      return chosen === undefined
        ? { kind: "waits", why: "no run waits to be finished" }
        : { kind: "due", slot: chosen.slot, usd: usdOf(chosen, config) };
    },
    start: async ({ slot, signal, onChild, byHand }) => {
      const all = await waiting(Date.now(), undefined);
      const found = byHand ? all[0] : all.find((one) => one.slot === slot);
      if (found === undefined)
        return { isDone: true, said: "no run waits to be finished", usd: 0, proposals: [] };
      const { run, waits } = found;
      onChild({ run: run.id });
      const usd = waits.capUsd ?? waits.spentUsd + usdOf(found, config);
      const flags = usd > 0 ? ["--budget-usd", String(usd)] : [];
      const end = await runAsJob(
        { name: waits.how, flags, what: run.id },
        { signal, onChild, run: run.id },
        { repo, entry, about: `run ${run.id}`, more: `skein ${waits.how} ${run.id}` },
      );
      const cost = Math.max(0, end.usd - waits.spentUsd);
      return { ...end, usd: cost, said: `run ${run.id} (${waits.why}): ${end.said}` };
    },
  };
}

/** Most that it may still cost. */
function usdOf({ waits: { capUsd, spentUsd } }: Found, config: DaemonConfig): number {
  return capUsd === undefined ? config["usd-per-day"] : Math.max(0, capUsd - spentUsd);
}

function mayBegin(
  found: Found,
  {
    record,
    config,
    now,
  }: { readonly record: DaemonRecord; readonly config: DaemonConfig; readonly now: number },
): boolean {
  const usd = usdOf(found, config);
  return (
    !isSettled(record, name, found.slot) && budgetGate(record, config, { now, usd }) === undefined
  );
}

function isRested(
  record: DaemonRecord,
  {
    run,
    restedMs,
    config,
  }: { readonly run: StoredRun; readonly restedMs: number; readonly config: DaemonConfig },
): boolean {
  const tries = failuresOf(record, name).filter((end) => end.run === run.id).length;
  return tries < triesMax && restedMs >= config["finish-after-minutes"] * minute * 2 ** tries;
}

/** Undefined also for one that came with the repository: nobody here has begun it. */
async function readWaiting(repo: string, run: StoredRun): Promise<WaitingRun | undefined> {
  const bytes = await readJournalBytes(run, 0);
  const waits = bytes.ok ? waitingRun(bytes.value.toString("utf8")) : undefined;
  if (waits === undefined || !existsSync(join(repo, ".git"))) return waits;
  return (await isTracked(repo, run.folder)) ? undefined : waits;
}
