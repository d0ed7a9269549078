import { applyResult } from "../../adapters/apply-result.ts";
import { printableLine } from "../../core/printable.ts";
import { shownCount } from "../../core/report/figures.ts";
import { endWith } from "../end-with.ts";
import type { Io } from "../io.ts";
import { openRun, resultOf } from "../open-run.ts";
import type { ApplyOptions } from "../options.ts";
import { paintFor } from "../paint.ts";
import { printFailure } from "../print-failure.ts";

/** Most units that are named as missing. */
const namesMax = 3;

/** `skein apply`: brings a run's result into the current branch; the only command that changes the user's checkout. */
export async function applyCommand(options: ApplyOptions, io: Io): Promise<number> {
  const run = await openRun(options, io);
  if (!run.ok) return endWith(run.error, io);
  const result = resultOf(run.value);
  if (!result.ok) {
    printFailure(result.error, io);
    return 1;
  }
  const { branch, commit, without } = result.value;
  const applied = await applyResult({ repo: run.value.repo, commit, branch });
  if (!applied.ok) {
    printFailure(applied.error, io);
    return 1;
  }
  if (without.length > 0) {
    const some = printableLine(without.slice(0, namesMax).join(", "));
    const more = without.length > namesMax ? ` and ${without.length - namesMax} more` : "";
    const { warning } = paintFor(io);
    io.stderr(
      `${warning("note:")} the result is without ${some}${more}; skein report ${run.value.id} says why\n`,
    );
  }
  const { how, onto, files } = applied.value;
  io.stdout(
    how === "already"
      ? `${onto} already has the result of ${branch}; nothing was changed\n`
      : `${onto} now has the result of ${branch}: ${how === "fast-forward" ? "moved forward" : "merged with a merge commit"}, ${shownCount(files, "file")} changed\n`,
  );
  return 0;
}
