import { readPlanFile } from "../../adapters/plan-file.ts";
import { costCeilingUsd } from "../../core/plan/cost-ceiling.ts";
import { formatDiagnostics } from "../../core/plan/format-diagnostics.ts";
import { mermaidOf } from "../../core/plan/mermaid.ts";
import { outlineOf, unitCount } from "../../core/plan/outline.ts";
import { printable } from "../../core/printable.ts";
import { endWith } from "../end-with.ts";
import type { Io } from "../io.ts";
import { paintFor } from "../paint.ts";

/** `skein show`: what a plan will do, before it does it. */
export async function showCommand(
  options: { readonly plan: string; readonly json: boolean; readonly mermaid: boolean },
  io: Io,
): Promise<number> {
  const read = readPlanFile(options.plan);
  if (!read.ok) return endWith(read.error, io);
  const { text, parsed } = read.value;
  if (!parsed.ok) {
    io.stderr(
      `${formatDiagnostics(parsed.error, { file: options.plan, text, paint: paintFor(io) })}\n`,
    );
    return 2;
  }
  const { plan } = parsed.value;
  const counts = plan.tasks.map((task) => unitCount(task));
  const known = counts.reduce<number>((sum, count) => sum + (count ?? 0), 0);
  const ceiling = costCeilingUsd(plan);
  if (options.json)
    io.stdout(
      `${JSON.stringify({ plan, units: counts.includes(undefined) ? null : known, costCeilingUsd: ceiling ?? null })}\n`,
    );
  else if (options.mermaid) io.stdout(`${mermaidOf(plan)}\n`);
  else {
    const units = counts.includes(undefined)
      ? `${known} units and those found at run time`
      : `${known} units`;
    const cost =
      ceiling === undefined ? "no cost ceiling: set budget.usd" : `at most $${ceiling.toFixed(2)}`;
    io.stdout(`${printable(outlineOf(plan))}\n\n${units}; ${cost}\n`);
  }
  return 0;
}
