import { existsSync } from "node:fs";
import { join } from "node:path";

import { readPlanFile } from "../adapters/plan-file.ts";
import { fieldLines } from "../core/daemon/field-lines.ts";
import type { PlacedMistake } from "../core/daemon/schedules-section.ts";
import { mistakeText } from "../core/daemon/told-by-check.ts";

/** What is wrong with the plan that a schedule names, and with naming it. */
export function planMistakes(
  repo: string,
  {
    file,
    text,
    plan,
  }: { readonly file: string; readonly text: string; readonly plan?: string | undefined },
): readonly PlacedMistake[] {
  if (plan === undefined) return [];
  const read = readPlanFile(join(repo, plan));
  if (!read.ok) {
    const line = fieldLines(text).lineOf(["plan"]);
    const why = existsSync(join(repo, plan)) ? `${plan} cannot be read` : `there is no ${plan}`;
    return [{ file, line, text: `plan: ${why}` }];
  }
  const { parsed } = read.value;
  return parsed.ok
    ? []
    : parsed.error.map((one) => ({ file: plan, line: one.line ?? 1, text: mistakeText(one) }));
}
