import { join } from "node:path";

import { openJsonlJournal } from "../../adapters/journal/jsonl-journal.ts";
import { systemClock } from "../../adapters/system-clock.ts";
import { createProgress, type GateProgress } from "../../core/progress/progress.ts";
import { failure } from "../../model/failure.ts";
import { err, ok, type Result } from "../../model/result.ts";
import { type ClaimedRun, claimOwnRun } from "../claim-own-run.ts";
import { controlText } from "../control-text.ts";
import { endWith } from "../end-with.ts";
import type { Io } from "../io.ts";
import type { ApproveOptions } from "../options.ts";
import { noSuchGate } from "../steering.ts";
import { tellLiveRun } from "../tell-live-run.ts";

/**
 * `skein approve`: a person's word about a gate, durable in the run's journal. It does not go on with the run: what
 * agents may do is given anew by whoever does that.
 */
export async function approveCommand(options: ApproveOptions, io: Io): Promise<number> {
  const done = await approve(options, io);
  if (done.ok) {
    io.stderr(`skein: ${done.value}\n`);
    return 0;
  }
  return endWith(done.error, io);
}

async function approve(options: ApproveOptions, io: Io): Promise<Result<string>> {
  const { gate: task, reject } = options;
  const told = await tellLiveRun(options, { command: "approve", task, approved: !reject });
  if (!told.ok) return told;
  const { answer } = told.value;
  if (answer?.kind === "refused") return err(answer.failure);
  if (answer !== undefined) return ok(`${controlText(answer).join("; ")}; the run goes on`);
  return record(options, io);
}

/** Nobody is at work on the run: its journal is this process's to write. */
async function record(options: ApproveOptions, io: Io): Promise<Result<string>> {
  const run = await claimOwnRun(options, io);
  if (!run.ok) return run;
  const gate = gateOf(run.value, options.gate);
  if (!gate.ok) return gate;
  await using journal = await openJsonlJournal({
    file: join(run.value.folder, "journal.jsonl"),
    firstSeq: run.value.entries.length,
    clock: systemClock,
  });
  const { task } = gate.value;
  const approved = !options.reject;
  await journal.append({ kind: "gate-decided", task, approved, by: "command" });
  const said = `${task} of run ${run.value.id} is ${approved ? "approved" : "rejected"}`;
  return ok(`${said}; go on: skein resume ${run.value.id}`);
}

function waitingOf(gates: readonly GateProgress[]): readonly string[] {
  return gates.flatMap(({ task, decided }) => (decided === undefined ? [task] : []));
}

/** The gate of that name that waits; the failure names those that do. */
function gateOf({ id, entries }: ClaimedRun, named: string): Result<GateProgress> {
  const progress = createProgress();
  for (const entry of entries) progress.apply(entry);
  const gates = [...progress.view.gates.values()];
  const gate = gates.find(({ task }) => task === named);
  if (gate === undefined) return err(noSuchGate(named, waitingOf(gates)));
  if (gate.decided === undefined) return ok(gate);
  const { approved, by } = gate.decided;
  const was = approved ? "approved" : "rejected";
  return err(
    failure("usage", `${gate.task} was ${was} already (${by})`, { hint: `skein resume ${id}` }),
  );
}
