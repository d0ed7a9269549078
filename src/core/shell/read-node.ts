import type {
  AndOr,
  ArithmeticCommand,
  Case,
  Command,
  CommandNode,
  CompoundList,
  For,
  If,
  ParsedScript,
  Pipeline,
  PipelineNode,
  Redirected,
  Statement,
  While,
} from "unbash";

import { isOwnVariable } from "./judge-assignment.ts";
import { readCommand, readRedirections } from "./read-command.ts";
import { readTest } from "./read-test.ts";
import type { ShellNode, ShellWord } from "./script.ts";
import { isPlainNumber } from "./words/arithmetic.ts";
import { readSingleWord, readWord, type WordScope } from "./words/read-word.ts";

/** Rounds of a `for` that are written out, and how deep. */
const roundsMax = 64;
const nodesMax = 2_000;

/** Builtins that set variables by name. */
const changing: ReadonlySet<string> = new Set(
  "read mapfile readarray printf declare local typeset export readonly unset let getopts eval source . set shift command builtin".split(
    " ",
  ),
);
/** Builtins after which patterns are looked for elsewhere, or otherwise. */
const moving: ReadonlySet<string> = new Set(
  "cd pushd popd shopt set eval source . command builtin".split(" "),
);

/** One reading of one text: what it found out on the way. */
export interface Reading {
  /** What positions in the tree count in: the text, or that of the backticks being read. */
  text: string;
  readonly home: string;
  /** The first mistake found in a nested script: they are parsed when they are first looked at. */
  problem: string | undefined;
  /** Whether everything read so far was plain commands of literal words in lists and pipes. */
  literal: boolean;
  nodes: number;
  readonly filesOf: ((pattern: string) => readonly string[] | undefined) | undefined;
  /** A command may have changed the folder: from here on, patterns stand for nobody knows what. */
  moved: boolean;
}

/** What is known of variables at a place in the text; changed while reading goes on. */
type Known = Map<string, string>;

export function readNodes(reading: Reading, script: ParsedScript): ShellNode {
  return readList(reading, script, new Map());
}

function scopeOf(reading: Reading, known: Known): WordScope {
  return { home: reading.home, known, readNested: (script) => readNested(reading, script, known) };
}

function readNested(reading: Reading, script: ParsedScript | undefined, known: Known): ShellNode {
  if (script === undefined) return opaque(reading, "a substitution that was not parsed", []);
  reading.problem ??= script.errors?.[0]?.message;
  const around = reading.text;
  reading.text = script.source ?? around;
  const node = readList(reading, script, new Map(known));
  reading.text = around;
  return { kind: "subshell", node, background: false };
}

function opaque(reading: Reading, why: string, inside: readonly ShellNode[]): ShellNode {
  reading.literal = false;
  return { kind: "opaque", why, nodes: inside };
}

function readList(reading: Reading, list: ParsedScript | CompoundList, known: Known): ShellNode {
  const read = list.commands.map((statement) => readStatement(reading, statement, known));
  const [only] = read;
  if (read.length === 1 && only !== undefined) return only;
  return { kind: "sequence", nodes: read, joins: read.slice(1).map(() => ";") };
}

function readStatement(reading: Reading, statement: Statement, known: Known): ShellNode {
  if (statement.background !== true) return readChain(reading, statement.command, known);
  reading.literal = false;
  return {
    kind: "subshell",
    node: readChain(reading, statement.command, new Map(known)),
    background: true,
  };
}

function readChain(reading: Reading, node: AndOr | PipelineNode, known: Known): ShellNode {
  if (node.type !== "AndOr") return readPipeline(reading, node, known);
  const read = node.commands.map((command, index) =>
    index === 0
      ? readPipeline(reading, command, known)
      : perhaps(known, (k) => readPipeline(reading, command, k)),
  );
  return { kind: "sequence", nodes: read, joins: node.operators };
}

function readPipeline(reading: Reading, node: PipelineNode, known: Known): ShellNode {
  if (node.type !== "Pipeline") return readOne(reading, node, known);
  if (node.prefixes.length > 0) reading.literal = false;
  if (node.commands.length === 0) return opaque(reading, "a pipe of nothing", []);
  const read = node.commands.map((command) =>
    readOne(reading, command, isAlone(node) ? known : new Map(known)),
  );
  const [only] = read;
  if (isAlone(node) && only !== undefined) return only;
  if (node.operators.includes("|&")) reading.literal = false;
  return { kind: "pipeline", nodes: read };
}

function readOne(reading: Reading, node: CommandNode, known: Known): ShellNode {
  if (++reading.nodes > nodesMax) throw new Error("too many commands");
  switch (node.type) {
    case "Command":
      return readSimple(reading, node, known);
    case "Subshell":
      reading.literal = false;
      return {
        kind: "subshell",
        node: readList(reading, node.body, new Map(known)),
        background: false,
      };
    case "BraceGroup":
      reading.literal = false;
      return readList(reading, node.body, known);
    case "If":
      reading.literal = false;
      return readIf(reading, node, known);
    case "While":
      reading.literal = false;
      return readWhile(reading, node, known);
    case "For":
      reading.literal = false;
      return readFor(reading, node, known);
    case "Case":
      reading.literal = false;
      return readCase(reading, node, known);
    case "TestCommand":
      reading.literal = false;
      return readTest(node.expression, scopeOf(reading, known));
    case "Redirected":
      reading.literal = false;
      return readRedirected(reading, node, known);
    case "Function":
      reading.literal = false;
      return {
        kind: "function",
        name: node.name.value,
        body:
          node.body.type === "CompoundList"
            ? opaque(reading, "a function without a body", [])
            : readOne(reading, node.body, new Map()),
      };
    case "ArithmeticCommand":
      return readArithmetic(reading, node);
    case "Coproc":
      return opaque(reading, "coproc", []);
    case "Select":
      return opaque(reading, "select", [readList(reading, node.body, new Map())]);
    case "ArithmeticFor":
      return opaque(reading, "a for loop that computes", [readList(reading, node.body, new Map())]);
  }
}

function readSimple(reading: Reading, node: Command, known: Known): ShellNode {
  const { command, doubts, isLiteral } = readCommand(node, scopeOf(reading, known), reading.text);
  if (!isLiteral) reading.literal = false;
  if (command.words.length === 0) {
    for (const { name, value, plain } of command.assignments) {
      if (plain && value.kind === "literal") known.set(name, value.text);
      else known.delete(name);
    }
    return doubts.length === 0 ? command : opaque(reading, doubts.join("; "), [command]);
  }
  const [program] = command.words;
  if (program?.kind !== "literal" || changing.has(program.text)) known.clear();
  if (program?.kind !== "literal" || moving.has(program.text)) reading.moved = true;
  return doubts.length === 0 ? command : opaque(reading, doubts.join("; "), [command]);
}

function readIf(reading: Reading, node: If, known: Known): ShellNode {
  const clause = readList(reading, node.clause, known);
  const branches = [node.then, ...(node.else === undefined ? [] : [node.else])].map((list) =>
    perhaps(known, (k) => readList(reading, list, k)),
  );
  const elifs = node.elif.map(({ clause: test, then }) =>
    perhaps(known, (k) => inOrder([readList(reading, test, k), readList(reading, then, k)])),
  );
  return inOrder([clause, { kind: "branches", nodes: [...branches, ...elifs] }]);
}

function readWhile(reading: Reading, node: While, known: Known): ShellNode {
  // In its second round everything may be as the first round left it.
  known.clear();
  const body = perhaps(known, (k) =>
    inOrder([readList(reading, node.clause, k), readList(reading, node.body, k)]),
  );
  known.clear();
  return { kind: "branches", nodes: [body] };
}

/** Over words that are known, every round is written out: what is in the variable is then known too. */
function readFor(reading: Reading, node: For, known: Known): ShellNode {
  const read = (node.wordlist ?? []).map((word) => readWord(word, scopeOf(reading, known)));
  const doubts = read.flatMap((word) => word.doubts);
  const nested = read.flatMap((word) => word.nested);
  const name = node.name.value;
  const values = read.flatMap(({ words }) => words).flatMap((word) => filesOf(reading, word));
  const isKnown = node.wordlist !== undefined && values.every(({ kind }) => kind === "literal");
  const rounds: ShellNode[] = [];
  if (!isOwnVariable(name)) doubts.push(`a loop over ${name}, which may change what programs do`);
  if (isKnown && values.length > 0 && values.length <= roundsMax) {
    for (const value of values) {
      if (value.kind === "literal") known.set(name, value.text);
      rounds.push(perhaps(known, (k) => readList(reading, node.body, k)));
    }
    known.delete(name);
  } else {
    known.clear();
    rounds.push(readList(reading, node.body, new Map()));
  }
  const all = inOrder([...nested, { kind: "branches", nodes: rounds }]);
  return doubts.length === 0 ? all : opaque(reading, doubts.join("; "), [all]);
}

/** The words a pattern becomes, while the folder is the one the text starts in. */
function filesOf(reading: Reading, word: ShellWord): readonly ShellWord[] {
  if (word.kind !== "glob" || reading.moved) return [word];
  const files = reading.filesOf?.(word.pattern) ?? [];
  // What matches nothing stands for itself, and the round runs all the same.
  return files.length === 0 ? [word] : files.map((text) => ({ kind: "literal", text }));
}

function readCase(reading: Reading, node: Case, known: Known): ShellNode {
  const words = [node.word, ...node.items.flatMap(({ pattern }) => pattern)].map((word) =>
    readSingleWord(word, scopeOf(reading, known)),
  );
  const doubts = words.flatMap((word) => word.doubts);
  const bodies = node.items.map(({ body }) => perhaps(known, (k) => readList(reading, body, k)));
  const all = inOrder([
    ...words.flatMap(({ nested }) => nested),
    { kind: "branches", nodes: bodies },
  ]);
  return doubts.length === 0 ? all : opaque(reading, doubts.join("; "), [all]);
}

function readRedirected(reading: Reading, node: Redirected, known: Known): ShellNode {
  const { redirections, nested, doubts } = readRedirections(
    node.redirects,
    scopeOf(reading, known),
  );
  const inner = readOne(reading, node.command, known);
  const all: ShellNode = { kind: "redirected", node: inner, redirections, nested };
  return doubts.length === 0 ? all : opaque(reading, doubts.join("; "), [all]);
}

function readArithmetic(reading: Reading, node: ArithmeticCommand): ShellNode {
  reading.literal = false;
  return node.expression !== undefined && isPlainNumber(node.expression)
    ? inOrder([])
    : opaque(reading, "arithmetic with more than numbers", []);
}

function isAlone({ commands }: Pipeline): boolean {
  return commands.length === 1;
}

function inOrder(nodes: readonly ShellNode[]): ShellNode {
  return { kind: "sequence", nodes, joins: nodes.slice(1).map(() => ";") };
}

/** Reads what may not run at all: afterwards only that is known which is the same either way. */
function perhaps(known: Known, read: (known: Known) => ShellNode): ShellNode {
  const inside: Known = new Map(known);
  const node = read(inside);
  for (const [name, value] of known) if (inside.get(name) !== value) known.delete(name);
  return node;
}
