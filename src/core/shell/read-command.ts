import type { Assignment, Command, CommandArgument, HereDoc, Redirection } from "unbash";

import type {
  ShellAssignment,
  ShellNode,
  ShellRedirection,
  ShellWord,
  SimpleCommand,
} from "./script.ts";
import { readQuotedParts, readSingleWord, readWord, type WordScope } from "./words/read-word.ts";

interface Notes {
  readonly nested: ShellNode[];
  readonly doubts: string[];
}

/** A simple command of the parser's tree, with what nobody vouches for in it. */
export function readCommand(
  node: Command,
  scope: WordScope,
  text: string,
): {
  readonly command: SimpleCommand;
  readonly doubts: readonly string[];
  /** It can be written anew: literal words, and redirections of descriptors and to files by name. */
  readonly isLiteral: boolean;
} {
  const notes: Notes = { nested: [], doubts: [] };
  const assignments = node.prefix.flatMap((part) =>
    part.type === "Assignment" ? [readAssignment(part, scope, notes)] : [],
  );
  const written = [...(node.name === undefined ? [] : [node.name]), ...node.args];
  // What runs must stand there: a variable in its place is for people to judge.
  const unknown = { ...scope, known: new Map<string, string>() };
  const words = written.flatMap((word, index) =>
    readArgument(word, index === 0 && node.name !== undefined ? unknown : scope, notes),
  );
  if (hasGaps(node, text)) notes.doubts.push("a sign that the parser passed over");
  const redirected = readRedirections(node.redirects, scope);
  notes.nested.push(...redirected.nested);
  notes.doubts.push(...redirected.doubts);
  const { redirections } = redirected;
  const isLiteral =
    assignments.length === 0 &&
    words.length > 0 &&
    notes.doubts.length === 0 &&
    words.every(({ kind }) => kind === "literal") &&
    redirections.every(
      ({ operator, target }) =>
        target.kind === "literal" && operator !== "<<" && operator !== "<<<",
    );
  return {
    command: {
      kind: "command",
      words,
      assignments,
      redirections,
      nested: notes.nested,
      text: text.slice(node.pos, node.end).slice(0, 200),
    },
    doubts: notes.doubts,
    isLiteral,
  };
}

/** Whether anything but blanks stands between the parts of a command. */
function hasGaps(node: Command, text: string): boolean {
  const parts = [...node.prefix, ...(node.name === undefined ? [] : [node.name]), ...node.suffix];
  const inOrder = parts.toSorted((a, b) => a.pos - b.pos);
  return inOrder.some(({ pos }, index) => {
    const before = inOrder[index - 1];
    return before !== undefined && !/^(?:[ \t]|\\\n)*$/.test(text.slice(before.end, pos));
  });
}

export function readRedirections(
  redirects: readonly Redirection[],
  scope: WordScope,
): {
  readonly redirections: readonly ShellRedirection[];
  readonly nested: readonly ShellNode[];
  readonly doubts: readonly string[];
} {
  const notes: Notes = { nested: [], doubts: [] };
  const redirections = redirects.map((redirect): ShellRedirection => {
    const { descriptor } = redirect;
    if (descriptor?.type === "FileDescriptorVariable") {
      notes.doubts.push("a descriptor that is kept in a variable");
    }
    const fd = descriptor?.type === "FileDescriptor" ? descriptor.value : undefined;
    if (redirect.type === "HereDoc") {
      return { operator: "<<", fd, target: bodyOf(redirect, scope, notes) };
    }
    const target = redirect.target;
    if (target === undefined) {
      notes.doubts.push("a redirection to nothing");
      return { operator: redirect.operator, fd, target: { kind: "literal", text: "" } };
    }
    const read =
      redirect.type === "HereString" ? readSingleWord(target, scope) : readWord(target, scope);
    return { operator: redirect.operator, fd, target: noted(read, notes, "a redirection") };
  });
  return { redirections, ...notes };
}

function bodyOf({ body, delimiter, closing }: HereDoc, scope: WordScope, notes: Notes): ShellWord {
  if (closing === undefined) notes.doubts.push("a here-document without an end");
  const parts = delimiter?.quoted === true ? undefined : body.parts;
  return noted(readQuotedParts(parts, body.text, scope), notes, "a here-document");
}

/** The one word that is expected; more or none is in doubt. */
function noted(read: ReturnType<typeof readWord>, notes: Notes, what: string): ShellWord {
  notes.nested.push(...read.nested);
  notes.doubts.push(...read.doubts);
  const [word, ...more] = read.words;
  if (word !== undefined && more.length === 0) return word;
  notes.doubts.push(`${what} of several words`);
  return { kind: "dynamic", shape: "many", prefix: "", why: what };
}

function readArgument(
  argument: CommandArgument,
  scope: WordScope,
  notes: Notes,
): readonly ShellWord[] {
  if (argument.type === "Word") {
    const read = readWord(argument, scope);
    notes.nested.push(...read.nested);
    notes.doubts.push(...read.doubts);
    return read.words;
  }
  const { name, value, plain } = readAssignment(argument, scope, notes);
  if (plain && value.kind === "literal")
    return [{ kind: "literal", text: `${name}=${value.text}` }];
  return [{ kind: "dynamic", shape: "one", prefix: `${name}=`, why: `the value of ${name}` }];
}

function readAssignment(
  { name, value, append, index }: Assignment,
  scope: WordScope,
  notes: Notes,
): ShellAssignment {
  if (value.type === "ArrayValue" || index !== undefined) {
    notes.doubts.push(`an array, ${name}`);
    return {
      name,
      plain: false,
      value: { kind: "dynamic", shape: "many", prefix: "", why: "an array" },
    };
  }
  // After a colon, too, bash looks for tildes here.
  const isTilde = /(^|:)~/.test(value.text.slice(1));
  if (isTilde) notes.doubts.push(`a tilde inside the value of ${name}`);
  const word = noted(readSingleWord(value, scope), notes, `the value of ${name}`);
  return { name, value: word, plain: append !== true };
}
