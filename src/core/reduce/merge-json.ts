import { applyEdits, modify, parse, type ParseError } from "jsonc-parser";

import { isSorted, mergeLists } from "./merge-lists.ts";

interface Texts {
  readonly base: string;
  readonly ours: string;
  readonly theirs: string;
}

/**
 * Merges JSON (comments and trailing commas allowed) by its keys: what they changed is done to our text, which otherwise
 * stays as it is written. Undefined: both changed one value in different ways, or one of the texts is not JSON.
 */
export function mergeJson(texts: Texts): string | undefined {
  const all = [texts.base, texts.ours, texts.theirs];
  // Parsed, the key would be lost, and so would a change of it.
  if (all.some((text) => text.includes("__proto__"))) return undefined;
  const [base, ours, theirs] = all.map((text) => read(text));
  if (!isObject(base) || !isObject(ours) || !isObject(theirs)) return undefined;
  const changes = changesFor([], { base, ours, theirs });
  if (changes === undefined) return undefined;
  const wanted = changes.reduce<Json | undefined>((value, change) => changed(value, change), ours);
  const formattingOptions = formatOf(texts.ours);
  const text = changes.reduce(
    (so, { path, value, after }) =>
      applyEdits(
        so,
        modify(so, [...path], value, {
          formattingOptions,
          getInsertionIndex: (keys) => placeOf(keys, String(path.at(-1)), after),
        }),
      ),
    texts.ours,
  );
  return isEqual(read(text), wanted) ? text : undefined;
}

type Json = null | boolean | number | string | readonly Json[] | JsonObject;
interface JsonObject {
  readonly [key: string]: Json;
}

function read(text: string): Json | undefined {
  const errors: ParseError[] = [];
  const value: unknown = parse(text, errors, { allowTrailingComma: true });
  return errors.length === 0 ? (value as Json) : undefined;
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

interface Change {
  readonly path: readonly string[];
  /** Undefined: the key goes. */
  readonly value: Json | undefined;
  /** Keys that stand before it in their object, the nearest last. */
  readonly after: readonly string[];
}

interface Three {
  readonly base: Json | undefined;
  readonly ours: Json | undefined;
  readonly theirs: Json | undefined;
}

/** What is to be done to ours; undefined when the sides do not agree. */
function changesFor(
  path: readonly string[],
  { base, ours, theirs }: Three,
  after: readonly string[] = [],
): readonly Change[] | undefined {
  if (isEqual(theirs, base) || isEqual(theirs, ours)) return [];
  if (isEqual(ours, base)) return [{ path, value: theirs, after }];
  if (isObject(ours) && isObject(theirs) && (base === undefined || isObject(base))) {
    const before = base ?? {};
    const order = Object.keys(theirs);
    const keys = new Set([...order, ...Object.keys(before)]);
    const parts = [...keys].map((key) =>
      changesFor(
        [...path, key],
        { base: valueAt(before, key), ours: valueAt(ours, key), theirs: valueAt(theirs, key) },
        order.slice(0, Math.max(0, order.indexOf(key))),
      ),
    );
    return parts.some((part) => part === undefined)
      ? undefined
      : parts.flatMap((part) => part ?? []);
  }
  const lists = [base, ours, theirs].map((value) => sortedTexts(value));
  const [first, second, third] = lists;
  if (first === undefined || second === undefined || third === undefined) return undefined;
  return [{ path, value: mergeLists({ base: first, ours: second, theirs: third }), after }];
}

function valueAt(object: JsonObject, key: string): Json | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

/** Sorted texts without repetition: a set, in which places mean nothing. */
function sortedTexts(value: Json | undefined): readonly string[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const items: readonly Json[] = value;
  const texts = items.filter((item) => typeof item === "string");
  const isSet = texts.length === items.length && new Set(texts).size === texts.length;
  return isSet && isSorted(texts) ? texts : undefined;
}

function changed(value: Json | undefined, { path, value: to }: Change): Json | undefined {
  const [key, ...rest] = path;
  if (key === undefined) return to;
  const object = isObject(value) ? value : {};
  const inner = changed(valueAt(object, key), { path: rest, value: to, after: [] });
  const others = Object.entries(object).filter(([name]) => name !== key);
  return Object.fromEntries(inner === undefined ? others : [...others, [key, inner]]);
}

function placeOf(keys: readonly string[], key: string, after: readonly string[]): number {
  if (keys.length > 1 && isSorted(keys)) {
    const next = [...keys, key].toSorted().indexOf(key);
    if (isSorted(keys.toSpliced(next, 0, key))) return next;
  }
  const near = after.findLast((one) => keys.includes(one));
  return near === undefined ? keys.length : keys.indexOf(near) + 1;
}

function formatOf(text: string): { tabSize: number; insertSpaces: boolean; eol: string } {
  const indent = /\n([ \t]+)\S/.exec(text)?.[1] ?? "  ";
  return {
    tabSize: indent.length,
    insertSpaces: !indent.startsWith("\t"),
    eol: text.includes("\r\n") ? "\r\n" : "\n",
  };
}

/** Whatever the order of keys. */
function isEqual(a: Json | undefined, b: Json | undefined): boolean {
  if (Array.isArray(a) && Array.isArray(b)) {
    const [left, right]: (readonly Json[])[] = [a, b];
    return (
      left?.length === right?.length &&
      left?.every((item, at) => isEqual(item, right?.[at])) === true
    );
  }
  if (!isObject(a) || !isObject(b)) return a === b;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && isEqual(a[key], b[key]))
  );
}
