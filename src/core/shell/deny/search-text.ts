import {
  forEachChild,
  parse,
  type CommandNode,
  type CompoundList,
  type Redirection,
  type Statement,
  type SyntaxNode,
} from "unbash";

import type { ShellScene } from "../shell-scene.ts";
import { type Data, mixed, unknownData } from "./data.ts";
import { forksForever } from "./forks-forever.ts";
import { guessWord } from "./guess-word.ts";
import { guessRedirections, runCommand, runRedirections, surroundings } from "./run-command.ts";
import {
  newSearch,
  noteDepth,
  takeCommand,
  newShell,
  type Search,
  type ShellState,
  subshell,
  type Walked,
} from "./shell-state.ts";

/** Every reason found in a text and in all that hangs on it. */
export function searchText(
  text: string,
  at: { readonly scene: ShellScene; readonly cwd: string | undefined },
): readonly string[] {
  const planted = new Map<string, string>();
  const look: ShellScene["look"] = (path) => {
    const target = planted.get(path);
    return target === undefined ? at.scene.look(path) : { kind: "link", target };
  };
  const scene = { ...at.scene, look, planted, spelled: new Map() };
  const search = newSearch(scene, { walkNode, searchNested });
  searchNested(text, newShell(at.cwd), search, undefined);
  return search.found;
}

/** A text that a shell would be given, in a shell that is already there. */
function searchNested(
  text: string,
  shell: ShellState,
  search: Search,
  stdin: Data | undefined,
): Data {
  if (!takeCommand(search, shell)) return unknownData;
  // Blanks that are none to bash but are to whoever wrote them.
  const script = parse(text.replaceAll(/\r\n?/g, "\n"));
  noteDepth(script, search);
  return walkStatements(script.commands, shell, search, stdin);
}

function walkStatements(
  statements: readonly Statement[],
  shell: ShellState,
  search: Search,
  stdin: Data | undefined,
): Data {
  return mixed(
    statements.map((statement) =>
      walkNode(
        statement.command,
        statement.background === true ? subshell(shell) : shell,
        search,
        stdin,
      ),
    ),
  );
}

/** What it prints. Both sides of every choice are walked, loops once for each word. */
function walkNode(node: Walked, shell: ShellState, search: Search, stdin: Data | undefined): Data {
  const list = (body: CompoundList): Data => walkStatements(body.commands, shell, search, stdin);
  switch (node.type) {
    case "Command":
      return runCommand(node, shell, search, stdin);
    case "Pipeline":
      return walkPipeline(node.commands, shell, search, stdin);
    case "AndOr":
      return mixed(node.commands.map((each) => walkNode(each, shell, search, stdin)));
    case "CompoundList":
      return list(node);
    case "BraceGroup":
      return list(node.body);
    case "Subshell":
      return walkStatements(node.body.commands, subshell(shell), search, stdin);
    case "Redirected":
      return walkRedirected(node, shell, search, stdin);
    case "If": {
      const branches = node.elif.flatMap(({ clause, then }) => [clause, then]);
      return mixed(
        [node.clause, node.then, ...branches, ...(node.else ? [node.else] : [])].map(list),
      );
    }
    case "While":
      search.found.push(...forksForever(node));
      return mixed(
        roundsOf(stdin).flatMap((line) => [
          walkStatements(node.clause.commands, shell, search, line),
          walkStatements(node.body.commands, shell, search, line),
        ]),
      );
    case "ArithmeticFor":
      search.found.push(...forksForever(node));
      return list(node.body);
    case "For":
    case "Select":
      return walkFor(node, shell, search, stdin);
    case "Case":
      return mixed(node.items.map(({ body }) => list(body)));
    case "Function":
      shell.functions.set(node.name.value, node.body);
      search.found.push(...forksForever(node));
      walkNode(node.body, withUnknownArguments(shell), search, stdin);
      return unknownData;
    case "Coproc":
      return walkNode(node.body, subshell(shell), search, stdin);
    case "TestCommand":
    case "ArithmeticCommand":
      walkSubstitutions(node, shell, search);
      return unknownData;
  }
}

function walkPipeline(
  commands: readonly CommandNode[],
  shell: ShellState,
  search: Search,
  stdin: Data | undefined,
): Data {
  if (commands.length === 1 && commands[0] !== undefined)
    return walkNode(commands[0], shell, search, stdin);
  let data = stdin;
  for (const command of commands) data = walkNode(command, subshell(shell), search, data);
  return data ?? unknownData;
}

/** A function's body, seen before anybody calls it. */
function withUnknownArguments(shell: ShellState): ShellState {
  const inner = subshell(shell, 1);
  for (const name of "@*123456789") inner.variables.set(name, unknownData);
  return inner;
}

const roundsMax = 16;

/** A loop that reads gets one line each time. */
function roundsOf(stdin: Data | undefined): readonly (Data | undefined)[] {
  const lines = stdin?.text?.split(/\n(?!$)/) ?? [];
  return lines.length > 1 && stdin !== undefined
    ? lines.slice(0, roundsMax).map((text) => ({ ...stdin, text }))
    : [stdin];
}

const wordsMax = 32;

function walkFor(
  node: Extract<CommandNode, { type: "For" | "Select" }>,
  shell: ShellState,
  search: Search,
  stdin: Data | undefined,
): Data {
  const around = surroundings(shell, search);
  const guessed = (node.wordlist ?? []).map((word) => guessWord(word, around));
  const words = guessed.flatMap(({ fields }) => fields);
  const secret = guessed.find((word) => word.secret !== undefined)?.secret;
  if (words.length === 0) return walkStatements(node.body.commands, shell, search, stdin);
  return mixed(
    words.slice(0, wordsMax).map((text, index) => {
      if (index > 0 && search.repeatsLeft <= 0) return unknownData;
      search.repeatsLeft -= 1;
      shell.variables.set(node.name.value, { ...unknownData, text, secret });
      return walkStatements(node.body.commands, shell, search, stdin);
    }),
  );
}

function walkRedirected(
  node: { readonly command: CommandNode; readonly redirects: readonly Redirection[] },
  shell: ShellState,
  search: Search,
  stdin: Data | undefined,
): Data {
  const { input, guessed, finish } = guessRedirections(node.redirects, shell, search);
  runRedirections(guessed, shell, search);
  const data = walkNode(node.command, shell, search, input ?? stdin);
  finish(data);
  return data;
}

/** Conditions run what is substituted into them. */
function walkSubstitutions(node: SyntaxNode, shell: ShellState, search: Search): void {
  forEachChild(node, (child) => {
    if (child.type === "Script")
      walkStatements(child.commands, subshell(shell, 1), search, undefined);
    else walkSubstitutions(child, shell, search);
  });
}
