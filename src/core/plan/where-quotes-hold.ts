import { parse, type CommandArgument, type SyntaxNode } from "unbash";

import type { TemplatePart } from "../expression/resolve.ts";
import { givesKind, wordsTakenAsGiven } from "./words-taken-as-given.ts";

const valueName = "skein value";

/**
 * Of the expressions in a shell text, by their place in `parts`, those whose value is one word there because single quotes
 * around it hold: not within double quotes or single ones, a here-document, a comment, backticks, what bash computes or reads
 * again, or a text that cannot be read.
 */
export function whereQuotesHold(parts: readonly TemplatePart[]): ReadonlySet<number> {
  const text = parts.map((part, at) => (part.kind === "text" ? part.text : `'${markOf(at)}'`));
  const held = new Set<number>();
  const script = parse(text.join(""));
  if (script.errors !== undefined) return held;
  const nodes = [...nodesIn(script)];
  if (nodes.some((node) => node.type === "Command" && givesKind(node))) return held;
  const marks = new Set(nodes.map((node) => (node.type === "SingleQuoted" ? node.value : "")));
  for (const at of parts.keys()) if (marks.has(markOf(at))) held.add(at);
  return held;
}

/** A blank in it: where the quotes end too soon, it is no single word. */
function markOf(at: number): string {
  return `${valueName} ${at}`;
}

/** At every depth, but for what bash evaluates whatever its quotes. */
function* nodesIn(one: unknown): Generator<SyntaxNode> {
  if (typeof one !== "object" || one === null) return;
  if (Array.isArray(one)) {
    for (const each of one) yield* nodesIn(each);
    return;
  }
  const node = one as SyntaxNode;
  yield node;
  for (const within of partsOf(node)) yield* nodesIn(within);
}

const compares: ReadonlySet<string> = new Set(["-eq", "-ne", "-lt", "-le", "-gt", "-ge"]);

function partsOf(node: SyntaxNode): readonly unknown[] {
  switch (node.type) {
    case "Command":
      return [node.name, node.prefix, node.redirects, wordsTakenAsGiven(node, isValue)];
    case "Assignment":
      return [node.value];
    case "ArrayValue":
      return node.elements.filter(({ text }) => !text.startsWith("["));
    case "ParameterExpansion":
      return [node.operation];
    case "HereDocBody":
      // In "${NAME:-'value'}" quotes are letters there; a script within has its own.
      return (node.parts ?? []).filter(({ type }) => type === "CommandExpansion");
    case "Slice":
    case "Unknown":
      return [];
    case "TestBinary":
      return compares.has(node.operator) ? [] : [node.left, node.right];
    case "TestUnary":
      return node.operator === "-v" || node.operator === "-R" ? [] : [node.operand];
    case "ArithmeticFor":
      return [node.body];
    case "CommandExpansion":
      // A backtick in the value would end them.
      return node.text.startsWith("`") ? [] : [node.script];
    default:
      // Some parts, as places in the text, are of no type.
      return "type" in node && node.type.startsWith("Arithmetic") ? [] : fieldsOf(node);
  }
}

function isValue({ text }: CommandArgument): boolean {
  return text.includes(valueName);
}

/** Nested scripts are read when they are first looked at, so getters count as fields. */
function fieldsOf(node: object): readonly unknown[] {
  const names = Object.keys(node);
  for (let kind = protoOf(node); kind !== null && kind !== Object.prototype; kind = protoOf(kind)) {
    const own = Object.entries(Object.getOwnPropertyDescriptors(kind));
    names.push(...own.flatMap(([name, one]) => (Object.hasOwn(one, "value") ? [] : [name])));
  }
  return names.map((name) => (node as Readonly<Record<string, unknown>>)[name]);
}

function protoOf(node: object): object | null {
  return Object.getPrototypeOf(node) as object | null;
}
