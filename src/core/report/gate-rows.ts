import { printableLine } from "../printable.ts";
import type { GateProgress } from "../progress/progress.ts";
import { fit, marked } from "../text-layout.ts";
import type { RunPaint } from "./paint.ts";

/** Gates as a person reads them: what was asked, what was said, and how to say it. */
export function gateRows(
  gates: readonly GateProgress[],
  run: string,
  { paint, columns }: { readonly paint: RunPaint; readonly columns: number },
): readonly string[] {
  return gates.flatMap(({ task, message, shown, decided }) => {
    const name = printableLine(task);
    if (decided !== undefined) {
      const mark = decided.approved ? paint.good("✓") : paint.error("✗");
      const said = `${decided.approved ? "approved" : "rejected"} (${decided.by})`;
      return [`  ${mark} ${fit(`${name} ${said}: ${printableLine(message)}`, columns - 4)}`];
    }
    const how = [
      `yes   skein approve ${run} ${name}`,
      `never skein approve ${run} ${name} --reject`,
    ];
    return [
      ...marked(paint.warning("!"), `${name} waits: ${printableLine(message)}`, columns),
      ...shown.map((line) => `    ${fit(printableLine(line), columns - 4)}`),
      ...how.map((line) => `    ${paint.faint(fit(line, columns - 4))}`),
    ];
  });
}
