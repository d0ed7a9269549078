import type { Value } from "../../model/plan.ts";
import { isTooDeep, levelsMax } from "../is-too-deep.ts";

/** One word for bash, whatever the text holds: everything is literal inside single quotes but the quote itself. */
export function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** A value as text inside a template: lists and maps as JSON, null as nothing. */
export function textOf(value: Value): string {
  if (value === null) return "";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

export function isTrue(value: Value): boolean {
  return value !== false && value !== null && value !== "" && value !== 0;
}

interface ExpressionFunction {
  readonly args: readonly [least: number, most: number];
  readonly run: (args: readonly Value[]) => Value;
}

/** Functions of values; `always`, `success`, `failure` and `cancelled` look at the run and live in evaluate.ts. */
export const functions: Readonly<Record<string, ExpressionFunction>> = {
  contains: { args: [2, 2], run: ([all, one]) => contains(all ?? null, one ?? null) },
  startsWith: {
    args: [2, 2],
    run: ([text, start]) => textOf(text ?? null).startsWith(textOf(start ?? null)),
  },
  endsWith: {
    args: [2, 2],
    run: ([text, end]) => textOf(text ?? null).endsWith(textOf(end ?? null)),
  },
  join: {
    args: [1, 2],
    run: ([list, by]) =>
      isList(list)
        ? list.map(textOf).join(by === undefined ? "," : textOf(by))
        : textOf(list ?? null),
  },
  quote: {
    args: [1, 1],
    run: ([value]) =>
      isList(value)
        ? value.map((one) => quote(textOf(one))).join(" ")
        : quote(textOf(value ?? null)),
  },
  length: { args: [1, 1], run: ([value]) => lengthOf(value ?? null) },
  format: {
    args: [1, 10],
    run: ([text, ...args]) =>
      textOf(text ?? null).replaceAll(/\{(\d)\}/g, (_, index: string) =>
        textOf(args[Number(index)] ?? null),
      ),
  },
  toJSON: { args: [1, 1], run: ([value]) => JSON.stringify(value ?? null) },
  fromJSON: { args: [1, 1], run: ([text]) => fromJson(textOf(text ?? null)) },
};

/** Throws a SyntaxError for what is no JSON, or too deep to be handed on. */
function fromJson(text: string): Value {
  const value = JSON.parse(text) as Value;
  if (isTooDeep(value)) throw new SyntaxError(`it is nested deeper than ${levelsMax} levels`);
  return value;
}

export function lengthOf(value: Value): number {
  if (typeof value === "string" || isList(value)) return value.length;
  return typeof value === "object" && value !== null ? Object.keys(value).length : 0;
}

function isList(value: Value | undefined): value is readonly Value[] {
  return Array.isArray(value);
}

function contains(all: Value, one: Value): boolean {
  return isList(all) ? all.some((item) => item === one) : textOf(all).includes(textOf(one));
}
