import { tellRun } from "../adapters/control/tell-run.ts";
import { isTracked } from "../adapters/git/brought-below.ts";
import { findRun, findRunsHome } from "../adapters/run-store.ts";
import { type StoredRun } from "../adapters/stored-runs.ts";
import type { ControlAnswer, ControlRequest } from "../model/control.ts";
import { failure } from "../model/failure.ts";
import { err, ok, type Result } from "../model/result.ts";

/** Tells a run, which may be at work, something. `answer` is undefined when nobody is at work on it. */
export async function tellLiveRun(
  options: { readonly run: string; readonly repo: string },
  request: ControlRequest,
): Promise<Result<{ readonly run: StoredRun; readonly answer: ControlAnswer | undefined }>> {
  const run = await findOwnRun(options);
  if (!run.ok) return run;
  const answer = await tellRun(run.value.folder, request);
  return answer.ok ? ok({ run: run.value, answer: answer.value }) : answer;
}

/** A run that a person names, and `repo`, the absolute path of the repository it belongs to. Not one that came with that. */
export async function findOwnRun(options: {
  readonly run: string;
  readonly repo: string;
}): Promise<Result<StoredRun & { readonly repo: string }>> {
  const home = findRunsHome(options.repo);
  if (!home.ok) return home;
  const run = await findRun(home.value, options.run);
  if (!run.ok) return run;
  const isForeign = await isTracked(home.value, run.value.folder);
  return isForeign ? err(foreignRun(run.value)) : ok({ ...run.value, repo: home.value });
}

/** Whoever wrote the repository may have written it, and whatever listens in it. */
function foreignRun({ id }: StoredRun): ReturnType<typeof failure> {
  return failure("usage", `run ${id} came with the repository: it is not a run of yours`, {
    hint: "git ls-files .skein shows what the repository brought",
  });
}

export function notAtWork({ id }: StoredRun): ReturnType<typeof failure> {
  return failure("usage", `nobody is at work on run ${id}`, {
    hint: `skein status ${id} tells how it stands; skein resume ${id} goes on with one that was cut off`,
  });
}
