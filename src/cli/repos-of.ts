import { join } from "node:path";

import { readLock } from "../adapters/repos/lock-store.ts";
import { readRepos } from "../adapters/repos/read-repos.ts";
import { findRunsHome, readJournal } from "../adapters/run-store.ts";
import { listRuns } from "../adapters/stored-runs.ts";
import type { Work } from "../app/start-run.ts";
import { unknownPattern } from "../core/plan/wanted.ts";
import { printableLine } from "../core/printable.ts";
import { failedRepos } from "../core/repos/failed-repos.ts";
import { applyLock } from "../core/repos/lock-file.ts";
import { type Failure, failure } from "../model/failure.ts";
import type { Repo, RepoSpec } from "../model/repo.ts";
import { err, ok, type Result } from "../model/result.ts";
import type { Io } from "./io.ts";
import type { RunOptions } from "./options.ts";
import { paintFor } from "./paint.ts";

const noList: RepoSpec = { list: [], via: "gh", include: [], exclude: [] };

/** The repositories of a batch run, at the commits its lock file says; none for any other run. */
export async function reposOf(
  options: RunOptions,
  work: Work,
  io: Io,
): Promise<Result<readonly Repo[]>> {
  const { repos: list, only, onlyFailed } = options;
  const spec = work.kind === "plan" ? work.accepted.plan.repos : undefined;
  if (spec === undefined && list === undefined) return withoutRepos(options, work);
  if (work.kind === "words") return err(noPlan("--repos is"));
  const { promptsIn: folder, plan } = work.accepted;
  const signal = new AbortController().signal;
  const question = { spec: spec ?? noList, folder, list, only, paint: paintFor(io), signal };
  const found = await readRepos(question);
  if (!found.ok) return found;
  for (const note of found.value.notes) io.stderr(`skein: ${printableLine(note)}\n`);
  const pinned = pin(found.value.repos, { spec: spec ?? noList, folder });
  if (!pinned.ok || !onlyFailed) return pinned;
  return failedOnes(pinned.value, { repo: options.repo, plan: plan.name });
}

/** `--only` means units then, and what failed is another command's. */
function withoutRepos({ only, onlyFailed }: RunOptions, work: Work): Result<readonly Repo[]> {
  if (onlyFailed)
    return err(
      failure("usage", "--only-failed is for plans over repositories", {
        hint: "skein retry does again what failed in the latest run",
      }),
    );
  if (work.kind === "words") return only.length > 0 ? err(noPlan("--only is")) : ok([]);
  if (isBatch(work)) return err(unnamed);
  const unknown = unknownPattern(work.accepted.plan, only);
  return unknown === undefined
    ? ok([])
    : err(
        failure("usage", `--only ${printableLine(unknown)} means no task of the plan`, {
          hint: `its tasks: ${work.accepted.plan.tasks.map(({ id }) => id).join(", ")}`,
        }),
      );
}

function noPlan(what: string): Failure {
  return failure("usage", `${what} for plan files`, {
    hint: "skein plan makes one of a task in words",
  });
}

function isBatch(work: Work): boolean {
  return (
    work.kind === "plan" && work.accepted.plan.tasks.some((task) => task.repository !== undefined)
  );
}

const unnamed = failure("usage", "the plan works over repositories, and none are named", {
  hint: "name them with --repos FILE, or in the plan's repos:",
});

function pin(
  repos: readonly Repo[],
  { spec, folder }: { readonly spec: RepoSpec; readonly folder: string },
): Result<readonly Repo[]> {
  if (spec.lock === undefined) return ok(repos);
  const lock = readLock(join(folder, spec.lock));
  return lock.ok ? ok(applyLock(repos, lock.value).repos) : lock;
}

async function failedOnes(
  repos: readonly Repo[],
  of: { readonly repo: string; readonly plan: string },
): Promise<Result<readonly Repo[]>> {
  const home = findRunsHome(of.repo);
  if (!home.ok) return home;
  for (const run of await listRuns(home.value)) {
    const journal = await readJournal(run);
    if (!journal.ok) continue;
    const failed = failedRepos(journal.value.entries, of.plan);
    if (failed === undefined) continue;
    const left = repos.filter(({ key }) => failed.has(key));
    return left.length > 0
      ? ok(left)
      : err(
          failure(
            "usage",
            `nothing failed in run ${run.id}, the latest of this plan; nothing was run`,
          ),
        );
  }
  return err(failure("usage", `the plan ${of.plan} has not been run here yet`));
}
