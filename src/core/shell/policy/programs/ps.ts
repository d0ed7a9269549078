import type { ShellWord } from "../../script.ts";
import { allowed, ask, type ShellVerdict } from "../../verdict.ts";
import type { ParsedCall, ProgramPolicy } from "../program-policy.ts";

/**
 * When a call makes no sense by the new rules (a user that does not exist, an operand), ps reads all of it again by the
 * old ones, dashes or not: an `e` anywhere then shows the environment of processes.
 */
const isSure = /^(?:[\d,]+|root)$/;

/** A user or a terminal: if there is none of that name, its letters are options. */
function named(word: ShellWord): ShellVerdict {
  const isPlain =
    word.kind === "literal"
      ? isSure.test(word.text) || /^[a-df-z]+$/.test(word.text)
      : word.kind === "dynamic" && word.shape === "number";
  return isPlain ? allowed : ask("ps: a name that it may take for options");
}

/** Columns, to show or to sort by. */
function columns(word: ShellWord): ShellVerdict {
  return word.kind === "literal" && /^[\w,=+%: -]+$/.test(word.text) && !/environ/i.test(word.text)
    ? allowed
    : ask("ps: it may show the environment of processes");
}

function noSecondReading({ options, operands }: ParsedCall): ShellVerdict {
  if (!options.some(({ name }) => name === "e")) return allowed;
  const isClear =
    operands.length === 0 &&
    options.every(
      ({ name, value }) =>
        name !== "x" &&
        (value === undefined ||
          /^(?:o|C|format|sort)$/.test(name) ||
          (value.kind === "literal" && isSure.test(value.text))),
    );
  return isClear ? allowed : ask("ps: it may take -e for the environment of processes");
}

export const psPolicies: readonly ProgramPolicy[] = [
  {
    names: ["ps"],
    flags: "aAdefFHjlLMNTVwxyZ",
    long: "forest no-headers no-heading headers version help",
    values: {
      p: "text",
      q: "text",
      pid: "text",
      ppid: "text",
      C: "text",
      u: named,
      U: named,
      g: named,
      t: named,
      user: named,
      o: columns,
      format: columns,
      sort: columns,
    },
    operands: (word) =>
      word.kind === "literal" && /^[axufjlrvwT]{1,6}$|^\d+$/.test(word.text)
        ? allowed
        : ask("ps: it may show the environment of processes"),
    check: noSecondReading,
    allow: ["ps aux", "ps -aux", "ps -ax", "ps -ef", "ps -p 1", "ps -eo pid,comm --sort=-%cpu"],
    notAllow: [
      "ps auxe",
      "ps eww",
      "ps -auxe",
      "ps -axe",
      "ps -ef -aux",
      "ps -e 1",
      "ps -e f",
      "ps -eo pid,environ",
      "ps -u few",
      'ps -e -p "$x"',
    ],
  },
];
