import type { Git } from "../../adapters/git/git.ts";
import { buildReport } from "../../core/report/build-report.ts";
import { type Failure, failure } from "../../model/failure.ts";
import { err, ok, type Result } from "../../model/result.ts";
import type { Io } from "../io.ts";
import { openRun } from "../open-run.ts";
import { printFailure } from "../print-failure.ts";

/** `skein apply`: merges the result branch into the current branch; the only command that changes the user's checkout. */
export async function applyCommand(
  options: { readonly run: string; readonly repo: string },
  io: Io,
): Promise<number> {
  const run = await openRun(options);
  if (!run.ok) {
    printFailure(run.error, io);
    return 2;
  }
  const result = buildReport(run.value.entries).finished?.result;
  if (result === undefined) {
    printFailure(
      failure("usage", `run ${run.value.id} has no result to apply`, {
        hint: "see skein report for what happened",
      }),
      io,
    );
    return 1;
  }
  const applied = await merge(run.value.git, { commit: result.commit, branch: result.branch });
  if (!applied.ok) {
    printFailure(applied.error, io);
    return 1;
  }
  io.stdout(`${applied.value}\n`);
  return 0;
}

async function merge(
  git: Git,
  result: { readonly commit: string; readonly branch: string },
): Promise<Result<string>> {
  const branch = await git.try(["symbolic-ref", "--short", "--quiet", "HEAD"]);
  if (branch.exitCode !== 0)
    return err(
      failure("usage", "HEAD is detached", {
        hint: "switch to the branch the result should go to",
      }),
    );
  const onto = branch.stdout.trim();
  const already = await git.try(["merge-base", "--is-ancestor", result.commit, "HEAD"]);
  if (already.exitCode === 0) return ok(`${onto} has the result already; nothing to do`);
  const dirty = await git.run(["status", "--porcelain", "--untracked-files=no"]);
  if (!dirty.ok) return dirty;
  if (dirty.value !== "") return err(dirtyFailure(dirty.value));
  // The commit that was verified, not whatever the branch points to by now.
  const merged = await git.try([
    "merge",
    "--no-edit",
    "-m",
    `Merge ${result.branch}`,
    result.commit,
  ]);
  if (merged.exitCode === 0) return ok(`${onto} now has the result of ${result.branch}`);
  await git.try(["merge", "--abort"]);
  return err(
    failure("conflict", `the result does not merge into ${onto}; nothing was changed`, {
      hint: `merge it by hand: git merge ${result.branch}`,
      detail: merged.stdout.trim() || merged.stderr.trim(),
    }),
  );
}

function dirtyFailure(status: string): Failure {
  return failure("usage", "your checkout has changes that are not committed", {
    hint: "commit or stash them first",
    detail: status.trimEnd().split("\n").slice(0, 8).join("\n"),
  });
}
