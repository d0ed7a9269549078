import { join } from "node:path";

import { readPlanFile } from "../../adapters/plan-file.ts";
import { readLock, writeLock } from "../../adapters/repos/lock-store.ts";
import { pinRepos } from "../../adapters/repos/pin-repos.ts";
import { type FoundRepos, readRepos } from "../../adapters/repos/read-repos.ts";
import { systemClock } from "../../adapters/system-clock.ts";
import { formatDiagnostics } from "../../core/plan/format-diagnostics.ts";
import { printableLine } from "../../core/printable.ts";
import { locationOf } from "../../core/repos/location-of.ts";
import { applyLock, lockOf } from "../../core/repos/lock-file.ts";
import { type Failure, failure } from "../../model/failure.ts";
import type { Repo, RepoSpec } from "../../model/repo.ts";
import { err, ok, type Result } from "../../model/result.ts";
import type { Io } from "../io.ts";
import type { ReposOptions } from "../options.ts";
import { paintFor } from "../paint.ts";
import { printFailure } from "../print-failure.ts";

/** `skein repos`: which repositories a plan means, after lists, queries and globs; with `--lock`, at which commits. */
export async function reposCommand(options: ReposOptions, io: Io): Promise<number> {
  const found = await find(options, io);
  if (!found.ok) return failed(found.error, io);
  for (const note of found.value.notes) io.stderr(`skein: ${printableLine(note)}\n`);
  const { repos } = found.value;
  io.stdout(options.json ? asJson(repos) : asLines(repos, io));
  return 0;
}

function failed(error: Failure, io: Io): number {
  printFailure(error, io);
  return error.kind === "git" ? 1 : 2;
}

interface Asked {
  readonly spec: RepoSpec;
  readonly folder: string;
}

async function find(options: ReposOptions, io: Io): Promise<Result<FoundRepos>> {
  const asked = options.plan === undefined ? listOnly(options) : ofPlan(options.plan, io);
  if (!asked.ok) return asked;
  const { spec, folder } = asked.value;
  const signal = new AbortController().signal;
  const { repos: list, only } = options;
  const found = await readRepos({ spec, folder, list, only, paint: paintFor(io), signal });
  if (!found.ok || spec.lock === undefined) return found;
  const file = join(folder, spec.lock);
  const lock = readLock(file);
  if (!lock.ok) return lock;
  const applied = applyLock(found.value.repos, options.lock ? new Map() : lock.value);
  if (!options.lock) return ok({ ...found.value, repos: applied.repos });
  const pinned = await pinRepos(applied.repos, {
    clock: systemClock,
    max: 3,
    backoffMs: 1_000,
    signal,
  });
  if (!pinned.ok) return pinned;
  // A selection of the command line locks its own and leaves the others as they were.
  await writeLock(
    file,
    new Map([...(only.length === 0 ? [] : lock.value), ...lockOf(pinned.value)]),
  );
  return ok({ ...found.value, repos: pinned.value });
}

function listOnly({ repos, lock }: ReposOptions): Result<Asked> {
  if (repos === undefined) {
    return err(failure("usage", "name a plan, or a list with --repos FILE"));
  }
  if (lock) return err(failure("usage", "--lock needs a plan whose repos: name a lock file"));
  const spec = { list: [], via: "gh", include: [], exclude: [] } as const;
  return ok({ spec, folder: process.cwd() });
}

function ofPlan(file: string, io: Io): Result<Asked> {
  const read = readPlanFile(file);
  if (!read.ok) return read;
  const { parsed, text, folder } = read.value;
  if (!parsed.ok) {
    const detail = formatDiagnostics(parsed.error, { file, text, paint: paintFor(io) });
    return err(failure("plan-invalid", `${file} is not valid`, { detail }));
  }
  const spec = parsed.value.plan.repos;
  return spec === undefined
    ? err(failure("usage", `${file} has no repos:`, { hint: "it works in one repository" }))
    : ok({ spec, folder });
}

function asJson(repos: readonly Repo[]): string {
  return repos
    .map(({ address, ...repo }) => `${JSON.stringify({ ...repo, ...address })}\n`)
    .join("");
}

function asLines(repos: readonly Repo[], io: Io): string {
  const width = Math.max(...repos.map(({ name }) => name.length));
  const { faint } = paintFor(io);
  const lines = repos.map(({ name, address, base, commit }) => {
    const where = printableLine(locationOf(address));
    const at = [base, commit?.slice(0, 12)].flatMap((one) => one ?? []).map(printableLine);
    return [printableLine(name).padEnd(width), faint(where), ...at].join("  ");
  });
  return `${lines.join("\n")}\n`;
}
