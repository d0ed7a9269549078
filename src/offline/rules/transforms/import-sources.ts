import type { Node, ParsedSource } from "../../../core/codemod/source.ts";

/** A string that names a module: where it stands and what loads it. */
export interface ImportSource {
  /** Between the quotes. */
  readonly specifier: string;
  /** Range between the quotes. */
  readonly start: number;
  readonly end: number;
  /** The import or export statement, or the call of `require`, `import` or `require.resolve`. */
  readonly loader: Node;
}

const loaders = new Set(["require", "import", "require.resolve"]);

/** Every static module specifier of a file: import, export from, `import x = require()`, dynamic import, require, require.resolve. */
export function importSources({ root }: ParsedSource): readonly ImportSource[] {
  const literals = root.findAll({
    rule: { any: [{ kind: "string" }, { kind: "template_string" }] },
  });
  return literals.flatMap((literal) => {
    const loader = loaderOf(literal);
    const { start, end } = literal.range();
    const specifier = literal.text().slice(1, -1);
    return loader === undefined || specifier === "" || /[\\$]/.test(specifier)
      ? []
      : [{ specifier, start: start.index + 1, end: end.index - 1, loader }];
  });
}

function loaderOf(literal: Node): Node | undefined {
  const parent = literal.parent();
  if (parent === null) return undefined;
  const kind = parent.kind();
  if (kind === "import_statement" || kind === "export_statement")
    return literal.kind() === "string" ? parent : undefined;
  if (kind === "import_require_clause") return parent;
  if (kind !== "arguments" || parent.namedChildren()[0]?.id() !== literal.id()) return undefined;
  const call = parent.parent();
  const callee = call?.field("function")?.text();
  return call !== null && call?.kind() === "call_expression" && loaders.has(callee ?? "")
    ? call
    : undefined;
}
