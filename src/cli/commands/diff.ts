import { createGit } from "../../adapters/git/git.ts";
import { printable } from "../../core/printable.ts";
import { failure } from "../../model/failure.ts";
import { err, ok, type Result } from "../../model/result.ts";
import { endWith } from "../end-with.ts";
import type { Io } from "../io.ts";
import { type OpenedRun, openRun, resultOf } from "../open-run.ts";
import type { DiffOptions } from "../options.ts";
import { paintFor } from "../paint.ts";
import { printFailure } from "../print-failure.ts";

/** `skein diff`: the result against the commit the run started from, or what one unit did. */
export async function diffCommand(options: DiffOptions, io: Io): Promise<number> {
  const run = await openRun(options, io);
  if (!run.ok) return endWith(run.error, io);
  const range = options.unit === undefined ? resultOf(run.value) : patchOf(run.value, options.unit);
  const diff = range.ok
    ? await createGit(run.value.repo).run([
        "diff",
        "--no-color",
        "--no-ext-diff",
        "--no-textconv",
        ...(options.stat ? ["--stat=100"] : []),
        range.value.base,
        range.value.commit,
        "--",
      ])
    : range;
  if (!diff.ok) {
    printFailure(diff.error, io);
    return 1;
  }
  // Elsewhere than on a terminal it is a patch, and has to stay one to the letter.
  io.stdout(io.isOutputTTY ? onTerminal(diff.value, io) : diff.value);
  return 0;
}

function patchOf(
  run: OpenedRun,
  unit: string,
): Result<{ readonly base: string; readonly commit: string }> {
  const ended = run.entries.flatMap(({ event }) => (event.kind === "unit-finished" ? [event] : []));
  const one = ended.find((event) => event.unit === unit);
  if (one === undefined) {
    return err(
      failure("usage", `run ${run.id} has no finished unit "${unit}"`, {
        hint: `see skein report ${run.id} for their names`,
      }),
    );
  }
  return one.patch === undefined
    ? err(failure("usage", `${unit} changed nothing`, { hint: `see skein log ${run.id}` }))
    : ok(one.patch);
}

/** Coloured by us: text of the repository must not steer the terminal, and git's colours could not be told from it. */
function onTerminal(diff: string, io: Io): string {
  const paint = paintFor(io);
  let inHunk = false;
  return printable(diff)
    .split("\n")
    .map((line) => {
      if (line.startsWith("diff --git ")) inHunk = false;
      if (line.startsWith("@@")) inHunk = true;
      if (line.startsWith("@@")) return paint.warning(line);
      if (!inHunk) return paint.strong(line);
      if (line.startsWith("+")) return paint.good(line);
      return line.startsWith("-") ? paint.error(line) : line;
    })
    .join("\n");
}
