import * as z from "zod";

import { parseJson } from "../parse-json.ts";
import { shownCount } from "../report/figures.ts";

/** Longest word about a mistake, in characters. */
const firstMax = 300;

const checkedSchema = z.object({
  diagnostics: z.array(
    z.object({
      severity: z.enum(["error", "warning"]),
      message: z.string(),
      expected: z.string().optional(),
      suggestion: z.string().optional(),
      line: z.int().optional(),
      column: z.int().optional(),
    }),
  ),
});
type Diagnostic = z.output<typeof checkedSchema>["diagnostics"][number];

export interface Mistakes {
  /** `2 mistakes`. */
  readonly count: string;
  /** The first of them with its place, in a line. */
  readonly first: string;
}

/** What is wrong with a plan file, by what `skein check --json` said; undefined when that was nothing of the kind. */
export function mistakesIn(plan: string, checked: string): Mistakes | undefined {
  const read = checkedSchema.safeParse(parseJson(checked));
  const errors = read.data?.diagnostics.filter(({ severity }) => severity === "error") ?? [];
  const [first] = errors;
  if (first === undefined) return undefined;
  const more = errors.length === 1 ? "" : `, and ${errors.length - 1} more`;
  return { count: shownCount(errors.length, "mistake"), first: `${words(plan, first)}${more}` };
}

function words(plan: string, one: Diagnostic): string {
  const place = one.line === undefined ? plan : `${plan}:${one.line}:${one.column ?? 1}`;
  return `${place}: ${mistakeText(one)}`.slice(0, firstMax);
}

/** What is wrong, without its place. */
export function mistakeText({
  message,
  suggestion,
  expected,
}: Pick<Diagnostic, "message" | "suggestion" | "expected">): string {
  const meant = suggestion === undefined ? "" : ` (did you mean ${suggestion}?)`;
  const due = expected === undefined || meant !== "" ? "" : ` (${expected} is due)`;
  return `${message}${meant}${due}`;
}
