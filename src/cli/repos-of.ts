import { join } from "node:path";

import { readLock } from "../adapters/repos/lock-store.ts";
import { readRepos } from "../adapters/repos/read-repos.ts";
import { findRunsHome, listRuns, readJournal } from "../adapters/run-store.ts";
import type { Work } from "../app/start-run.ts";
import { printableLine } from "../core/printable.ts";
import { failedRepos } from "../core/repos/failed-repos.ts";
import { applyLock } from "../core/repos/lock-file.ts";
import { failure } from "../model/failure.ts";
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
  const asked = list !== undefined || only.length > 0 || onlyFailed;
  const spec = work.kind === "plan" ? work.accepted.plan.repos : undefined;
  if (spec === undefined && !asked) return isBatch(work) ? err(unnamed) : ok([]);
  if (work.kind === "words" || (spec === undefined && list === undefined)) {
    const hint = "name them in the plan's repos:, or with --repos FILE";
    return err(
      failure("usage", "--repos, --only and --only-failed are for plans over repositories", {
        hint,
      }),
    );
  }
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
