import { errnoTrouble } from "../core/surroundings/errno-trouble.ts";
import type { RunFinished } from "../model/event.ts";
import { type Failure, failure } from "../model/failure.ts";
import type { RunId } from "../model/ids.ts";
import { err, type Result } from "../model/result.ts";
import type { Journal } from "../ports/journal.ts";
import type { RunContext } from "./run-context.ts";

/** Durable in the journal, then applied. What cannot be written down must not be done: with it all that is at work ends. */
export function recordIn({
  journal,
  state,
  halt,
  id,
}: Pick<RunContext, "state" | "halt" | "id"> & {
  readonly journal: Pick<Journal, "append">;
}): RunContext["record"] {
  return async (event, units) => {
    try {
      await journal.append(event);
    } catch (error) {
      halt.call(journalLost(error, id));
      throw error;
    }
    state.apply(event, units);
  };
}

function journalLost(error: unknown, run: RunId): Failure {
  const trouble = errnoTrouble(error);
  const said = trouble?.message ?? (error instanceof Error ? error.message : String(error));
  return failure("environment", `the journal of run ${run} cannot be written: ${said}`, {
    hint:
      trouble?.hint ??
      `finished work is kept in refs/skein/${run}/; with its journal the run can go on with skein resume`,
  });
}

/** A run whose journal was lost has no end that could be written down: the reason is its end. */
export async function orJournalLost(
  { halt }: Pick<RunContext, "halt">,
  work: () => Promise<Result<RunFinished>>,
): Promise<Result<RunFinished>> {
  try {
    return await work();
  } catch (error) {
    const because = halt.because();
    if (because === undefined) throw error;
    return err(because);
  }
}
