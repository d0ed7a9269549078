import type { Assignment, Command, Redirection, Word } from "unbash";

import { type GuessedRedirection, spellingsOf } from "./call.ts";
import { type Data, mixed, textData, unknownData } from "./data.ts";
import { guessText, guessWord, type Surroundings, unknownText } from "./guess-word.ts";
import { networkDevice } from "./rules/reverse-shell.ts";
import { runCall } from "./run-call.ts";
import { fileData } from "./script-files.ts";
import { noteDepth, type Search, type ShellState, subshell, takeCommand } from "./shell-state.ts";

/** One simple command: guessed, searched, and what it prints. */
export function runCommand(
  command: Command,
  shell: ShellState,
  search: Search,
  stdin: Data | undefined,
): Data {
  if (!takeCommand(search, shell)) return unknownData;
  const around = surroundings(shell, search);
  const assigned = command.prefix.filter((part) => part.type === "Assignment");
  const secrets: (string | undefined)[] = [];
  const redirections = command.redirects;
  const { input, guessed, finish } = guessRedirections(redirections, shell, search);
  const words: string[] = [];
  for (const part of command.name === undefined ? [] : [command.name, ...command.args]) {
    if (part.type === "Assignment") {
      secrets.push(assign(part, shell, search));
      words.push(`${part.name}=${shell.variables.get(part.name)?.text ?? ""}`);
      continue;
    }
    const word = guessWord(part, around);
    words.push(...word.fields);
    secrets.push(word.secret);
  }
  const [program = "", ...args] = words;
  // As bash has it: the words are expanded before what stands in front of the command counts, and that only while it runs.
  const before = assigned.map(({ name }) => [name, shell.variables.get(name)] as const);
  secrets.push(...assigned.map((part) => assign(part, shell, search)));
  const data = runCall(
    {
      program,
      args,
      secretWords:
        command.name === undefined ? undefined : secrets.find((secret) => secret !== undefined),
      redirections: guessed,
      stdin: input ?? stdin,
      scene: search.scene,
      cwd: shell.cwd,
      files: search.files,
    },
    shell,
    search,
  );
  finish(data);
  if (command.name !== undefined && !declares.has(program)) restore(before, shell);
  return data;
}

/** Builtins that can make what stands in front of them last. */
const declares = new Set(["export", "declare", "typeset", "readonly", "local"]);

function restore(
  before: readonly (readonly [string, Data | undefined])[],
  { variables }: ShellState,
): void {
  for (const [name, data] of before) {
    if (data === undefined) variables.delete(name);
    else variables.set(name, data);
  }
}

/** Redirections of a whole group write as those of one command do. */
export function runRedirections(
  redirections: readonly GuessedRedirection[],
  shell: ShellState,
  search: Search,
): void {
  const { scene, files } = search;
  const group = { program: "", args: [], secretWords: undefined, stdin: undefined };
  runCall({ ...group, redirections, scene, cwd: shell.cwd, files }, shell, search);
}

export function surroundings(shell: ShellState, search: Search): Surroundings {
  return {
    home: search.scene.home,
    cwd: shell.cwd,
    lookUp: (name) => shell.variables.get(name),
    run: (script) => {
      noteDepth(script, search);
      const inner = subshell(shell, 1);
      return mixed(
        script.commands.map(({ command }) =>
          search.interpreter.walkNode(command, inner, search, undefined),
        ),
      );
    },
    set: (name, data) => {
      shell.variables.set(name, data);
    },
    sinkPath: (script) => {
      const path = `/dev/fd/sink${search.sinks.size}`;
      search.sinks.set(path, (data) => {
        const inner = subshell(shell, 1);
        for (const { command } of script.commands) {
          search.interpreter.walkNode(command, inner, search, data);
        }
      });
      return path;
    },
    pipePath: (data) => {
      const path = `/dev/fd/pipe${search.pipes.size}`;
      search.pipes.set(path, data);
      search.files.set(path, data);
      return path;
    },
  };
}

/** Variables whose value is a command to whoever reads them. */
const runsItsValue = /(COMMAND|PAGER|EDITOR|VISUAL|BROWSER|ASKPASS|_DIFF|^PS[0-4]|SSH)$/;

/** Why the value is secret. */
function assign(part: Assignment, shell: ShellState, search: Search): string | undefined {
  const around = surroundings(shell, search);
  if (part.index !== undefined) guessText(part.index, part.index.value, around);
  if (part.value.type === "ArrayValue") {
    const words = part.value.elements.flatMap((word: Word) => guessWord(word, around).fields);
    shell.variables.set(part.name, textData(words.join(" ")));
    return undefined;
  }
  const data = guessText(part.value, part.value.value, around);
  if (runsItsValue.test(part.name) && data.text !== undefined)
    search.interpreter.searchNested(data.text, subshell(shell, 1), search, undefined);
  const before = part.append === true ? (shell.variables.get(part.name)?.text ?? "") : "";
  const text = before + (data.text ?? unknownText);
  shell.variables.set(part.name, { ...data, text: textData(text).text });
  return data.secret;
}

export interface GuessedRedirections {
  /** What standard input is, when something is redirected there. */
  readonly input: Data | undefined;
  readonly guessed: readonly GuessedRedirection[];
  /** To be told what came out, so that files are known later. */
  readonly finish: (output: Data) => void;
}

export function guessRedirections(
  redirections: readonly Redirection[],
  shell: ShellState,
  search: Search,
): GuessedRedirections {
  const around = surroundings(shell, search);
  const guessed: GuessedRedirection[] = [];
  let input: Data | undefined;
  for (const part of redirections) {
    if (part.type === "HereDoc") {
      const { body, delimiter } = part;
      input = delimiter?.quoted === true ? textData(body.text) : guessText(body, body.text, around);
      continue;
    }
    if (part.target === undefined) continue;
    const data = guessText(part.target, part.target.value, around);
    const target = data.text ?? unknownText;
    if (part.type === "Redirect") guessed.push({ operator: part.operator, target });
    if (part.type === "HereString") input = data;
    else if (part.operator === "<") input = fileData(target, shell, search);
    else if (part.operator === "<&") input = shell.opened;
  }
  const outward = guessed.filter(
    ({ operator, target }) => operator.includes(">") && !/^\d+-?$/.test(target),
  );
  const finish = (output: Data): void => {
    for (const { target } of outward) write(target, output, shell, search);
  };
  return { input, guessed, finish };
}

function write(target: string, output: Data, shell: ShellState, search: Search): void {
  if (networkDevice.test(target) && output.secret !== undefined) {
    search.found.push(`${output.secret} goes to ${target}`);
  }
  search.sinks.get(target)?.(output);
  for (const path of spellingsOf({ scene: search.scene, cwd: shell.cwd }, target)) {
    search.files.set(path, output);
  }
}
