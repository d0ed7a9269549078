import { readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * One labelled command. "allow" means that it only looks: it reads inside the root, runs no code of the project, uses
 * no network, writes nothing and touches no secret, whatever the files are called. "ask" is ordinary work beyond that:
 * to be asked about, never denied. "not-allow" and "deny" are hostile; "deny" even where a rule allows everything.
 */
export interface CorpusLine {
  readonly id: string;
  /** A number of the table of techniques in the design, or what an agent would use the command for. */
  readonly class: string;
  /** With `%ROOT%`, `%HOME%` and `%OUT%` for the folders of the project it is judged in. */
  readonly command: string;
  /** Where it starts, relative to the root. */
  readonly cwd?: string;
  readonly expect: "allow" | "ask" | "not-allow" | "deny";
  readonly note?: string;
}

/** Reads `<name>.jsonl` of this folder; `%REPEAT:text:n%` stands for n times the text. */
export function readCorpus(name: string): readonly CorpusLine[] {
  const lines = readFileSync(join(import.meta.dirname, `${name}.jsonl`), "utf8").split("\n");
  return lines
    .filter((line) => line !== "")
    .map((line) => {
      const read: CorpusLine = JSON.parse(line);
      return { ...read, command: withRepeats(read.command) };
    });
}

function withRepeats(command: string): string {
  return command.replaceAll(/%REPEAT:([^:%]*):(\d+)%/g, (_all, text: string, times: string) =>
    text.repeat(Number(times)),
  );
}
