import { parse } from "unbash";

import type { TemplatePart } from "../expression/resolve.ts";

/**
 * Of the expressions in a shell text, by their place in `parts`, those whose value is one word there because single quotes
 * around it hold: not within double quotes or single ones, a here-document, a comment, backticks, arithmetic, or a text that
 * cannot be read.
 */
export function whereQuotesHold(parts: readonly TemplatePart[]): ReadonlySet<number> {
  const text = parts.map((part, at) => (part.kind === "text" ? part.text : `'${markOf(at)}'`));
  const held = new Set<number>();
  const script = parse(text.join(""));
  if (script.errors !== undefined) return held;
  const marks = new Set<string>();
  collect(script, marks);
  for (const at of parts.keys()) if (marks.has(markOf(at))) held.add(at);
  return held;
}

/** A blank in it: where the quotes end too soon, it is no single word. */
function markOf(at: number): string {
  return `skein value ${at}`;
}

/** Single-quoted texts at every depth. Nested scripts are read when they are first looked at, so getters count as fields. */
function collect(node: unknown, found: Set<string>): void {
  if (Array.isArray(node)) for (const one of node) collect(one, found);
  if (typeof node !== "object" || node === null || Array.isArray(node)) return;
  const { type, value, text } = node as Readonly<Record<string, unknown>>;
  if (type === "SingleQuoted" && typeof value === "string") found.add(value);
  // A backtick in the value would end them.
  if (type === "CommandExpansion" && typeof text === "string" && text.startsWith("`")) return;
  // What is computed is evaluated whatever its quotes.
  if (typeof type === "string" && type.startsWith("Arithmetic")) return;
  for (const key of fieldsOf(node)) collect((node as Record<string, unknown>)[key], found);
}

function fieldsOf(node: object): readonly string[] {
  const names = Object.keys(node);
  for (let kind = protoOf(node); kind !== null && kind !== Object.prototype; kind = protoOf(kind)) {
    const own = Object.entries(Object.getOwnPropertyDescriptors(kind));
    names.push(...own.flatMap(([name, one]) => (Object.hasOwn(one, "value") ? [] : [name])));
  }
  return names;
}

function protoOf(node: object): object | null {
  return Object.getPrototypeOf(node) as object | null;
}
