import { readPlanFile } from "../../adapters/plan-file.ts";
import { formatDiagnostics } from "../../core/plan/format-diagnostics.ts";
import { endWith } from "../end-with.ts";
import type { Io } from "../io.ts";
import { paintFor } from "../paint.ts";

/** `skein check`: every error of a plan at once, with its place. Exit code 0 or 2. */
export async function checkCommand(
  options: { readonly plan: string; readonly json: boolean },
  io: Io,
): Promise<number> {
  const read = readPlanFile(options.plan);
  if (!read.ok) return endWith(read.error, io);
  const { text, parsed } = read.value;
  const errors = parsed.ok ? [] : parsed.error;
  const notes = parsed.ok
    ? [
        ...parsed.value.warnings,
        ...parsed.value.unsupported.map((one) => ({ ...one, severity: "warning" as const })),
      ]
    : [];
  if (options.json) {
    io.stdout(
      `${JSON.stringify({ plan: options.plan, ok: parsed.ok, diagnostics: [...errors, ...notes] })}\n`,
    );
    return parsed.ok ? 0 : 2;
  }
  const shown = [...errors, ...notes];
  if (shown.length > 0)
    io.stderr(`${formatDiagnostics(shown, { file: options.plan, text, paint: paintFor(io) })}\n\n`);
  if (parsed.ok)
    io.stdout(
      `${options.plan} is valid: ${parsed.value.plan.tasks.length} tasks${notes.length === 0 ? "" : `, ${notes.length} notes`}\n`,
    );
  else
    io.stderr(`${errors.length} ${errors.length === 1 ? "error" : "errors"} in ${options.plan}\n`);
  return parsed.ok ? 0 : 2;
}
