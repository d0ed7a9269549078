import type { HookCall } from "../model/hooks.ts";
import type { UnitId } from "../model/ids.ts";
import type { RunContext } from "./run-context.ts";

/** Runs the hooks a call is for; what is wrong with them goes to the journal. Gives why one of them blocks, if one does. */
export async function tellHooks(
  run: RunContext,
  call: HookCall,
  unit?: UnitId,
): Promise<string | undefined> {
  // The end of a run is told even when a person has stopped it.
  const signal = call.event === "run-end" ? new AbortController().signal : run.signal;
  const { blocked, warnings } = await run.ports.runHooks(call, signal);
  for (const text of warnings)
    await run.record({ kind: "hook-warned", ...(unit === undefined ? {} : { unit }), text });
  return blocked;
}

/** For what has happened already: a hook that would block it has come too late, and is told so. */
export async function tellHooksAfter(
  run: RunContext,
  call: HookCall,
  unit?: UnitId,
): Promise<void> {
  const blocked = await tellHooks(run, call, unit);
  if (blocked === undefined) return;
  const text = `the ${call.event} hook would stop what has ended already: ${blocked}`;
  await run.record({ kind: "hook-warned", ...(unit === undefined ? {} : { unit }), text });
}
