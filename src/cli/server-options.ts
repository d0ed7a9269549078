import type { Command } from "commander";

/** Whom agents talk to; what is read back of it is `serverShape`. */
export function serverOptions(command: Command): Command {
  return command
    .option("--base-url <url>", "any server that speaks the Messages API")
    .option("--offline", "use the offline model, whatever keys are set")
    .option("--script <file>", "turns for the offline model to answer with");
}
