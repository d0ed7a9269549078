import { Command, Option } from "commander";

import { addCache } from "./cache-program.ts";
import { addClean } from "./clean-program.ts";
import type { CommandName, Dispatch } from "./command-name.ts";
import { addDaemon } from "./daemon-program.ts";
import { addHelp } from "./help-program.ts";
import { examples, exitCodes, generalExamples, resumeNotes } from "./help-text.ts";
import type { Io } from "./io.ts";
import { laterCommands, laterOptions } from "./later.ts";
import { addMemory } from "./memory-program.ts";
import { printFailure } from "./print-failure.ts";
import { serverOptions } from "./server-options.ts";
import { usageFailure } from "./usage-failure.ts";

/** The whole command line as people see it in `--help`. Nothing here loads the code of a command. */
export function createProgram(io: Io, dispatch: Dispatch): Command {
  const program = new Command("skein")
    .description(
      "Breaks a large coding job into a graph of small ones, runs each in an isolated agent, and winds the results back into one verified change.",
    )
    .configureHelp({ helpWidth: Math.min(io.columns, 100), subcommandTerm: termOf })
    .option("-V, --version", "print the version")
    .exitOverride()
    .showSuggestionAfterError()
    .helpCommand(false)
    .usage("<command> [options]")
    .addHelpText("after", examples(generalExamples));
  addMain(program, dispatch);
  addSteering(program, dispatch);
  addPlanFiles(program, dispatch);
  addReading(program, dispatch);
  addMemory(group(program, "Memory, and while you are away:"), dispatch);
  addDaemon(program, dispatch);
  addCache(group(program, "Machine:"), dispatch);
  addTrying(program, dispatch);
  addHelp(program);
  for (const command of program.commands.flatMap((one) => [one, ...one.commands])) {
    command.copyInheritedSettings(program).option("--debug", "with the stack of a bug");
  }
  for (const command of [program, ...program.commands.flatMap((one) => [one, ...one.commands])]) {
    command.configureOutput({
      writeOut: io.stdout,
      writeErr: io.stderr,
      outputError: (said) => printFailure(usageFailure(said, command), io),
    });
  }
  for (const [name, what] of laterCommands) program.addCommand(laterCommand(name, what), hidden);
  return program;
}

const hidden = { hidden: true };

function addMain(program: Command, dispatch: Dispatch): void {
  const run = group(program, "Work:")
    .command("run")
    .description("run a plan file, or a task in words: plan, work, merge, verify")
    .argument("<what>", 'a plan file, or a task such as "Rename foo to bar"')
    .option("--repo <path>", "the repository (default: where you are)")
    .option("--base <ref>", "where to start from (default: the plan's base, or HEAD)")
    .option("--set <name=value>", "a variable of the plan; can be given again", collect)
    .option("--repos <file>", "a batch run: the repositories, in place of the plan's own list")
    .option(
      "--only <glob>",
      "only units called so (task or task[key], * for any text) with what they need and what stands on them; in a batch run, only repositories called so; can be given again",
      collect,
    )
    .option("--only-failed", "only repositories that the plan's latest run failed in");
  runOptions(modelOptions(capOptions(run, { agents: "8" })))
    .addHelpText("after", exitCodes)
    .action((what: string, raw: object) => dispatch("run", { ...raw, what }));
  for (const [flags, what] of laterOptions) {
    run.addOption(new Option(flags).hideHelp().argParser(() => failLater(run, flags, what)));
  }
  const again = (name: "resume" | "retry", description: string): Command => {
    const command = program
      .command(name)
      .description(description)
      .argument("[run]", "a run's id, or enough of its beginning or end (default: the latest)")
      .option("--repo <path>", "the repository (default: where you are)")
      .option("--plan <file>", "a changed plan: what has not succeeded is done by it")
      .action((run: string | undefined, raw: object) => dispatch(name, { ...raw, run }));
    return runOptions(modelServerOptions(capOptions(command, { agents: "as before" }))).addHelpText(
      "after",
      resumeNotes,
    );
  };
  again(
    "resume",
    "go on with a run that was cut off or stopped; what has ended is not done again",
  ).option(
    "--accept-changes",
    "go on with a plan that differs; without it the difference is shown",
  );
  again(
    "retry",
    "do again what failed in a run that has ended, and what could not be done because of it",
  ).option("--only <id>", "one unit, or all of a task; can be given again", collect);
  const plan = program
    .command("plan")
    .description("only the coordinator: make a plan for a task in words, run nothing")
    .argument("<goal>", "the task in words")
    .option("-o, --output <file>", "where to write the plan (default: standard output)")
    .option("--repo <path>", "the repository (default: where you are)")
    .option("--base <ref>", "the commit to look at (default: HEAD)")
    .option("--budget-usd <x>", "most dollars the planning may cost");
  modelOptions(plan).action((goal: string, raw: object) => dispatch("plan", { ...raw, goal }));
}

function addSteering(program: Command, dispatch: Dispatch): void {
  group(program, "Steer a run:");
  ofRun(
    program,
    "cancel",
    "end a run that is at work: what is finished is kept, skein resume goes on",
  ).action((run: string | undefined, raw: object) => dispatch("cancel", { ...raw, run }));
  ofRun(program, "compact", "have agents at work sum up their contexts now")
    .option("--unit <id>", "those of one unit, or of all units of a task")
    .option("--json", "NDJSON, an agent per line")
    .action((run: string | undefined, raw: object) => dispatch("compact", { ...raw, run }));
  ofRun(program, "close", "close what a run opened and nobody merged; branches stay")
    .option("--dry-run", "only say what would be closed")
    .option("--json", "NDJSON, a pull request per line")
    .action((run: string | undefined, raw: object) => dispatch("close", { ...raw, run }));
  program
    .command("approve")
    .description("let a run through a gate that it waits at; skein resume goes on")
    .argument("<run>", "a run's id, or enough of its beginning or end, or latest")
    .argument("<gate>", "the task that waits")
    .option("--reject", "never start it: it ends blocked, with what stands on it")
    .option("--repo <path>", "the repository (default: where you are)")
    .action((run: string, gate: string, raw: object) => dispatch("approve", { ...raw, run, gate }));
}

function ofRun(program: Command, name: CommandName, description: string): Command {
  return program
    .command(name)
    .description(description)
    .argument("[run]", "a run's id, or enough of its beginning or end (default: the latest)")
    .option("--repo <path>", "the repository (default: where you are)");
}

function capOptions(command: Command, { agents }: { readonly agents: string }): Command {
  return command
    .option("--max-agents <n>", `agents at a time (default: ${agents})`)
    .option("--agents-per-thread <n>", "agents that share a thread (default: 1, isolates best)")
    .option("--budget-usd <x>", "most dollars the run may cost")
    .option("--budget-tokens <n>", "most tokens of all kinds the run may use")
    .option("--budget-wall <time>", "longest the run may take, such as 90m");
}

function runOptions(command: Command): Command {
  return ruleOptions(command)
    .option("--permission-mode <mode>", "read-only, ask, accept-edits (default) or trusted")
    .option("--no-cache", "take nothing from the cache of tasks that have one")
    .option("--unsandboxed", "run commands without a sandbox")
    .option("--publish", "push branches and open pull requests as the plan says")
    .option("--dry-run", "do everything but that, and show what would leave the machine")
    .option("--yes", "say yes beforehand, to a coordinator's plan and at every gate")
    .option("--json", "events as NDJSON on standard output, the last is run-finished");
}

function modelOptions(command: Command): Command {
  return modelServerOptions(command.option("--model <id>", "model of all agents"));
}

function modelServerOptions(command: Command): Command {
  return serverOptions(command)
    .option("--faults <file>", "faults for the offline model to make")
    .option("--stall-seconds <n>", "an answer silent for so long is asked for again (default: 30)");
}

function addPlanFiles(program: Command, dispatch: Dispatch): void {
  group(program, "Plan files:")
    .command("check")
    .description("check a plan file: all errors at once, no network")
    .argument("<plan>", "the plan file")
    .option("--json", "diagnostics as JSON")
    .action((plan: string, raw: object) => dispatch("check", { ...raw, plan }));
  program
    .command("show")
    .description("show what a plan will do: its graph, units, cost ceiling")
    .argument("<plan>", "the plan file")
    .option("--json", "the plan as JSON")
    .option("--mermaid", "the graph as a Mermaid diagram")
    .action((plan: string, raw: object) => dispatch("show", { ...raw, plan }));
  program
    .command("repos")
    .description("list the repositories a plan means")
    .argument("[plan]", "the plan file")
    .option("--repos <file>", "a list (.txt, .csv, .json) in place of the plan's own")
    .option("--only <glob>", "only those called so; can be given again", collect)
    .option("--lock", "ask for their commits now, and write the plan's lock file")
    .option("--json", "NDJSON, a repository per line")
    .action((plan: string | undefined, raw: object) => dispatch("repos", { ...raw, plan }));
}

function addReading(program: Command, dispatch: Dispatch): void {
  group(program, "Look, and take:");
  program
    .command("runs")
    .description("the runs of a repository, the latest first")
    .option("--repo <path>", "the repository (default: where you are)")
    .option("--json", "NDJSON, a run per line")
    .action((raw: object) => dispatch("runs", raw));
  const reading = (name: CommandName, description: string): Command =>
    ofRun(program, name, description).action((run: string | undefined, raw: object) =>
      dispatch(name, { ...raw, run }),
    );
  reading("status", "where a run is, unit by unit")
    .option("--refresh", "ask gh or glab how its pull requests stand")
    .option("--json", "as JSON");
  reading("log", "the journal of a run in words")
    .option("--unit <id>", "one unit only, or all units of a task")
    .option("-f, --follow", "go on until the run ends")
    .option("--json", "events as NDJSON");
  reading("report", "a run told in one piece")
    .option("--json", "as JSON")
    .option("--csv", "a line per unit, for spreadsheets")
    .option("--html", "as one page that needs no network, with diffs and outputs")
    .option("--md", "as Markdown")
    .option(
      "--group-by <keys>",
      "which units stand together in --json, --csv, --html: of outcome, reason, task, repo; with commas",
    );
  reading("diff", "what the result changes against where the run started")
    .option("--unit <id>", "what one unit did")
    .option("--stat", "files and line counts only");
  reading(
    "apply",
    "bring the result into the current branch; a merge that could fail is not begun",
  );
  addClean(program, dispatch);
}

function addTrying(program: Command, dispatch: Dispatch): void {
  group(program, "Permissions:")
    .command("init")
    .description(
      "write a commented .skein/config.yaml; --trust lets the repository's own rules allow things",
    )
    .option("--repo <path>", "the repository (default: where you are)")
    .option("--trust", "trust the repository's configuration as it is now")
    .action((raw: object) => dispatch("init", raw));
  ruleOptions(
    program
      .command("judge")
      .description("say of shell commands what agents may do: lines of {id, command, cwd?} in")
      .option("--root <dir>", "the project (default: where you are)")
      .option("--home <dir>", "the home directory (default: yours)"),
  ).action((raw: object) => dispatch("judge", raw));
  group(program, "Try it:")
    .command("demo")
    .description("the main job on a throwaway sample workspace, offline")
    .option("--json", "events as NDJSON on standard output")
    .action((raw: object) => dispatch("demo", raw));
  program
    .command("offline")
    .description("serve the offline model, for any client of the Messages API")
    .option("--port <n>", "port (default: a free one)")
    .option("--script <file>", "turns to answer with, instead of the rules")
    .option("--faults <file>", "faults to make")
    .option("--faithful", "accept all that the real API accepts, also what Skein never sends")
    .option("--json", "URL and key as JSON")
    .action((raw: object) => dispatch("offline", raw));
}

function ruleOptions(command: Command): Command {
  return command
    .option("--allow <rule>", "allow, such as 'Bash(npm test)'; can be given again", collect)
    .option("--ask <rule>", "ask a person, or deny when there is none", collect)
    .option("--deny <rule>", "deny, whatever else allows it", collect);
}

/** Every command has options; saying so on each line says nothing. */
function termOf(command: Command): string {
  const args = command.registeredArguments.map((one) =>
    one.required ? `<${one.name()}>` : `[${one.name()}]`,
  );
  return [command.name(), ...args].join(" ");
}

/** Heading in `--help` of the commands that are added next. */
function group(program: Command, heading: string): Command {
  return program.commandsGroup(heading);
}

function collect(value: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), value];
}

function laterCommand(name: string, what: string): Command {
  const command = new Command(name).argument("[anything...]").allowUnknownOption();
  return command.exitOverride().action(() => failLater(command.parent ?? command, name, what));
}

function failLater(command: Command, name: string, what: string): never {
  return command.error(`${name.split(" ")[0]} (${what}) is not in this version yet`);
}
