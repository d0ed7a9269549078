import type { Node } from "../../../core/codemod/source.ts";

/** Members that JavaScript itself gives to its objects: `.get`, `.then`, `.length`. A property of such a name is hardly ours. */
const natives = [
  Object,
  Function,
  Array,
  String,
  Number,
  Boolean,
  BigInt,
  Symbol,
  Date,
  RegExp,
  Error,
  Promise,
  Map,
  Set,
  WeakMap,
  WeakSet,
  ArrayBuffer,
  Uint8Array,
  URL,
  URLSearchParams,
  AbortController,
  AbortSignal,
  EventTarget,
  Event,
  TextEncoder,
  Response,
  Request,
  Headers,
];
const nativeMembers: ReadonlySet<string> = new Set(
  natives
    .flatMap((native) => [
      ...Object.getOwnPropertyNames(native),
      ...Object.getOwnPropertyNames(native.prototype),
    ])
    // Every function has a name, and so has nearly everything else: no sign of a native object.
    .filter((name) => name !== "name"),
);
const globalNames: ReadonlySet<string> = new Set([
  ...Object.getOwnPropertyNames(globalThis),
  "window",
  "document",
  "self",
  "jest",
  "vi",
  "cy",
]);

interface Naming {
  readonly name: string;
  /** A telling name means the same thing on every object; an everyday word only on a module's exports. */
  readonly distinctive: boolean;
  /** Whether a local name is a whole module from outside; undefined: it is no module. */
  readonly isForeignModule: (local: string) => boolean | undefined;
}

/** Whether a property or key of the renamed name is renamed with it. */
export function isRenamedProperty(node: Node, naming: Naming): boolean {
  const parent = node.parent();
  const byName = naming.distinctive && !nativeMembers.has(naming.name);
  if (parent === null) return byName;
  if (parent.kind() === "member_expression" || parent.kind() === "nested_type_identifier")
    return isRenamedMember(parent.field("object") ?? parent.field("module"), naming, byName);
  const object = node.ancestors().find((ancestor) => !wrappers.has(String(ancestor.kind())));
  if (object?.kind() === "object" && isExportsValue(object)) return true;
  if (object?.kind() === "object_pattern") return isModulePattern(object) || byName;
  return byName;
}

const wrappers = new Set([
  "pair",
  "pair_pattern",
  "method_definition",
  "object_assignment_pattern",
]);

function isRenamedMember(object: Node | null, naming: Naming, byName: boolean): boolean {
  const on = object?.text() ?? "";
  if (/^(?:module\.)?exports$/.test(on)) return true;
  if (isLoad(object)) return true;
  const foreign = naming.isForeignModule(on);
  if (foreign !== undefined) return !foreign;
  return byName && !globalNames.has(on);
}

/** `module.exports = { … }`, `exports = { … }`, `export default { … }`. */
function isExportsValue(object: Node): boolean {
  const parent = object.parent();
  if (parent?.kind() === "assignment_expression")
    return (
      /^(?:module\.)?exports$/.test(parent.field("left")?.text() ?? "") || isExportsChain(parent)
    );
  return parent?.kind() === "export_statement";
}

function isExportsChain(assignment: Node): boolean {
  return /^(?:module\.)?exports\s*=/.test(assignment.parent()?.text() ?? "");
}

/** `const { a } = require("./x")`: a file that takes it from outside the repository was set aside before. */
function isModulePattern(pattern: Node): boolean {
  const declarator = pattern.parent();
  return declarator?.kind() === "variable_declarator" && isLoad(declarator.field("value"));
}

function isLoad(value: Node | null): boolean {
  return /^\(?(?:await\s+)?(?:require|import)\s*\(\s*["'`][^"'`]*["'`]\s*\)\)?$/.test(
    value?.text() ?? "",
  );
}
