import { type Node, parseSource, type SourceFile } from "../../../core/codemod/source.ts";
import type { TextEdit } from "../../../core/codemod/text-edit.ts";
import type { MoveImportChange } from "../change.ts";
import { type ImportSource, importSources } from "./import-sources.ts";
import { type Transformed, untouched } from "./transformed.ts";

/** Lets imports of one module come from another: the whole import, or only one exported name of it. */
export function moveImport(file: SourceFile, change: MoveImportChange): Transformed {
  if (!file.text.includes(change.from)) return untouched;
  const sources = importSources(parseSource(file)).filter(
    ({ specifier }) => specifier === change.from,
  );
  const { name } = change;
  if (name === undefined) {
    return {
      edits: sources.map(({ start, end }) => ({ start, end, text: change.to })),
      notes: [],
    };
  }
  return {
    edits: sources.flatMap((source) => moved(source, { ...change, name }, file.text)),
    notes: [],
  };
}

function moved(
  source: ImportSource,
  change: MoveImportChange & { readonly name: string },
  text: string,
): readonly TextEdit[] {
  const names = namesOf(source.loader);
  const wanted = names.filter(({ name }) => name === change.name);
  if (wanted.length === 0) return [];
  const redirect = { start: source.start, end: source.end, text: change.to };
  if (names.length === wanted.length && !hasOtherBindings(source.loader)) return [redirect];
  const statement = statementOf(source.loader);
  const { start, end } = statement.range();
  const quote = text[source.start - 1] ?? '"';
  const tail = statement.text().endsWith(";") ? ";" : "";
  const list = wanted.map(({ node }) => node.text()).join(", ");
  const typeOnly = /^(?:import|export)\s+type\b/.exec(statement.text()) === null ? "" : "type ";
  const added =
    source.loader.kind() === "call_expression"
      ? `${/^(?:const|let|var)/.exec(statement.text())?.[0] ?? "const"} { ${list} } = ${/^await\b/.test(source.loader.parent()?.text() ?? "") ? "await " : ""}${source.loader.field("function")?.text()}(${quote}${change.to}${quote})${tail}`
      : `${statement.text().startsWith("export") ? "export" : "import"} ${typeOnly}{ ${list} } from ${quote}${change.to}${quote}${tail}`;
  const indent = /[ \t]*$/.exec(text.slice(0, start.index))?.[0] ?? "";
  return [
    ...(names.length === wanted.length ? wholeList(wanted) : wanted.map(({ node }) => node)).map(
      (node) => removal(node, text),
    ),
    { start: end.index, end: end.index, text: `\n${indent}${added}` },
  ];
}

interface Named {
  readonly name: string;
  readonly node: Node;
}

function namesOf(loader: Node): readonly Named[] {
  if (loader.kind() !== "call_expression") {
    return loader
      .findAll({ rule: { any: [{ kind: "import_specifier" }, { kind: "export_specifier" }] } })
      .map((node) => ({ node, name: node.field("name")?.text() ?? "" }));
  }
  const pattern = declaratorOf(loader)?.field("name");
  return pattern?.kind() === "object_pattern"
    ? pattern.namedChildren().map((node) => ({
        node,
        name: (node.field("key") ?? node.field("left") ?? node).text(),
      }))
    : [];
}

function hasOtherBindings(loader: Node): boolean {
  const clause = loader.children().find((child) => child.kind() === "import_clause");
  return (clause?.namedChildren() ?? []).some((child) => child.kind() !== "named_imports");
}

/** The braces themselves, when none of their names stays. */
function wholeList(wanted: readonly Named[]): readonly Node[] {
  const list = wanted[0]?.node.parent();
  return list === null || list === undefined ? [] : [list];
}

function declaratorOf(loader: Node): Node | undefined {
  return loader
    .ancestors()
    .slice(0, 2)
    .find((node) => node.kind() === "variable_declarator");
}

function statementOf(loader: Node): Node {
  return declaratorOf(loader)?.parent() ?? loader;
}

/** A specifier with the comma and the blanks that belong to it. */
export function removal(node: Node, text: string): TextEdit {
  const { start, end } = node.range();
  const after = /^\s*,[ \t]*(?:\n[ \t]*)?/.exec(text.slice(end.index))?.[0];
  if (after !== undefined) return { start: start.index, end: end.index + after.length, text: "" };
  const before = /,\s*$/.exec(text.slice(0, start.index))?.[0].length ?? 0;
  return { start: start.index - before, end: end.index, text: "" };
}
