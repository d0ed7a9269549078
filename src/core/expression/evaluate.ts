import { failure } from "../../model/failure.ts";
import type { Value } from "../../model/plan.ts";
import { err, ok, type Result } from "../../model/result.ts";
import { functions, isTrue, lengthOf, textOf } from "./functions.ts";
import { type Node, parseExpression } from "./parse.ts";

/** What an expression can read; absent contexts are unknown names there. */
export interface ExpressionContext {
  readonly vars?: Readonly<Record<string, Value>>;
  readonly needs?: Readonly<Record<string, Value>>;
  readonly matrix?: Readonly<Record<string, Value>>;
  readonly steps?: Readonly<Record<string, Value>>;
  readonly changes?: Readonly<Record<string, Value>>;
  readonly env?: Readonly<Record<string, Value>>;
  /** The run's repositories. */
  readonly repos?: readonly Value[];
  readonly run?: Readonly<Record<string, Value>>;
  readonly workspace?: Readonly<Record<string, Value>>;
  /** For `success()` and its kin; without it everything succeeded. */
  readonly status?: { readonly succeeded: boolean; readonly cancelled: boolean };
}

/** Thrown inside the evaluator only. */
class Stop extends Error {}

export function evaluate(expression: string, context: ExpressionContext): Result<Value> {
  const node = parseExpression(expression);
  if (!node.ok) {
    return err(
      failure(
        "expression",
        `\`${expression}\`: ${node.error.message} (at character ${node.error.at + 1})`,
      ),
    );
  }
  try {
    return ok(valueOf(node.value, context));
  } catch (error) {
    if (error instanceof Stop || error instanceof SyntaxError) {
      return err(failure("expression", `\`${expression}\`: ${error.message}`));
    }
    throw error;
  }
}

function valueOf(node: Node, context: ExpressionContext): Value {
  switch (node.kind) {
    case "value":
      return node.value;
    case "not":
      return !isTrue(valueOf(node.of, context));
    case "binary":
      return binary(node, context);
    case "call":
      return call(node, context);
    case "path":
      return lookUp(node, context);
  }
}

function binary(node: Extract<Node, { kind: "binary" }>, context: ExpressionContext): Value {
  const left = valueOf(node.left, context);
  if (node.sign === "&&") return isTrue(left) ? valueOf(node.right, context) : left;
  if (node.sign === "||") return isTrue(left) ? left : valueOf(node.right, context);
  const right = valueOf(node.right, context);
  if (node.sign === "==") return left === right;
  if (node.sign === "!=") return left !== right;
  const bothNumbers = typeof left === "number" && typeof right === "number";
  const bothTexts = typeof left === "string" && typeof right === "string";
  if (!bothNumbers && !bothTexts)
    throw new Stop(
      `${JSON.stringify(left)} ${node.sign} ${JSON.stringify(right)} compares what has no order`,
    );
  if (node.sign === "<") return left < right;
  if (node.sign === "<=") return left <= right;
  return node.sign === ">" ? left > right : left >= right;
}

function call(node: Extract<Node, { kind: "call" }>, context: ExpressionContext): Value {
  const { succeeded, cancelled } = context.status ?? { succeeded: true, cancelled: false };
  if (node.name === "always") return true;
  if (node.name === "success") return succeeded;
  if (node.name === "failure") return !succeeded;
  if (node.name === "cancelled") return cancelled;
  const known = Object.hasOwn(functions, node.name) ? functions[node.name] : undefined;
  if (known === undefined) throw new Stop(`there is no function ${node.name}()`);
  return known.run(node.args.map((arg) => valueOf(arg, context)));
}

function lookUp(node: Extract<Node, { kind: "path" }>, context: ExpressionContext): Value {
  const { status: _, ...roots } = context;
  let value: Value | undefined = own(roots, node.root);
  if (value === undefined) throw new Stop(`there is no "${node.root}" here`);
  let path = node.root;
  for (const step of node.steps) {
    const key = valueOf(step, context);
    path += `.${textOf(key)}`;
    value = inside(value, key);
    if (value === undefined) throw new Stop(`there is no ${path}`);
  }
  return value;
}

function inside(value: Value, key: Value): Value | undefined {
  if (typeof value === "string") return key === "length" ? lengthOf(value) : undefined;
  if (typeof value !== "object" || value === null) return undefined;
  const found = own(value as Readonly<Record<string, Value>>, textOf(key));
  return key === "length" && (found === undefined || Array.isArray(value))
    ? lengthOf(value)
    : found;
}

function own(map: Readonly<Record<string, Value>>, key: string): Value | undefined {
  return Object.hasOwn(map, key) ? map[key] : undefined;
}
