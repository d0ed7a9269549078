import type { Command } from "commander";

import type { Dispatch } from "./command-name.ts";

const notes = `
By itself it removes runs whose results are taken (in a branch of yours as they are,
squashed or rebased), or that have none. What is not taken, failed, is only a report,
or can be gone on with stays until you name the run; what is at work always does.

Examples:
  skein clean --dry-run                  what would go, and what stays, with why
  skein clean e3qk                       that one, whatever came of it
  skein clean '*' --older-than 30d       all but what is at work, after a month`;

/** `skein clean`. */
export function addClean(program: Command, dispatch: Dispatch): void {
  program
    .command("clean")
    .description("remove runs that are over, with their branches and worktrees")
    .argument("[run...]", "only these, also when they would stay: ids, or with * for any text")
    .option("--repo <path>", "the repository (default: where you are)")
    .option("--older-than <days>", "only runs that ended so long ago, such as 30d")
    .option("--dry-run", "only say what would go")
    .option("--yes", "do not ask")
    .option("--json", "NDJSON, a run per line")
    .addHelpText("after", notes)
    .action((runs: readonly string[], raw: object) => dispatch("clean", { ...raw, runs }));
}
