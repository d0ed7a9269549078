import type {
  CommandNode,
  CompoundList,
  Function as FunctionNode,
  ParsedScript,
  Statement,
} from "unbash";

import type { SearchScene } from "./call.ts";
import { type Data, unknownData } from "./data.ts";

export type Walked = Statement["command"] | CompoundList | CommandNode;

/** How commands reach back to what walks the text: each says what is printed. */
export interface Interpreter {
  readonly walkNode: (
    node: Walked,
    shell: ShellState,
    search: Search,
    stdin: Data | undefined,
  ) => Data;
  /** A text that a shell would be given, in a shell that is already there. */
  readonly searchNested: (
    text: string,
    shell: ShellState,
    search: Search,
    stdin: Data | undefined,
  ) => Data;
}

/** What is shared by every shell of one search. */
export interface Search {
  readonly scene: SearchScene;
  readonly found: string[];
  /** What the script wrote to files, by absolute path. */
  readonly files: Map<string, Data>;
  /** What process substitutions print, by the path that stands for them. */
  readonly pipes: Map<string, Data>;
  /** Commands that read what is written to a path. */
  readonly sinks: Map<string, (data: Data) => void>;
  readonly interpreter: Interpreter;
  /** Commands and texts still looked at. */
  commandsLeft: number;
  /** Rounds of loops and calls of functions still looked at; their bodies are searched once in any case. */
  repeatsLeft: number;
}

/** Whether there is room for one more; what is too large or too deep is refused, or padding would hide anything. */
export function takeCommand(search: Search, shell: ShellState): boolean {
  search.commandsLeft -= 1;
  if (search.commandsLeft === 0) search.found.push("more commands than can be searched");
  if (shell.depth === depthMax + 1)
    search.found.push("commands nested deeper than can be searched");
  return search.commandsLeft > 0 && shell.depth <= depthMax;
}

/** The parser gives up at a depth of its own and leaves out the rest. */
export function noteDepth(script: ParsedScript, search: Search): void {
  if (script.errors?.some(({ message }) => message.includes("nesting depth exceeded")) === true) {
    search.found.push("commands nested deeper than can be searched");
  }
}

/** One shell: a subshell gets a copy. */
export interface ShellState {
  cwd: string | undefined;
  /** What its descriptors lead to, beyond the usual three. */
  opened: Data;
  readonly variables: Map<string, Data>;
  readonly functions: Map<string, FunctionNode["body"]>;
  readonly aliases: Map<string, string>;
  /** Functions that this shell is in. */
  readonly calls: string[];
  /** Nested texts and functions above this one. */
  readonly depth: number;
}

/** Deeper than this, nobody hides a command from a person either. */
const depthMax = 20;
const commandsMax = 4000;
const repeatsMax = 200;

export function newSearch(scene: SearchScene, interpreter: Interpreter): Search {
  return {
    scene,
    interpreter,
    found: [],
    files: new Map(),
    pipes: new Map(),
    sinks: new Map(),
    commandsLeft: commandsMax,
    repeatsLeft: repeatsMax,
  };
}

export function newShell(cwd: string | undefined): ShellState {
  return {
    cwd,
    opened: unknownData,
    variables: new Map(),
    functions: new Map(),
    aliases: new Map(),
    calls: [],
    depth: 0,
  };
}

export function subshell(shell: ShellState, deeper = 0): ShellState {
  return {
    cwd: shell.cwd,
    opened: shell.opened,
    variables: new Map(shell.variables),
    functions: new Map(shell.functions),
    aliases: new Map(shell.aliases),
    calls: [...shell.calls],
    depth: shell.depth + deeper,
  };
}
