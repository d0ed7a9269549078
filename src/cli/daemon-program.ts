import type { Command } from "commander";

import type { CommandName, Dispatch } from "./command-name.ts";

/** `skein daemon …`. */
export function addDaemon(program: Command, dispatch: Dispatch): void {
  const daemon = program
    .command("daemon")
    .description("does what is due in a repository while nobody is there")
    .usage("<command> [options]");
  const add = (name: string, command: CommandName, description: string): Command =>
    daemon
      .command(name)
      .description(description)
      .option("--repo <path>", "the repository (default: where you are)")
      .action((raw: object) => dispatch(command, raw));
  add("start", "daemon-start", "start it in the background");
  add("run", "daemon-run", "be it, until Ctrl-C or skein daemon stop");
  add("stop", "daemon-stop", "end it; what it has at work gives way");
  add("status", "daemon-status", "what it does, did, and proposes").option("--json", "as JSON");
  add("schedules", "daemon-schedules", "their next times, and every mistake in their files").option(
    "--json",
    "an object a line, times in UTC",
  );
  add("pause", "daemon-pause", "let it begin nothing until resume");
  add("resume", "daemon-resume", "let it go on, also after three failures in a row");
  const runNow = daemon
    .command("run-now")
    .description("have it do a job now, whether you are there or not")
    .argument("<job>", "its name, as skein daemon status shows it")
    .option(
      "--wait",
      "until it has ended; the exit code says how: 0 done, 1 failed, 130 gave way, 6 the daemon ended",
    )
    .option("--repo <path>", "the repository (default: where you are)");
  runNow.action((job: string, raw: object) => dispatch("daemon-run-now", { ...raw, job }));
  daemon
    .command("dismiss")
    .description("hear no more of what it proposes; what was answered goes by itself")
    .argument("[id...]", "ids, as skein daemon status shows them")
    .option("--all", "all that it proposes by now")
    .option("--repo <path>", "the repository (default: where you are)")
    .action((ids: readonly string[], raw: object) => dispatch("daemon-dismiss", { ...raw, ids }));
  add("logs", "daemon-logs", "the end of its log")
    .option("--lines <n>", "how many (default: 50)")
    .option("-f, --follow", "go on as long as it is at work");
  add("install", "daemon-install", "a systemd unit that starts it with your session").option(
    "--print",
    "print the unit: you decide where it goes",
  );
}
