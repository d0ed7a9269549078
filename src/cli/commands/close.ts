import { closePulls, type FollowedPull, refreshPulls } from "../../app/publish/follow-up.ts";
import { isOpenPull } from "../../core/publish/pull-standing.ts";
import { shownCount } from "../../core/report/figures.ts";
import { pullRows } from "../../core/report/pull-rows.ts";
import { failure } from "../../model/failure.ts";
import { err, ok, type Result } from "../../model/result.ts";
import { endWith } from "../end-with.ts";
import type { Io } from "../io.ts";
import { openFollowUp, pullsOf } from "../open-follow-up.ts";
import { openRun } from "../open-run.ts";
import type { CloseOptions } from "../options.ts";
import { paintFor } from "../paint.ts";

/** `skein close`: closes what a run opened and nobody merged. Branches stay. */
export async function closeCommand(options: CloseOptions, io: Io): Promise<number> {
  const done = await close(options, io);
  if (!done.ok) return endWith(done.error, io);
  const pulls = done.value;
  if (options.json) {
    for (const pull of pulls) io.stdout(`${JSON.stringify(pull)}\n`);
  } else {
    const columns = Math.max(40, io.columns - 1);
    io.stdout(`${pullRows(pulls, { paint: paintFor(io), columns }).join("\n")}\n`);
    io.stderr(`skein: ${saidOf(pulls, options)}\n`);
  }
  return pulls.some((pull) => "failure" in pull) ? 1 : 0;
}

type Closed = FollowedPull & { readonly closedNow?: boolean };

async function close(options: CloseOptions, io: Io): Promise<Result<readonly Closed[]>> {
  const run = await openRun(options, io);
  if (!run.ok) return run;
  const pulls = pullsOf(run.value);
  if (pulls.length === 0) {
    return err(
      failure("usage", `run ${run.value.id} opened no pull requests`, {
        hint: `see skein report ${run.value.id}`,
      }),
    );
  }
  await using ports = await openFollowUp(run.value);
  const how = options.dryRun ? refreshPulls : closePulls;
  return ok(await how(ports, run.value.id, pulls));
}

function saidOf(pulls: readonly Closed[], { dryRun }: CloseOptions): string {
  if (dryRun) {
    const open = pulls.filter((pull) => "standing" in pull && isOpenPull(pull.standing)).length;
    return `${shownCount(open, "pull request")} would be closed; branches would stay`;
  }
  const closed = pulls.filter((pull) => pull.closedNow === true).length;
  return `closed ${shownCount(closed, "pull request")}; branches stay`;
}
