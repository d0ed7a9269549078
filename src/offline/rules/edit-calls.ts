import { diffIndices } from "node-diff3";

import { turnCharsMax } from "./ask.ts";
import type { Call } from "./conversation.ts";

/** More single edits than this and the whole file is as cheap to write. */
const editsMax = 12;
/** Lines taken along on each side to make an edit's place unique: a few, or many where a file repeats itself for long. */
const contexts = [0, 1, 2, 3, 4, 5, 6, 7, 8, 12, 16, 24, 32, 48, 64];

export interface Replacement {
  readonly from: string;
  readonly to: string;
}

/**
 * Tool calls, to be made in this order, that turn the old text of a file into the new one. Undefined: some place
 * cannot be named without doubt, and the file is too long to be written whole.
 */
export function editCalls(
  path: string,
  texts: { readonly before: string; readonly after: string },
  replacements: readonly Replacement[],
): readonly Call[] | undefined {
  const { before, after } = texts;
  const everywhere = replacements.find(({ from, to }) => before.split(from).join(to) === after);
  if (everywhere !== undefined && before.split(everywhere.from).length > 2) {
    return [edit(path, everywhere.from, everywhere.to, true)];
  }
  const edits = singleEdits(path, before, after) ?? repeatedEdits(path, before, after);
  const isShort = edits !== undefined && edits.length <= editsMax;
  const whole = isShort ? undefined : writeCall(path, after);
  return whole === undefined ? edits : [whole];
}

/** Undefined: one reply may not be long enough for the text. */
export function writeCall(path: string, content: string): Call | undefined {
  return content.length <= turnCharsMax
    ? { name: "Write", input: { file_path: path, content } }
    : undefined;
}

function edit(path: string, from: string, to: string, all = false): Call {
  const input = { file_path: path, old_string: from, new_string: to };
  return { name: "Edit", input: all ? { ...input, replace_all: true } : input };
}

function singleEdits(path: string, before: string, after: string): readonly Call[] | undefined {
  const calls: Call[] = [];
  const lines = before.split("\n");
  const next = after.split("\n");
  /** How far the lines below the last edit have moved. */
  let moved = 0;
  for (const { from, to, by } of hunks(lines, next)) {
    const found = uniquePlace(lines, {
      from: from + moved,
      to: to + moved,
      isGone: by.length === 0,
    });
    if (found === undefined) return undefined;
    const old = lines.slice(found.start, found.end);
    lines.splice(from + moved, to - from, ...by);
    const fresh = lines.slice(found.start, found.end + by.length - (to - from));
    if (fresh.length === 0) return undefined;
    calls.push(edit(path, old.join("\n"), fresh.join("\n")));
    moved += by.length - (to - from);
  }
  return lines.join("\n") === after ? calls : undefined;
}

/** Changes that are made in the same way at several places are made at all of them at once; what is left, one by one. */
function repeatedEdits(path: string, before: string, after: string): readonly Call[] | undefined {
  const lines = before.split("\n");
  const groups = Map.groupBy(hunks(lines, after.split("\n")), ({ from, to, by }) =>
    JSON.stringify([lines.slice(from, to), by]),
  );
  const calls: Call[] = [];
  let text = before;
  for (const group of groups.values()) {
    const [{ from, to, by } = { from: 0, to: 0, by: [] }] = group;
    const old = lines.slice(from, to).join("\n");
    const places = old === "" ? [] : text.split(old);
    if (group.length === 1 || by.length === 0 || places.length !== group.length + 1) continue;
    text = places.join(by.join("\n"));
    calls.push(edit(path, old, by.join("\n"), true));
  }
  const rest = calls.length === 0 ? undefined : singleEdits(path, text, after);
  return rest === undefined ? undefined : [...calls, ...rest];
}

interface Hunk {
  readonly from: number;
  readonly to: number;
  readonly by: readonly string[];
}

function hunks(before: readonly string[], after: readonly string[]): readonly Hunk[] {
  if (before.length === after.length) {
    // Nearly every change of ours keeps lines in place; comparing them one by one is quick at any length.
    return before.flatMap((line, index) =>
      line === after[index] ? [] : [{ from: index, to: index + 1, by: [after[index] ?? ""] }],
    );
  }
  return diffIndices([...before], [...after]).map(({ buffer1, buffer2Content }) => ({
    from: buffer1[0],
    to: buffer1[0] + buffer1[1],
    by: buffer2Content,
  }));
}

/** The hunk with as many lines around it as make it unique in the text. */
function uniquePlace(
  lines: readonly string[],
  hunk: { readonly from: number; readonly to: number; readonly isGone: boolean },
): { readonly start: number; readonly end: number } | undefined {
  const text = lines.join("\n");
  // New lines need a line to stand at, and lines that go take a line break along.
  const least = hunk.from === hunk.to || hunk.isGone ? 1 : 0;
  for (const context of contexts.filter((count) => count >= least)) {
    const start = Math.max(0, hunk.from - context);
    const end = Math.min(lines.length, hunk.to + context);
    const piece = lines.slice(start, end).join("\n");
    // Overlapping occurrences count too: the tool would take the first.
    if (piece !== "" && text.indexOf(piece) === text.lastIndexOf(piece)) return { start, end };
  }
  return undefined;
}
