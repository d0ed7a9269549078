import type { AcceptedPlan } from "../app/open-context.ts";
import { printable } from "../core/printable.ts";
import { planDifference } from "../core/resume/plan-difference.ts";
import { failure } from "../model/failure.ts";
import { err, ok, type Result } from "../model/result.ts";
import type { Io } from "./io.ts";
import type { ResumeOptions } from "./options.ts";
import type { PlanDoor } from "./plan-door.ts";

/** The plan that is to take the place of the run's; undefined: it says the same. */
export function changedPlan(
  { plan: file, acceptChanges, run }: ResumeOptions,
  at: {
    readonly io: Io;
    readonly door: PlanDoor;
    readonly before: AcceptedPlan | undefined;
  },
): Result<AcceptedPlan | undefined> {
  const { io, door, before } = at;
  if (file === undefined) return ok(undefined);
  if (before === undefined)
    return err(
      failure("usage", "the run has no plan yet that another could take the place of", {
        hint: "start it anew with skein run",
      }),
    );
  const read = door.readWork(file);
  if (!read.ok) return read;
  if (read.value.kind !== "plan")
    return err(failure("usage", `--plan ${file} is no plan file`, { hint: "name a YAML file" }));
  const { accepted } = read.value;
  const lines = planDifference(before, accepted);
  if (lines.length === 0) return ok(undefined);
  io.stderr(`${printable(lines.join("\n"))}\n`);
  return acceptChanges
    ? ok(accepted)
    : err(
        failure("usage", "the plan is not the one that the run began with (see above)", {
          hint: `skein resume ${run} --plan ${file} --accept-changes goes on with it: what has succeeded stays, the rest is done by the changed plan`,
        }),
      );
}
