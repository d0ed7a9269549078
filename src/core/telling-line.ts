import { printableLine } from "./printable.ts";

/** Longest that is given, in characters. */
const lengthMax = 200;
/** In order: what a program says of its own failure, then what a shell or git says. */
const signs: readonly RegExp[] = [
  /^(?:Uncaught )?(?:[A-Z]\w*)?Error(?: \[\w+\])?: \S/,
  /^\s*(?:npm (?:error|ERR!)|ERR_\w+|ERROR:?|error(?:\[\w+\])?:|E:|fatal:|✖|✗)\s*\S/,
  /(?:not found|no such file or directory|permission denied|cannot find)/i,
];
/** What only says that something failed, not what. */
const empty = /npm (?:error|ERR!) (?:code|errno|path|A complete log|Log files)/i;

/** The line of a failed command's output that most likely says why; undefined: none does. */
export function tellingLine(output: string): string | undefined {
  const lines = output
    .split("\n")
    .map(printableLine)
    .filter((line) => line !== "" && !empty.test(line));
  const found = signs
    .map((sign) => lines.find((line) => sign.test(line)))
    .find((line) => line !== undefined);
  return found === undefined || found.length <= lengthMax
    ? found
    : `${found.slice(0, lengthMax - 1)}…`;
}
