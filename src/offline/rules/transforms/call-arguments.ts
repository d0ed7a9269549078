import type { AddArgumentChange, RemoveArgumentChange } from "../change.ts";
import { type Node, parseSource, type SourceFile } from "../source.ts";
import type { TextEdit } from "../text-edit.ts";
import type { Transformed } from "./transformed.ts";

/** Adds an argument to every call that does not have it at that place yet. */
export function addArgument(file: SourceFile, change: AddArgumentChange): Transformed {
  const notes: string[] = [];
  const edits = callsOf(file, change.callee).flatMap(({ line, list }): readonly TextEdit[] => {
    const given = argumentsIn(list);
    const there = change.at === "first" ? given[0] : given.at(-1);
    if (sameCode(there?.text(), change.argument)) return [];
    if (given.some((node) => node.kind() === "spread_element") && change.at === "last") {
      notes.push(`${file.path}:${line}: left, a spread makes the last place unclear`);
      return [];
    }
    if (there === undefined) return [insertion(list.range().start.index + 1, change.argument)];
    return change.at === "first"
      ? [insertion(there.range().start.index, `${change.argument}, `)]
      : [insertion(there.range().end.index, `, ${change.argument}`)];
  });
  return { edits, notes };
}

/**
 * Removes an argument by its text, or by its place when it is the last one: with arguments behind it, a second look
 * would take the next.
 */
export function removeArgument(file: SourceFile, change: RemoveArgumentChange): Transformed {
  const notes: string[] = [];
  const edits = callsOf(file, change.callee).flatMap(({ line, list }): readonly TextEdit[] => {
    const given = argumentsIn(list);
    if (typeof change.argument === "string") {
      const wanted = change.argument;
      const found = given.filter((node) => sameCode(node.text(), wanted));
      return found.length > 0 ? [without(list, given, found)] : [];
    }
    const last = given.at(-1);
    if (given.length > change.argument)
      notes.push(
        `${file.path}:${line}: left, ${change.callee} has arguments behind number ${change.argument} here`,
      );
    return last !== undefined &&
      given.length === change.argument &&
      last.kind() !== "spread_element"
      ? [without(list, given, [last])]
      : [];
  });
  return { edits, notes };
}

function callsOf(
  file: SourceFile,
  callee: string,
): readonly { readonly line: number; readonly list: Node }[] {
  if (!file.text.includes(callee.split(".").at(-1) ?? callee)) return [];
  const { root } = parseSource(file);
  return root
    .findAll({ rule: { any: [{ kind: "call_expression" }, { kind: "new_expression" }] } })
    .flatMap((call) => {
      const name = (call.field("function") ?? call.field("constructor"))?.text();
      const list = call.field("arguments");
      return name?.replaceAll("?.", ".").replaceAll(/\s/g, "") === callee &&
        list?.kind() === "arguments"
        ? [{ line: call.range().start.line + 1, list }]
        : [];
    });
}

function argumentsIn(list: Node): readonly Node[] {
  return list.namedChildren().filter((child) => child.kind() !== "comment");
}

function insertion(at: number, text: string): TextEdit {
  return { start: at, end: at, text };
}

/** The whole list again without some: simpler to get right than single commas, and only such lists are rewritten. */
function without(list: Node, given: readonly Node[], gone: readonly Node[]): TextEdit {
  const text = list.text();
  const base = list.range().start.index;
  const first = given[0]?.range().start.index ?? base;
  const last = given.at(-1)?.range().end.index ?? first;
  const ids = new Set(gone.map((node) => node.id()));
  const pieces: string[] = [];
  given.forEach((node, index) => {
    if (ids.has(node.id())) return;
    const before = given[index - 1]?.range().end.index;
    const glue =
      before === undefined ? "" : text.slice(before - base, node.range().start.index - base);
    pieces.push(pieces.length === 0 ? node.text() : `${glue}${node.text()}`);
  });
  const trailing = /^\s*,/.exec(text.slice(last - base))?.[0].length ?? 0;
  return { start: first, end: last + (pieces.length === 0 ? trailing : 0), text: pieces.join("") };
}

function sameCode(a: string | undefined, b: string): boolean {
  return a?.replaceAll(/\s+/g, "") === b.replaceAll(/\s+/g, "");
}
