import type { Diagnostic } from "../../model/diagnostic.ts";
import { withoutCredentials } from "../repos/parse-address.ts";

/** How parts of a diagnostic are drawn; plain text leaves them as they are. */
export interface Paint {
  readonly error: (text: string) => string;
  readonly warning: (text: string) => string;
  readonly strong: (text: string) => string;
  readonly faint: (text: string) => string;
}

const same = (text: string): string => text;
export const plainPaint: Paint = { error: same, warning: same, strong: same, faint: same };
const lineMax = 140;

/** Each finding with its place, the line it is in, what was expected and what was probably meant. */
export function formatDiagnostics(
  found: readonly Diagnostic[],
  at: { readonly file: string; readonly text: string; readonly paint?: Paint },
): string {
  const lines = at.text.split("\n");
  return found
    .map((one) => formatOne(one, { ...at, lines, paint: at.paint ?? plainPaint }))
    .join("\n\n");
}

function formatOne(
  one: Diagnostic,
  at: { readonly file: string; readonly lines: readonly string[]; readonly paint: Paint },
): string {
  const { paint } = at;
  const place = one.line === undefined ? at.file : `${at.file}:${one.line}:${one.column ?? 1}`;
  const label =
    one.severity === "error"
      ? paint.error(`error ${one.code}`)
      : paint.warning(`warning ${one.code}`);
  return [
    `${paint.strong(place)} ${label} ${visible(one.message)}`,
    ...frame(one, at),
    ...(one.expected === undefined ? [] : [paint.faint(`  expected: ${visible(one.expected)}`)]),
    ...(one.suggestion === undefined
      ? []
      : [paint.faint(`  did you mean ${visible(one.suggestion)}?`)]),
  ].join("\n");
}

function frame(
  one: Diagnostic,
  { lines, paint }: { readonly lines: readonly string[]; readonly paint: Paint },
): readonly string[] {
  if (one.line === undefined) return [];
  const text = withoutCredentials(lines[one.line - 1] ?? "");
  const column = one.column ?? 1;
  const width = Math.max(1, Math.min((one.endColumn ?? column + 1) - column, lineMax - column));
  const number = String(one.line);
  const gutter = " ".repeat(number.length);
  return [
    `${paint.faint(`  ${number} | `)}${visible(text.slice(0, lineMax))}`,
    ...(column > lineMax
      ? []
      : [
          `${paint.faint(`  ${gutter} | `)}${" ".repeat(column - 1)}${paint.error("^".repeat(width))}`,
        ]),
  ];
}

/** Control characters in a hostile plan must not reach the terminal. */
function visible(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, "·");
}
