import {
  forEachChild,
  parse,
  type ParsedScript,
  type SyntaxNode,
  type Word,
  type WordPart,
} from "unbash";

import { type Data, mixed, textData, unknownData } from "./data.ts";
import { expandBraces } from "./expand-braces.ts";
import { applyOperation } from "./guess-parameter.ts";

/** Stands for text that nobody knows; no path and no program holds it. */
export const unknownText = "\uE001";
/** Stands for a variable that nobody set: in the shell that runs the text it is empty. */
const unsetText = "\uE002";
const onlyUnset = new RegExp(`^(/+)${unsetText}$|^${unsetText}(/+[.*]*)$`);
/** Where an unquoted expansion falls apart into words. */
const splitMark = "\uE000";

/** What words are made of besides their letters. */
export interface Surroundings {
  readonly home: string;
  readonly cwd: string | undefined;
  readonly lookUp: (name: string) => Data | undefined;
  /** What a substitution prints. */
  readonly run: (script: ParsedScript) => Data;
  readonly set: (name: string, data: Data) => void;
  /** A path for what a process substitution reads. */
  readonly sinkPath: (script: ParsedScript) => string;
  /** A path for what a process substitution prints. */
  readonly pipePath: (data: Data) => string;
}

export interface GuessedWord {
  readonly fields: readonly string[];
  /** Why something secret is in it. */
  readonly secret: string | undefined;
}

/** The words that a written word may become. Every doubt is decided for the worse. */
export function guessWord(word: Word, around: Surroundings): GuessedWord {
  if (word.parts === undefined) {
    return { fields: [withTilde(word.value, word.text, around)], secret: undefined };
  }
  if (word.parts.some((part) => part.type === "BraceExpansion")) {
    const expanded = expandBraces(word.text);
    if (expanded.length > 1) {
      const guesses = expanded.flatMap(wordsOf).map((each) => guessWord(each, around));
      return {
        fields: guesses.flatMap(({ fields }) => fields),
        secret: guesses.find(({ secret }) => secret !== undefined)?.secret,
      };
    }
  }
  const whole = guessParts(word.parts, around, false);
  const text = withTilde(whole.text ?? unknownText, word.text, around)
    // `$DIR/*` without a DIR is everything there is; elsewhere the guess would be too wild.
    .replace(onlyUnset, "$1$2")
    .replaceAll(unsetText, unknownText);
  const split = text.split(splitMark).filter((field) => field !== "");
  const fields = split.length > 1 ? split.map((field) => withTilde(field, field, around)) : split;
  const isQuoted = /["']/.test(word.text);
  return { fields: fields.length === 0 && isQuoted ? [""] : fields, secret: whole.secret };
}

/** The same as one word: values of assignments, targets, here-strings and bodies. */
export function guessText(
  word: { readonly parts?: readonly WordPart[] | undefined; readonly text: string },
  plain: string,
  around: Surroundings,
): Data {
  if (word.parts === undefined) return textData(withTilde(plain, word.text, around));
  const data = guessParts(word.parts, around, true);
  const plainText = (data.text ?? unknownText)
    .replaceAll(splitMark, " ")
    .replaceAll(unsetText, unknownText);
  const text = withTilde(plainText, word.text, around);
  return { ...data, text };
}

function wordsOf(text: string): readonly Word[] {
  const command = parse(`x ${text}`).commands[0]?.command;
  return command?.type === "Command"
    ? command.suffix.filter((part): part is Word => part.type === "Word")
    : [];
}

/** Unknown parts become `unknownText`, so that what is known around them still counts. */
function guessParts(parts: readonly WordPart[], around: Surroundings, quoted: boolean): Data {
  return mixed(
    parts.map((part) => {
      const data = guessPart(part, around, quoted);
      return data.text === undefined ? { ...data, text: unknownText } : data;
    }),
  );
}

function guessPart(part: WordPart, around: Surroundings, quoted: boolean): Data {
  switch (part.type) {
    case "Literal":
    case "SingleQuoted":
    case "AnsiCQuoted":
    case "Glob":
      return textData(part.value);
    case "DoubleQuoted":
    case "LocaleString":
      return guessParts(part.parts, around, true);
    case "SimpleExpansion":
      return split(
        parameter(part.text.slice(1), around),
        around,
        quoted && !isList(part.text.slice(1)),
      );
    case "ParameterExpansion": {
      const name =
        part.prefix === "!"
          ? (parameter(part.parameter, around).text ?? part.parameter)
          : part.parameter;
      if (part.index !== undefined) guessText(part.index, part.index.value, around);
      if (part.prefix === "#") return textData("0");
      const value = parameter(name, around);
      const operand = (word: Word): string => guessText(word, word.value, around).text ?? "";
      const isWhole = isList(part.parameter) || isList(part.index?.value ?? "");
      const applied = applyOperation(value, part.operation, operand);
      if (part.operation?.operator === "=" || part.operation?.operator === ":=") {
        around.set(name, applied);
      }
      return split(applied, around, quoted && !isWhole);
    }
    case "CommandExpansion": {
      if (part.script === undefined) return unknownData;
      const data = around.run(part.script);
      return split({ ...data, text: data.text?.replace(/\n+$/, "") }, around, quoted);
    }
    case "ProcessSubstitution": {
      if (part.script === undefined) return unknownData;
      const data = around.run(part.script);
      const isRead = part.operator === "<";
      return isRead
        ? { ...data, text: around.pipePath(data) }
        : textData(around.sinkPath(part.script));
    }
    case "ArithmeticExpansion":
      if (part.expression !== undefined) runWithin(part.expression, around);
      return textData("0");
    case "ExtendedGlob":
      return textData("*");
    case "BraceExpansion":
      return textData(part.text);
  }
}

/** Lists fall apart into their words, in quotes too. */
function isList(name: string): boolean {
  return name === "@" || name === "*";
}

/** Subscripts in arithmetic run what is substituted into them. */
function runWithin(node: SyntaxNode, around: Surroundings): void {
  if (node.type === "Script") around.run(node);
  else forEachChild(node, (child) => runWithin(child, around));
}

/** The shell has these from outside. */
const given =
  /^(TMPDIR|CI|SKEIN\w*|LANG|LC_\w+|TZ|TERM|OLDPWD|RANDOM|SECONDS|UID|EUID|PPID|LINENO|HOSTNAME|BASH\w*|PIPESTATUS|[?#!$-])$/;

/** Nobody sets these before the text runs: in the shell that runs it they are empty. */
const positional = /^([0-9@*_]|[1-9][0-9]+)$/;

function parameter(name: string, around: Surroundings): Data {
  const set = around.lookUp(name);
  if (set !== undefined) return set;
  switch (name) {
    case "HOME":
      return textData(around.home);
    case "PWD":
      return around.cwd === undefined ? unknownData : textData(around.cwd);
    case "IFS":
      return textData(splitMark);
    case "USER":
    case "LOGNAME":
      return textData(around.home.slice(around.home.lastIndexOf("/") + 1));
    case "PATH":
      return textData("/usr/local/bin:/usr/bin:/bin");
    case "SHELL":
    case "BASH":
      return textData("/bin/bash");
    case "0":
      return textData("$0");
    default:
      if (positional.test(name)) return textData("");
      return given.test(name) ? unknownData : textData(unsetText);
  }
}

function split(data: Data, around: Surroundings, quoted: boolean): Data {
  if (quoted || data.text === undefined) return data;
  const separators = around.lookUp("IFS")?.text ?? "";
  const own = separators
    .split("")
    .reduce((text, each) => text.replaceAll(each, splitMark), data.text);
  return { ...data, text: own.replaceAll(/[ \t\n]+/g, splitMark) };
}

/** Also after `name=`, as bash does it for words that look like assignments. */
function withTilde(value: string, written: string, around: Surroundings): string {
  const match = /^(\w+=)?~([^/'"$\\]*)/.exec(written);
  if (match === null) return value;
  const [, front = "", user = ""] = match;
  const folder = folderOf(user, around);
  return folder === undefined
    ? value
    : front + folder + value.slice(front.length + 1 + user.length);
}

function folderOf(user: string, around: Surroundings): string | undefined {
  if (user === "") return around.lookUp("HOME")?.text ?? around.home;
  if (user === "+") return around.cwd;
  if (user === "root") return "/root";
  return /^[a-z_][\w-]*$/.test(user) ? `/home/${user}` : undefined;
}
