import { checkRepository } from "../adapters/git/check-repository.ts";
import { createGit, type Git } from "../adapters/git/git.ts";
import { readRun, type StoredRun } from "../adapters/run-store.ts";
import { ok, type Result } from "../model/result.ts";

/** A run that was asked for by name, and git in its repository. */
export async function openRun(options: {
  readonly run: string;
  readonly repo: string;
}): Promise<Result<StoredRun & { readonly top: string; readonly git: Git }>> {
  const facts = await checkRepository(createGit(options.repo), options.repo);
  if (!facts.ok) return facts;
  const run = readRun(facts.value.top, options.run);
  return run.ok ? ok({ ...run.value, top: facts.value.top, git: createGit(facts.value.top) }) : run;
}
