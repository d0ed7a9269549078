import type { Node, ParsedSource } from "../../../core/codemod/source.ts";
import { importSources } from "./import-sources.ts";

/** What a file binds from other modules, as far as a rename has to know. */
export interface ModuleBindings {
  /** Local names of whole modules (namespace, default, `= require(…)`), by the specifier they come from. */
  readonly modules: ReadonlyMap<string, string>;
  /** Specifiers that the given name is taken from by name. */
  readonly namedFrom: readonly string[];
}

export function moduleBindings(source: ParsedSource, name: string): ModuleBindings {
  const modules = new Map<string, string>();
  const namedFrom: string[] = [];
  for (const { specifier, loader } of importSources(source)) {
    const { wholes, names } = boundBy(loader);
    for (const whole of wholes) modules.set(whole, specifier);
    if (names.includes(name)) namedFrom.push(specifier);
  }
  return { modules, namedFrom };
}

interface Bound {
  readonly wholes: readonly string[];
  /** Exported names taken, before any `as`. */
  readonly names: readonly string[];
}

function boundBy(loader: Node): Bound {
  if (loader.kind() === "call_expression") return boundByCall(loader);
  const names = loader
    .findAll({ rule: { any: [{ kind: "import_specifier" }, { kind: "export_specifier" }] } })
    .map((specifier) => specifier.field("name")?.text() ?? "");
  const clause = loader.children().find((child) => child.kind() === "import_clause");
  const wholes = (clause?.namedChildren() ?? []).flatMap((child) => {
    if (child.kind() === "identifier") return [child.text()];
    return child.kind() === "namespace_import" ? [child.namedChildren()[0]?.text() ?? ""] : [];
  });
  const required =
    loader.kind() === "import_require_clause" ? loader.namedChildren()[0] : undefined;
  return { wholes: required === undefined ? wholes : [required.text()], names };
}

/** `const a = require("x")`, `const { a } = await import("x")`, `require("x").a`. */
function boundByCall(call: Node): Bound {
  let value = call;
  let parent = call.parent();
  if (parent?.kind() === "member_expression" && parent.field("object")?.id() === call.id())
    return { wholes: [], names: [parent.field("property")?.text() ?? ""] };
  while (
    parent !== null &&
    ["await_expression", "parenthesized_expression"].includes(String(parent.kind()))
  ) {
    value = parent;
    parent = parent.parent();
  }
  const target =
    parent?.kind() === "variable_declarator" && parent.field("value")?.id() === value.id()
      ? parent.field("name")
      : undefined;
  if (target?.kind() === "identifier") return { wholes: [target.text()], names: [] };
  return target?.kind() === "object_pattern"
    ? { wholes: [], names: target.namedChildren().map((entry) => keyOf(entry)) }
    : { wholes: [], names: [] };
}

function keyOf(entry: Node): string {
  const key = entry.kind() === "pair_pattern" ? entry.field("key") : entry;
  return (entry.kind() === "object_assignment_pattern" ? entry.field("left") : key)?.text() ?? "";
}
