import { type Node, nodesOf, parseSource, type SourceFile } from "../../../core/codemod/source.ts";
import type { TextEdit } from "../../../core/codemod/text-edit.ts";
import { wholeWord } from "../identifier.ts";
import { removal } from "./move-import.ts";
import { type Transformed, untouched } from "./transformed.ts";

/** Removes the import of a local name that nothing else in the file uses. An import for its effects keeps its module. */
export function removeUnusedImport(file: SourceFile, name: string): Transformed {
  if (!wholeWord(name).test(file.text)) return untouched;
  const source = parseSource(file);
  const uses = nodesOf(
    source,
    ["identifier", "type_identifier", "shorthand_property_identifier"],
    name,
  );
  const [only] = uses.filter((node) => !isOtherName(node));
  const statement = only?.ancestors().find((node) => node.kind() === "import_statement");
  if (
    only === undefined ||
    uses.filter((node) => !isOtherName(node)).length !== 1 ||
    statement === undefined
  )
    return untouched;
  const edit = editFor(only, statement, file.text);
  return edit === undefined ? untouched : { edits: [edit], notes: [] };
}

/** In `name as local` only `local` is bound here. */
function isOtherName(node: Node): boolean {
  const specifier = node.parent();
  return (
    specifier?.kind() === "import_specifier" &&
    specifier.field("alias") !== null &&
    specifier.field("name")?.id() === node.id()
  );
}

function editFor(name: Node, statement: Node, text: string): TextEdit | undefined {
  const clause = statement.children().find((child) => child.kind() === "import_clause");
  const parts = clause?.namedChildren() ?? [];
  const specifier = name.ancestors().find((node) => node.kind() === "import_specifier");
  const siblings = specifier
    ?.parent()
    ?.namedChildren()
    .filter((node) => node.kind() === "import_specifier");
  if (specifier !== undefined && (siblings?.length ?? 0) > 1) return removal(specifier, text);
  const { start, end } = statement.range();
  if (parts.length === 1) {
    const line = /^[ \t]*\n/.exec(text.slice(end.index))?.[0].length ?? 0;
    return { start: start.index, end: end.index + line, text: "" };
  }
  const part = parts.find(
    (node) => node.id() === name.id() || name.ancestors().some((above) => above.id() === node.id()),
  );
  return part === undefined ? undefined : removal(part, text);
}
