import { dirname } from "node:path";

import { bytesOnDisk } from "../adapters/bytes-on-disk.ts";
import type { GitPlace } from "../adapters/clean/drop-run.ts";
import { broughtBelow } from "../adapters/git/brought-below.ts";
import { checkRepository } from "../adapters/git/check-repository.ts";
import { createGit } from "../adapters/git/git.ts";
import { lostWorktrees } from "../adapters/git/lost-worktrees.ts";
import { checkRunsFolder } from "../adapters/run-folder.ts";
import { findRun, findRunsHome } from "../adapters/run-store.ts";
import { listRuns, type StoredRun } from "../adapters/stored-runs.ts";
import { systemClock } from "../adapters/system-clock.ts";
import { judgeRun, type Verdict } from "../core/clean/judge-run.ts";
import { fitsStars } from "../core/glob/fits-stars.ts";
import { beganAt } from "../core/run-id.ts";
import { failure } from "../model/failure.ts";
import type { RunId } from "../model/ids.ts";
import { err, ok, type Result } from "../model/result.ts";
import { type LookedAt, lookAtRun } from "./look-at-run.ts";
import type { CleanOptions } from "./options.ts";
import { deadWorktrees } from "./sweep-dead-runs.ts";
import { worktreesOf } from "./worktrees-of.ts";

export interface JudgedRun extends LookedAt {
  readonly verdict: Verdict;
  /** Folder of its worktrees, which need not be there. */
  readonly worktrees: string;
  /** On the disk, with its worktrees; 0 for a run that stays. */
  readonly bytes: number;
}

/** What a repository's runs left, judged. */
export interface RunsToClean {
  /** The folder that they are in. */
  readonly home: string;
  readonly place: GitPlace | undefined;
  readonly rows: readonly JudgedRun[];
  /** Worktrees of runs that stay, or that nothing knows any more: whoever goes on with one makes them anew. */
  readonly dead: {
    readonly count: number;
    readonly bytes: number;
    /** Folders whose repositories are gone. */
    readonly lost: readonly string[];
  };
}

export async function runsToClean(options: CleanOptions): Promise<Result<RunsToClean>> {
  const home = findRunsHome(options.repo);
  if (!home.ok) return home;
  const safe = await checkRunsFolder(home.value);
  if (!safe.ok) return safe;
  const all = await listRuns(home.value);
  const named = await namedRuns(home.value, { all, names: options.runs });
  if (!named.ok) return named;
  const place = await placeOf(home.value);
  const isBrought = await broughtBelow(home.value, ".skein");
  const before = systemClock.now() - options.olderThan;
  const rows: JudgedRun[] = [];
  for (const run of all) {
    const isNamed = named.value?.has(run.id);
    // What is not called as runs are is not one of Skein's.
    if (isNamed === false || beganAt(run.id) === undefined) continue;
    const worktrees = await worktreesOf(run.id);
    if (!worktrees.ok) return worktrees;
    const seen = await lookAtRun(run, { git: place?.git, isBrought });
    const judged = judgeRun(seen.left, isNamed === true);
    const verdict: Verdict =
      judged.goes && seen.lastAt > before ? { goes: false, why: "young" } : judged;
    const bytes = verdict.goes
      ? (await bytesOnDisk(run.folder)) + (await bytesOnDisk(worktrees.value))
      : 0;
    rows.push({ ...seen, verdict, worktrees: worktrees.value, bytes });
  }
  const dead = named.value === undefined ? await deadOf(home.value, { place, rows }) : none;
  return ok({ home: home.value, place, rows, dead });
}

const none: RunsToClean["dead"] = { count: 0, bytes: 0, lost: [] };

/** Undefined: none are named, all are meant. */
async function namedRuns(
  home: string,
  { all, names }: { readonly all: readonly StoredRun[]; readonly names: readonly string[] },
): Promise<Result<ReadonlySet<RunId> | undefined>> {
  if (names.length === 0) return ok(undefined);
  const named = new Set<RunId>();
  for (const name of names) {
    if (name.includes("*")) {
      const some = all.filter(({ id }) => fitsStars(name, id));
      if (some.length === 0 && !/^\*+$/.test(name))
        return err(failure("usage", `no run is called ${name}`, { hint: "skein runs lists them" }));
      for (const { id } of some) named.add(id);
      continue;
    }
    const run = await findRun(home, name);
    if (!run.ok) return run;
    named.add(run.value.id);
  }
  return ok(named);
}

async function placeOf(home: string): Promise<GitPlace | undefined> {
  const git = createGit(home);
  const facts = await checkRepository(git, home);
  return facts.ok ? { git, commonDir: facts.value.commonDir } : undefined;
}

async function deadOf(
  home: string,
  { place, rows }: { readonly place: GitPlace | undefined; readonly rows: readonly JudgedRun[] },
): Promise<RunsToClean["dead"]> {
  const [first] = rows;
  if (first === undefined) return none;
  const all = dirname(first.worktrees);
  const here = new Set(rows.map(({ worktrees }) => worktrees));
  const lost = (await lostWorktrees(all, systemClock.now())).filter((path) => !here.has(path));
  const going = new Set(rows.flatMap(({ id, verdict }) => (verdict.goes ? [id] : [])));
  const found = place === undefined ? [] : await deadWorktrees(home, place.commonDir, all);
  const dead = found.filter(({ id }) => !going.has(id)).map(({ path }) => path);
  const sizes = await Promise.all([...dead, ...lost].map((path) => bytesOnDisk(path)));
  return { count: sizes.length, bytes: sizes.reduce((sum, one) => sum + one, 0), lost };
}
