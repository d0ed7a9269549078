import { type Node, parseSource, type SourceFile } from "../../../core/codemod/source.ts";
import type { TextEdit } from "../../../core/codemod/text-edit.ts";
import type { AddArgumentChange, RemoveArgumentChange } from "../change.ts";
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
      return without(list, given, found);
    }
    const last = given.at(-1);
    if (given.length > change.argument)
      notes.push(
        `${file.path}:${line}: left, ${change.callee} has arguments behind number ${change.argument} here`,
      );
    return last !== undefined &&
      given.length === change.argument &&
      last.kind() !== "spread_element"
      ? without(list, given, [last])
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

/** One deletion for each run of arguments, so that what stays can have edits of its own inside. */
function without(list: Node, given: readonly Node[], gone: readonly Node[]): readonly TextEdit[] {
  const ids = new Set(gone.map((node) => node.id()));
  return given.flatMap((node, index) => {
    const before = given[index - 1];
    if (!ids.has(node.id()) || (before !== undefined && ids.has(before.id()))) return [];
    const next = given.findIndex((other, at) => at > index && !ids.has(other.id()));
    const last = given[(next < 0 ? given.length : next) - 1] ?? node;
    if (before !== undefined) return [deletion(endOf(before), endOf(last))];
    const after = given[next];
    return [deletion(startOf(node), after === undefined ? closing(list, last) : startOf(after))];
  });
}

/** The end of the last argument, with a comma behind it. */
function closing(list: Node, last: Node): number {
  const rest = list.text().slice(endOf(last) - startOf(list));
  return endOf(last) + (/^\s*,/.exec(rest)?.[0].length ?? 0);
}

function deletion(start: number, end: number): TextEdit {
  return { start, end, text: "" };
}

function startOf(node: Node): number {
  return node.range().start.index;
}

function endOf(node: Node): number {
  return node.range().end.index;
}

function sameCode(a: string | undefined, b: string): boolean {
  return a?.replaceAll(/\s+/g, "") === b.replaceAll(/\s+/g, "");
}
