import type { Node, ParsedSource } from "../../../core/codemod/source.ts";
import type { TextEdit } from "../../../core/codemod/text-edit.ts";
import { regexText } from "../../../core/regex-text.ts";
import type { RenameChange } from "../change.ts";

/**
 * Strings that are exactly the name: keys, `obj["name"]`, lists of names, titles of tests. Module specifiers are not,
 * nor are values of properties.
 * A list of strings that was in order stays in order: it is usually compared with sorted keys.
 */
export function nameStrings(
  { root }: ParsedSource,
  change: RenameChange,
  specifiers: ReadonlySet<number>,
): readonly TextEdit[] {
  const name = regexText(change.from);
  const found = root
    .findAll({ rule: { kind: "string", regex: `^["']${name}["']$` } })
    .filter((node) => !specifiers.has(node.range().start.index + 1) && !isData(node));
  const sorted = new Map<number, readonly TextEdit[]>();
  const single: TextEdit[] = [];
  for (const node of found) {
    const list = node.parent();
    const reordered = list?.kind() === "array" ? keptInOrder(list, change) : undefined;
    if (list !== null && reordered !== undefined) sorted.set(list.id(), reordered);
    else single.push(replaced(node, change.to));
  }
  return [...single, ...[...sorted.values()].flat()];
}

/** The value of a property is data as a rule, often stored or sent somewhere: an audit trail does not change its words. */
function isData(node: Node): boolean {
  const pair = node.parent();
  return pair?.kind() === "pair" && pair.field("value")?.id() === node.id();
}

function replaced(node: Node, text: string): TextEdit {
  const { start, end } = node.range();
  return { start: start.index + 1, end: end.index - 1, text };
}

function keptInOrder(list: Node, { from, to }: RenameChange): readonly TextEdit[] | undefined {
  const items = list.namedChildren().filter((item) => item.kind() !== "comment");
  if (items.length < 2 || items.some((item) => item.kind() !== "string")) return undefined;
  const texts = items.map((item) => item.text().slice(1, -1));
  const inOrder = (order: readonly string[]): boolean =>
    texts.every((text, index) => text === order[index]);
  if (!inOrder(texts.toSorted())) return undefined;
  const renamed = texts.map((text) => (text === from ? to : text)).toSorted();
  return items.flatMap((item, index) => {
    const text = renamed[index] ?? "";
    return text === texts[index] ? [] : [replaced(item, text)];
  });
}
