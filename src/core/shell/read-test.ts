import type { TestExpression } from "unbash";

import type { ShellNode, ShellWord } from "./script.ts";
import { readSingleWord, type WordScope } from "./words/read-word.ts";

/** Operators that look at a file by its name, or at text. `-v` and `-R` evaluate what a name holds. */
const onFiles: ReadonlySet<string> = new Set(
  "abcdefghkprstuwxGLNOS".split("").map((letter) => `-${letter}`),
);
const onText: ReadonlySet<string> = new Set(["-n", "-z"]);
const comparing: ReadonlySet<string> = new Set(["=", "==", "!=", "<", ">", "=~"]);
const comparingNumbers: ReadonlySet<string> = new Set(["-eq", "-ne", "-lt", "-le", "-gt", "-ge"]);

/** `[[ … ]]` as the `test` commands it stands for; an operator that may run something is opaque. */
export function readTest(expression: TestExpression, scope: WordScope): ShellNode {
  switch (expression.type) {
    case "TestLogical":
      return inOrder(expression.operands.map((operand) => readTest(operand, scope)));
    case "TestNot":
      return readTest(expression.operand, scope);
    case "TestGroup":
      return readTest(expression.expression, scope);
    case "TestUnary": {
      const { operator } = expression;
      const read = readSingleWord(expression.operand, scope);
      const known = onFiles.has(operator) || onText.has(operator);
      const doubts = known ? read.doubts : [...read.doubts, `the test ${operator}`];
      return test([literal(operator), ...read.words], read.nested, doubts);
    }
    case "TestBinary": {
      const { operator } = expression;
      const [left, right] = [expression.left, expression.right].map((word) =>
        readSingleWord(word, scope),
      );
      const words = [...(left?.words ?? []), ...(right?.words ?? [])];
      const doubts = [...(left?.doubts ?? []), ...(right?.doubts ?? [])];
      const isNumbers = words.every(
        (word) =>
          (word.kind === "literal" && /^-?(0|[1-9]\d*)$/.test(word.text)) ||
          (word.kind === "dynamic" && word.shape === "number"),
      );
      const known = comparing.has(operator) || (comparingNumbers.has(operator) && isNumbers);
      const nested = [...(left?.nested ?? []), ...(right?.nested ?? [])];
      return test([literal("-n"), literal("x")], nested, [
        ...doubts,
        ...(known ? [] : [`the test ${operator}`]),
      ]);
    }
  }
}

function test(
  words: readonly ShellWord[],
  nested: readonly ShellNode[],
  doubts: readonly string[],
): ShellNode {
  const command: ShellNode = {
    kind: "command",
    words: [literal("test"), ...words],
    assignments: [],
    redirections: [],
    nested,
    text: "[[ … ]]",
  };
  return doubts.length === 0
    ? command
    : { kind: "opaque", why: doubts.join("; "), nodes: [command] };
}

function literal(text: string): ShellWord {
  return { kind: "literal", text };
}

function inOrder(nodes: readonly ShellNode[]): ShellNode {
  return { kind: "sequence", nodes, joins: nodes.slice(1).map(() => ";") };
}
