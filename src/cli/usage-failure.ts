import type { Command } from "commander";

import { shellWord } from "../core/shell-word.ts";
import { type Failure, failure } from "../model/failure.ts";

/** Arguments that are words of a person's; of several, a shell makes several arguments. */
const inWords: ReadonlySet<string> = new Set(["what", "goal", "text"]);

/** What the parser of arguments says, as all other errors are said. */
export function usageFailure(said: string, command: Command): Failure {
  const [message = "", ...more] = said
    .trim()
    .replace(/^error: /, "")
    .split("\n");
  const meant = /^\(Did you mean (.*)\?\)$/.exec(more.join(" "))?.[1];
  const hint = meant === undefined ? hintFor(message, command) : `did you mean ${meant}?`;
  return failure("usage", message.replace(/\.$/, ""), { hint });
}

function hintFor(message: string, command: Command): string {
  const called = nameOf(command);
  const [argument] = command.registeredArguments;
  return message.startsWith("too many arguments") && inWords.has(argument?.name() ?? "")
    ? `a text of several words is quoted: ${called} ${shellWord(command.args.join(" "))}`
    : `see ${called} --help`;
}

function nameOf(command: Command): string {
  return command.parent === null ? command.name() : `${nameOf(command.parent)} ${command.name()}`;
}
