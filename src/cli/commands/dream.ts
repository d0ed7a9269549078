import { compactMemory } from "../../app/compact-memory.ts";
import { type Dream, dream } from "../../app/dream.ts";
import { ok } from "../../model/result.ts";
import type { Io } from "../io.ts";
import { noteProblems } from "../memory-facts.ts";
import { openMemory } from "../open-memory.ts";
import type { DreamOptions } from "../options/memory-options.ts";
import { paintFor } from "../paint.ts";
import { printFailure } from "../print-failure.ts";

/** `skein dream`: consolidates memory now; with `--dry-run` it shows what would change. */
export async function dreamCommand(options: DreamOptions, io: Io): Promise<number> {
  const world = openMemory(options, io);
  if (!world.ok) {
    printFailure(world.error, io);
    return 2;
  }
  const done = await dream(world.value, { isDryRun: options.dryRun });
  if (!done.ok) {
    printFailure(done.error, io);
    return 2;
  }
  const gone = options.compact && !options.dryRun ? await compactMemory(world.value) : ok(0);
  if (!gone.ok) {
    printFailure(gone.error, io);
    return 2;
  }
  noteProblems(done.value.problems, io);
  if (options.json) {
    const { generation = null, figures, changes, problems } = done.value;
    io.stdout(
      `${JSON.stringify({ generation, dryRun: options.dryRun, compacted: gone.value, figures, changes, problems })}\n`,
    );
  } else {
    io.stdout(told(done.value, options, io));
    if (options.compact)
      io.stdout(`${gone.value} lines of the inbox went; every fact is as it was\n`);
  }
  return 0;
}

function told({ generation, figures, diff }: Dream, options: DreamOptions, io: Io): string {
  const { faint } = paintFor(io);
  const said = [
    `${figures.observations} observations`,
    `${figures.active} facts hold`,
    `${figures.merged} merged`,
    `${figures.superseded} superseded`,
    `${figures.concretised} made concrete`,
    `${figures.quarantined} quarantined`,
    `${figures.expired} expired`,
    `${figures.nothing} lines said nothing to keep`,
  ].join(", ");
  const end = options.dryRun
    ? "nothing was written (--dry-run)"
    : generation === undefined
      ? "nothing changed"
      : `generation ${generation}; take it back with skein memory undo`;
  const waits = figures.waiting > 0 ? `${figures.waiting} wait for you: skein memory review\n` : "";
  return `${diff}${diff === "" ? "" : "\n"}${faint(said)}\n${waits}${end}\n`;
}
