import { join } from "node:path";

import { openJsonlJournal } from "../../adapters/journal/jsonl-journal.ts";
import { systemClock } from "../../adapters/system-clock.ts";
import { suggest } from "../../core/plan/suggest.ts";
import { printableLine } from "../../core/printable.ts";
import { createProgress, type GateProgress } from "../../core/progress/progress.ts";
import { type Failure, failure } from "../../model/failure.ts";
import { err, ok, type Result } from "../../model/result.ts";
import { type ClaimedRun, claimOwnRun } from "../claim-own-run.ts";
import type { Io } from "../io.ts";
import type { ApproveOptions } from "../options.ts";
import { printFailure } from "../print-failure.ts";
import { exitCodeOf } from "./run.ts";

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
  printFailure(done.error, io);
  return exitCodeOf(done.error);
}

async function approve(options: ApproveOptions, io: Io): Promise<Result<string>> {
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

/** The gate of that name that waits; the failure names those that do. */
function gateOf({ id, entries }: ClaimedRun, named: string): Result<GateProgress> {
  const progress = createProgress();
  for (const entry of entries) progress.apply(entry);
  const gates = [...progress.view.gates.values()];
  const gate = gates.find(({ task }) => task === named);
  if (gate === undefined) return err(noGate(id, named, gates));
  if (gate.decided === undefined) return ok(gate);
  const { approved, by } = gate.decided;
  const was = approved ? "approved" : "rejected";
  return err(
    failure("usage", `${gate.task} was ${was} already (${by})`, { hint: `skein resume ${id}` }),
  );
}

function noGate(run: string, named: string, gates: readonly GateProgress[]): Failure {
  const waiting = gates.flatMap(({ task, decided }) => (decided === undefined ? [task] : []));
  const meant = suggest(named, waiting);
  return failure("usage", `no gate of run ${run} is called "${printableLine(named)}"`, {
    hint:
      meant !== undefined
        ? `did you mean ${meant}?`
        : waiting.length === 0
          ? `nothing of it waits for approval; see skein status ${run}`
          : `these wait: ${waiting.join(", ")}`,
  });
}
