import { err, type Result, ok } from "../../model/result.ts";
import { endWith } from "../end-with.ts";
import type { Io } from "../io.ts";
import type { CancelOptions } from "../options.ts";
import { notAtWork, tellLiveRun } from "../tell-live-run.ts";

/** `skein cancel`: ends a run that is at work, softly; comes back when it has ended. */
export async function cancelCommand(options: CancelOptions, io: Io): Promise<number> {
  const done = await cancel(options);
  if (done.ok) {
    io.stderr(`skein: ${done.value}\n`);
    return 0;
  }
  return endWith(done.error, io);
}

async function cancel(options: CancelOptions): Promise<Result<string>> {
  const told = await tellLiveRun(options, { command: "cancel" });
  if (!told.ok) return told;
  const { run, answer } = told.value;
  if (answer === undefined) return err(notAtWork(run));
  if (answer.kind === "refused") return err(answer.failure);
  return ok(
    `run ${run.id} has stopped, and what was finished is kept (skein report ${run.id}); skein resume ${run.id} goes on with it`,
  );
}
