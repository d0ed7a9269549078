import { lstat, readdir } from "node:fs/promises";
import { join } from "node:path";

import type { IsBrought } from "../adapters/git/brought-below.ts";
import type { Git } from "../adapters/git/git.ts";
import { resultStanding } from "../adapters/git/result-standing.ts";
import { isOwnerAlive } from "../adapters/run-owner.ts";
import { readJournal } from "../adapters/run-store.ts";
import type { StoredRun } from "../adapters/stored-runs.ts";
import type { RunLeft } from "../core/clean/judge-run.ts";
import { buildReport, type Report } from "../core/report/build-report.ts";
import { reposOfUnits } from "../core/report/repos-of-units.ts";
import { changedElsewhere } from "../core/report/work-elsewhere.ts";
import type { UnitId } from "../model/ids.ts";

/** A run that is looked at for whether it may go. */
export interface LookedAt extends StoredRun {
  readonly name: string;
  /** Its last event, in milliseconds since the epoch. */
  readonly lastAt: number;
  readonly left: RunLeft;
  readonly journalBytes: number;
  /** Its result. */
  readonly commit: string | undefined;
  /** Units that each had a repository of its own. */
  readonly batchUnits: readonly UnitId[];
}

/** Without git: the folder that the runs are kept in is no repository. */
export async function lookAtRun(
  run: StoredRun,
  at: { readonly git: Git | undefined; readonly isBrought: IsBrought },
): Promise<LookedAt> {
  const info = await lstat(join(run.folder, "journal.jsonl")).catch(() => undefined);
  const isAtWork = await isOwnerAlive(run.folder);
  const isBrought = at.isBrought(`runs/${run.id}`);
  const known = { ...run, journalBytes: info?.size ?? 0, batchUnits: [] };
  const nothing = {
    isAtWork,
    isBrought,
    finished: undefined,
    hasPatches: false,
    hasFindings: false,
  } as const;
  const { mtimeMs } = info ?? (await lstat(run.folder));
  const [name, lastAt, commit] = ["", mtimeMs, undefined];
  if (info === undefined || info.size === 0)
    return {
      ...known,
      name,
      lastAt,
      commit,
      left: {
        ...nothing,
        journal: (await isBare(run.folder)) ? "none" : "damaged",
        result: "none",
      },
    };
  const journal = await readJournal(run);
  const [first] = journal.ok ? journal.value.entries : [];
  if (!journal.ok || first?.event.kind !== "run-started") {
    const left = { ...nothing, journal: "damaged", result: "none" } as const;
    return { ...known, name, lastAt, commit, left };
  }
  const { entries, problems } = journal.value;
  const report = buildReport(entries);
  const { finished } = report;
  const result = await resultOf(run, report, at.git);
  return {
    ...known,
    name: report.goal ?? report.name,
    lastAt: entries.at(-1)?.at ?? mtimeMs,
    commit: finished?.result?.commit,
    batchUnits: [...reposOfUnits(entries.map(({ event }) => event)).keys()],
    left: {
      isAtWork,
      isBrought,
      journal: problems.length > 0 ? "damaged" : "whole",
      finished,
      result,
      hasPatches: changedElsewhere(report).size > 0,
      hasFindings: await hasFindings(run.folder, result),
    },
  };
}

/** What a run has in its folder before it begins; whatever else is there, somebody may want. */
const before = /^(?:plan\.yaml|skein\.log|journal\.jsonl|\.?owner-[\w.-]+)$/;

async function isBare(folder: string): Promise<boolean> {
  return (await readdir(folder)).every((name) => before.test(name));
}

/** A page or table is made where the plan asks for one; files that tasks leave are for each other, unless they are all that is left. */
async function hasFindings(folder: string, result: RunLeft["result"]): Promise<boolean> {
  const names = await readdir(folder);
  if (names.some((name) => /^report\.(?:csv|html)$/.test(name))) return true;
  if (result !== "none" || !names.includes("out")) return false;
  const left = await readdir(join(folder, "out"), { recursive: true, withFileTypes: true });
  return left.some((entry) => !entry.isDirectory());
}

async function resultOf(
  { id }: StoredRun,
  { finished }: Report,
  git: Git | undefined,
): Promise<RunLeft["result"]> {
  if (finished?.result === undefined) return "none";
  const { commit } = finished.result;
  return git === undefined ? "waiting" : resultStanding(git, { branch: `skein/${id}`, commit });
}
