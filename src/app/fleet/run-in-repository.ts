import { createHistory } from "../../core/history.ts";
import { noEarlierWork } from "../../core/resume/earlier-work.ts";
import type { UnitFinished } from "../../model/event.ts";
import type { Unit, UnitRepository } from "../../model/unit.ts";
import { blamed } from "../blame-surroundings.ts";
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
import { earlierTips } from "./earlier-tips.ts";
import { enterRepository } from "./enter-repository.ts";
import type { EnteredRepository } from "./entered.ts";
import { keepResult } from "./keep-result.ts";
import { prepare } from "./prepare.ts";

type Attempts = (run: RunContext, unit: Unit) => Promise<UnitFinished>;

/**
 * Runs a unit in a repository of its own: fetched, looked at, installed, judged as it is; then the same attempts as any
 * unit's, in a context where that repository takes the place of the run's. Whatever goes wrong is this unit's outcome. Its
 * place among those at work is free before its worktrees are gone.
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
  const left = new AsyncDisposableStack();
  try {
    const entered = await run.lookAhead.enter(unit.id, () =>
      enterRepository(run, unit, repository),
    );
    if (!entered.ok) return await finish(endedWith(outcomeOf(entered.error), entered.error));
    if (entered.value.kind === "empty") return await finish(skipped(entered.value.reason));
    const into = left.use(entered.value);
    const inside = contextIn(run, unit, into);
    const { made } = run.earlier.get(unit.id) ?? noEarlierWork;
    if (made !== undefined) return await publishResult(inside, unit, made);
    const prepared = left.use(await prepare(inside, unit, into));
    if (prepared.end !== undefined) return await finish(prepared.end);
    const finished = await attempts(inside, unit);
    return await publishResult(inside, unit, await keepResult(inside, unit, finished));
  } catch (error) {
    return await finish(endedByThrow(error));
  } finally {
    await run.tidying.later(() => left.disposeAsync());
  }
}

/** Everything but the repository is the run's own; journal, state, budget and limits are shared. */
function contextIn(
  run: RunContext,
  unit: Unit,
  { repo, shelf, brief }: EnteredRepository,
): RunContext {
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
    brief,
  };
}
