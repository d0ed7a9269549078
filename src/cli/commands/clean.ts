import { readdir } from "node:fs/promises";
import { dirname, join } from "node:path";

import { type DroppedRun, dropRun, isDoomed } from "../../adapters/clean/drop-run.ts";
import { folderAt } from "../../adapters/folder-at.ts";
import { removeTree } from "../../adapters/git/remove-tree.ts";
import { findRunsHome } from "../../adapters/run-store.ts";
import { shownCount } from "../../core/report/figures.ts";
import { shownBytes } from "../../core/repos/byte-size.ts";
import { type Failure, failure } from "../../model/failure.ts";
import type { Result } from "../../model/result.ts";
import { cleanText } from "../clean-text.ts";
import { endWith } from "../end-with.ts";
import type { Io } from "../io.ts";
import type { CleanOptions } from "../options.ts";
import { paintFor } from "../paint.ts";
import { printFailure } from "../print-failure.ts";
import { type ReadLine, readLineFrom } from "../read-line.ts";
import { type JudgedRun, type RunsToClean, runsToClean } from "../runs-to-clean.ts";
import { sweepDeadRuns } from "../sweep-dead-runs.ts";

/** `skein clean`: removes what runs left that nobody can want more of; of a run that is named, whatever there is. */
export async function cleanCommand(
  options: CleanOptions,
  io: Io,
  readLine: ReadLine = readLineFrom,
): Promise<number> {
  const there = folderAt(options.repo);
  if (!there.ok) return endWith(there.error, io);
  if (options.runs.length === 0 && !findRunsHome(there.value).ok) return nothingThere(options, io);
  const found = await runsToClean(options);
  if (!found.ok) return endWith(found.error, io);
  const { rows, dead } = found.value;
  const going = rows.filter(({ verdict }) => verdict.goes);
  if (!options.json) io.stdout(cleanText(rows, dead, io));
  const isNothing = going.length + dead.count === 0;
  if (isNothing || options.dryRun) {
    if (options.json) io.stdout(rows.map((row) => jsonLine(row)).join(""));
    else if (isNothing) nothingThere(options, io);
    else io.stderr("nothing was removed (--dry-run)\n");
    // Who names one wants it gone; who says "*" wants what there is.
    return isNothing && options.runs.some((name) => !name.includes("*")) ? 1 : 0;
  }
  if (!options.yes && (options.json || !io.isTTY)) return endWith(nobodyToAsk, io);
  if (!options.yes && !(await isWanted(io, readLine))) {
    io.stderr("nothing was removed\n");
    return 0;
  }
  return remove(found.value, options, io);
}

/** That is how whoever cleans wants it. */
function nothingThere({ json }: CleanOptions, io: Io): number {
  if (!json) io.stderr("there is nothing to remove\n");
  return 0;
}

const nobodyToAsk: Failure = failure("usage", "nothing was removed: nobody is there to say yes", {
  hint: "--yes removes it, --dry-run only says what would go",
});

/** No, unless it is said: nothing of what goes comes back. */
async function isWanted(io: Io, readLine: ReadLine): Promise<boolean> {
  const answer = await readLine("Remove that? [y/N] ");
  if (answer === undefined) io.stderr("\n");
  return ["y", "yes"].includes((answer ?? "").trim().toLowerCase());
}

async function remove(
  { home, place, rows, dead }: RunsToClean,
  { json }: CleanOptions,
  io: Io,
): Promise<number> {
  const [runs, first] = [join(home, ".skein", "runs"), rows[0]];
  let [bytes, branches, removed, failed] = [dead.bytes, 0, 0, 0];
  for (const row of rows) {
    const dropped = row.verdict.goes ? await dropRun(row, { place, ...row }) : undefined;
    if (json) io.stdout(jsonLine(row, dropped));
    if (dropped === undefined) continue;
    if (!dropped.ok) {
      failed += 1;
      printFailure(dropped.error, io);
      continue;
    }
    if (dropped.value === undefined) {
      io.stderr(`another skein clean has removed run ${row.id} meanwhile\n`);
      continue;
    }
    removed += 1;
    bytes += row.bytes;
    if (dropped.value.branchWas !== undefined) branches += 1;
    note(row, dropped.value, io);
  }
  // Of a process that was killed while it removed them.
  for (const name of await readdir(runs)) if (isDoomed(name)) await removeTree(join(runs, name));
  for (const path of dead.lost) await removeTree(path);
  if (dead.count > 0 && place !== undefined && first !== undefined) {
    // No run has that name.
    const mine = join(dirname(first.worktrees), "clean");
    await (
      await sweepDeadRuns(home, place.commonDir, mine)
    ).gone;
  }
  io.stderr(
    `removed ${shownCount(removed, "run")}, ${branches === 1 ? "1 branch" : `${branches} branches`}; ${shownBytes(bytes)} freed\n`,
  );
  return failed === 0 ? 0 : 1;
}

/** What a person may want to know a minute later. */
function note({ id, verdict }: JudgedRun, dropped: DroppedRun, io: Io): void {
  const { warning } = paintFor(io);
  if (dropped.branchStays !== undefined) io.stderr(`${warning("note:")} ${dropped.branchStays}\n`);
  if (verdict.why === "patches")
    io.stderr(
      `${warning("note:")} the branch skein/${id} is still in the repositories that it worked in\n`,
    );
  const { branchWas } = dropped;
  if (branchWas === undefined || verdict.why === "taken") return;
  io.stderr(
    `${warning("note:")} the result of ${id} was ${branchWas}; until git collects it, git branch NAME ${branchWas.slice(0, 12)} has it back\n`,
  );
}

function jsonLine(row: JudgedRun, dropped?: Result<DroppedRun | undefined>): string {
  const { id, name, verdict, bytes, lastAt } = row;
  const branch = dropped?.ok === true ? dropped.value?.branchWas : undefined;
  return `${JSON.stringify({
    run: id,
    name,
    lastAt,
    goes: verdict.goes,
    why: verdict.why,
    ...(verdict.goes ? { bytes } : {}),
    ...(dropped === undefined ? {} : { removed: dropped.ok }),
    ...(branch === undefined ? {} : { branchWas: branch }),
  })}\n`;
}
