import type { Command } from "commander";

import type { Dispatch } from "./command-name.ts";

/** `skein cache …`. */
export function addCache(program: Command, dispatch: Dispatch): void {
  const cache = program
    .command("cache")
    .description("the copies of repositories that batch runs keep: ls, gc");
  cache
    .command("ls")
    .description("list them, with size and last use")
    .option("--cache <dir>", "their folder (default: ~/.cache/skein/git)")
    .option("--json", "NDJSON, one per line")
    .action((raw: object) => dispatch("cache ls", raw));
  cache
    .command("gc")
    .description("remove what nobody used for long")
    .option("--cache <dir>", "their folder (default: ~/.cache/skein/git)")
    .option("--older-than <days>", "those unused for so long (default: 30d)")
    .option("--max-size <size>", "and of the rest the oldest, until so much is left (default: 20G)")
    .option("--dry-run", "only say what would go")
    .option("--json", "NDJSON, one per line")
    .action((raw: object) => dispatch("cache gc", raw));
}
