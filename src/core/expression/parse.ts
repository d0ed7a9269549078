import { err, ok, type Result } from "../../model/result.ts";
import { type ExpressionError, type Token, tokensOf } from "./tokens.ts";

export type Node =
  | { readonly kind: "value"; readonly value: number | string | boolean | null }
  /** `needs.a.outputs.files[0]`: a root name and what follows. */
  | {
      readonly kind: "path";
      readonly root: string;
      readonly steps: readonly Node[];
      readonly at: number;
    }
  | {
      readonly kind: "call";
      readonly name: string;
      readonly args: readonly Node[];
      readonly at: number;
    }
  | { readonly kind: "not"; readonly of: Node }
  | {
      readonly kind: "binary";
      readonly sign: string;
      readonly left: Node;
      readonly right: Node;
      readonly at: number;
    };

const depthMax = 50;
/** Loosest first. */
const levels: readonly (readonly string[])[] = [
  ["||"],
  ["&&"],
  ["==", "!="],
  ["<", "<=", ">", ">="],
];

/** Thrown inside the parser only; `parseExpression` turns it into a Result. */
class Stop extends Error {
  readonly error: ExpressionError;
  constructor(error: ExpressionError) {
    super(error.message);
    this.error = error;
  }
}

/** Parses a bare expression, as in `if:` or between `${{` and `}}`. */
export function parseExpression(text: string): Result<Node, ExpressionError> {
  const tokens = tokensOf(text);
  if (!tokens.ok) return tokens;
  if (tokens.value.length === 0) return err({ at: 0, message: "the expression is empty" });
  const reader = { tokens: tokens.value, index: 0, end: text.length, depth: 0 };
  try {
    const node = readLevel(reader, 0);
    const rest = reader.tokens[reader.index];
    if (rest !== undefined)
      return err({ at: rest.at, message: `${shown(rest)} is not expected here` });
    return ok(node);
  } catch (error) {
    if (error instanceof Stop) return err(error.error);
    throw error;
  }
}

interface Reader {
  readonly tokens: readonly Token[];
  index: number;
  readonly end: number;
  depth: number;
}

function readLevel(reader: Reader, level: number): Node {
  const signs = levels[level];
  if (signs === undefined) return readUnary(reader);
  let left = readLevel(reader, level + 1);
  for (
    let token = peek(reader);
    token?.kind === "sign" && signs.includes(token.sign);
    token = peek(reader)
  ) {
    reader.index += 1;
    left = {
      kind: "binary",
      sign: token.sign,
      left,
      right: readLevel(reader, level + 1),
      at: token.at,
    };
  }
  return left;
}

function readUnary(reader: Reader): Node {
  reader.depth += 1;
  const token = next(reader);
  if (reader.depth > depthMax)
    throw new Stop({ at: token.at, message: "the expression is nested too deep" });
  const node = readFrom(reader, token);
  reader.depth -= 1;
  return node;
}

function readFrom(reader: Reader, token: Token): Node {
  if (token.kind === "value") return { kind: "value", value: token.value };
  if (token.kind === "name") return readName(reader, token);
  if (token.sign === "!") return { kind: "not", of: readUnary(reader) };
  if (token.sign === "(") {
    const inner = readLevel(reader, 0);
    take(reader, ")");
    return inner;
  }
  throw new Stop({ at: token.at, message: `${shown(token)} is not expected here` });
}

function readName(reader: Reader, token: Extract<Token, { kind: "name" }>): Node {
  if (isSign(peek(reader), "("))
    return { kind: "call", name: token.name, args: readArgs(reader), at: token.at };
  const steps: Node[] = [];
  for (let sign = peek(reader); isSign(sign, ".") || isSign(sign, "["); sign = peek(reader)) {
    reader.index += 1;
    steps.push(isSign(sign, ".") ? readKey(reader) : readIndex(reader));
  }
  return { kind: "path", root: token.name, steps, at: token.at };
}

function readKey(reader: Reader): Node {
  const token = next(reader);
  if (token.kind === "name") return { kind: "value", value: token.name };
  throw new Stop({ at: token.at, message: "a name belongs after the dot" });
}

function readIndex(reader: Reader): Node {
  const inside = readLevel(reader, 0);
  take(reader, "]");
  return inside;
}

function readArgs(reader: Reader): readonly Node[] {
  take(reader, "(");
  const args: Node[] = [];
  while (!isSign(peek(reader), ")")) {
    if (args.length > 0) take(reader, ",");
    args.push(readLevel(reader, 0));
  }
  take(reader, ")");
  return args;
}

function peek(reader: Reader): Token | undefined {
  return reader.tokens[reader.index];
}

function next(reader: Reader): Token {
  const token = peek(reader);
  if (token === undefined)
    throw new Stop({ at: reader.end, message: "the expression ends too early" });
  reader.index += 1;
  return token;
}

function take(reader: Reader, sign: string): void {
  const token = next(reader);
  if (!isSign(token, sign))
    throw new Stop({ at: token.at, message: `"${sign}" is expected here, not ${shown(token)}` });
}

function isSign(token: Token | undefined, sign: string): boolean {
  return token?.kind === "sign" && token.sign === sign;
}

function shown(token: Token): string {
  return token.kind === "sign"
    ? `"${token.sign}"`
    : token.kind === "name"
      ? `"${token.name}"`
      : JSON.stringify(token.value);
}
