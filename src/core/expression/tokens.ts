import { err, ok, type Result } from "../../model/result.ts";

/** A problem inside an expression; `at` is the offset in its text, in UTF-16 units. */
export interface ExpressionError {
  readonly message: string;
  readonly at: number;
  readonly suggestion?: string;
}

export type Token =
  | {
      readonly kind: "value";
      readonly value: number | string | boolean | null;
      readonly at: number;
    }
  | { readonly kind: "name"; readonly name: string; readonly at: number }
  | { readonly kind: "sign"; readonly sign: string; readonly at: number };

const patterns =
  /\s+|(?<number>\d+(?:\.\d+)?)|(?<string>'(?:[^']|'')*'|"(?:[^"\\]|\\.)*")|(?<name>[A-Za-z_][\w-]*)|(?<sign>==|!=|<=|>=|&&|\|\||[<>!().,[\]])/y;
const words: ReadonlyMap<string, boolean | null> = new Map([
  ["true", true],
  ["false", false],
  ["null", null],
]);

export function tokensOf(text: string): Result<readonly Token[], ExpressionError> {
  const tokens: Token[] = [];
  patterns.lastIndex = 0;
  for (let at = 0; at < text.length; at = patterns.lastIndex) {
    patterns.lastIndex = at;
    const groups = patterns.exec(text)?.groups;
    if (groups === undefined) {
      const open = text[at] === "'" || text[at] === '"';
      return err({
        at,
        message: open
          ? "this text is never closed"
          : `${JSON.stringify(text[at])} does not belong in an expression`,
      });
    }
    const { number, string, name, sign } = groups;
    if (number !== undefined) tokens.push({ kind: "value", value: Number(number), at });
    if (string !== undefined) tokens.push({ kind: "value", value: unquoted(string), at });
    if (sign !== undefined) tokens.push({ kind: "sign", sign, at });
    if (name !== undefined) {
      const word = words.get(name);
      tokens.push(
        word === undefined ? { kind: "name", name, at } : { kind: "value", value: word, at },
      );
    }
  }
  return ok(tokens);
}

function unquoted(text: string): string {
  const inner = text.slice(1, -1);
  return text.startsWith("'") ? inner.replaceAll("''", "'") : inner.replaceAll(/\\(.)/g, "$1");
}
