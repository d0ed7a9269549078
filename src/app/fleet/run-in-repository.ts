import { createHistory } from "../../core/history.ts";
import { noEarlierWork } from "../../core/resume/earlier-work.ts";
import type { UnitFinished } from "../../model/event.ts";
import { ok, type Result } from "../../model/result.ts";
import type { Unit, UnitRepository } from "../../model/unit.ts";
import type { OpenedRepository, RepositoryAnswer } from "../../ports/repositories.ts";
import { blamed } from "../blame-surroundings.ts";
import { briefOfRepository } from "../open-context.ts";
import { publishResult } from "../publish/publish-result.ts";
import type { RunContext } from "../run-context.ts";
import {
  endedByThrow,
  endedWith,
  finishedUnit,
  outcomeOf,
  skipped,
  type UnitEnd,
} from "../unit-end.ts";
import { createWorktreeShelf } from "../worktree-shelf.ts";
import { earlierTips } from "./earlier-tips.ts";
import { keepResult } from "./keep-result.ts";
import { prepare } from "./prepare.ts";

type Attempts = (run: RunContext, unit: Unit) => Promise<UnitFinished>;

/**
 * Runs a unit in a repository of its own: fetched, looked at, installed, judged as it is; then the same attempts as any
 * unit's, in a context where that repository takes the place of the run's. Whatever goes wrong is this unit's outcome.
 */
export async function runInRepository(
  run: RunContext,
  at: { readonly unit: Unit; readonly repository: UnitRepository },
  attempts: Attempts,
): Promise<UnitFinished> {
  const { unit, repository } = at;
  const startedAt = run.ports.clock.now();
  const finish = async (end: UnitEnd): Promise<UnitFinished> =>
    finishedUnit(unit, await blamed(run, end), {
      attempt: 0,
      durationMs: run.ports.clock.now() - startedAt,
    });
  try {
    const opened = await open(run, unit, repository);
    if (!opened.ok) return await finish(endedWith(outcomeOf(opened.error), opened.error));
    if (opened.value.kind === "empty") return await finish(skipped(opened.value.reason));
    await using repo = opened.value;
    await using shelf = createWorktreeShelf(repo.workspace, {
      dependenciesAreReadOnly: run.settings.shell === "bubblewrap",
    });
    const inside = await contextIn(run, unit, { repo, shelf });
    const { made } = run.earlier.get(unit.id) ?? noEarlierWork;
    if (made !== undefined) return await publishResult(inside, unit, made);
    await using prepared = await prepare(inside, unit, { repo, repository });
    if (prepared.end !== undefined) return await finish(prepared.end);
    const finished = await attempts(inside, unit);
    return await publishResult(inside, unit, await keepResult(inside, unit, finished));
  } catch (error) {
    return finish(endedByThrow(error));
  }
}

/** Twice again unless the plan says otherwise: of a thousand fetches one always fails. */
const clonesAgain = 2;

async function open(
  run: RunContext,
  unit: Unit,
  { key }: UnitRepository,
): Promise<Result<RepositoryAnswer>> {
  const repo = run.settings.repos.find((one) => one.key === key);
  if (repo === undefined)
    return ok({ kind: "empty", reason: "it is none of the run's repositories" });
  return run.ports.repositories.open(repo, {
    unit: unit.id,
    retries: unit.retry.on.includes("clone") ? unit.retry.max : clonesAgain,
    backoffMs: unit.retry.backoffMs,
    signal: run.signal,
  });
}

/** Everything but the repository is the run's own; journal, state, budget and limits are shared. */
async function contextIn(
  run: RunContext,
  unit: Unit,
  { repo, shelf }: { readonly repo: OpenedRepository; readonly shelf: RunContext["shelf"] },
): Promise<RunContext> {
  const { workspace, base } = repo;
  const history = createHistory(base);
  return {
    ...run,
    base,
    ports: {
      ...run.ports,
      workspace,
      publishing: { ...run.ports.publishing, place: () => repo.publishPlace() },
    },
    history,
    tips: earlierTips(run, unit, history),
    shelf,
    baselines: new Map(),
    brief: await briefOfRepository(workspace, base),
  };
}
