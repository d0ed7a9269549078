import { Command, CommanderError } from "commander";

import { suggest } from "../core/plan/suggest.ts";
import type { Io } from "./io.ts";

/** Commands that come with a later version: naming one is answered plainly. */
const later: ReadonlySet<string> = new Set([
  "resume",
  "retry",
  "cancel",
  "approve",
  "judge",
  "memory",
  "dream",
  "daemon",
  "dash",
  "worker",
  "doctor",
  "init",
]);

/** Parses the command line and runs one command; its code is loaded only then. Gives the exit code. */
export async function runCli(argv: readonly string[], io: Io): Promise<number> {
  let exitCode = 0;
  const program = createProgram(io, (code) => {
    exitCode = code;
  });
  const named = argv[2];
  if (named !== undefined && !named.startsWith("-")) {
    const problem = unknownCommand(named, program);
    if (problem !== undefined) {
      io.stderr(`skein: ${problem}\n`);
      return 2;
    }
  }
  try {
    await program.parseAsync([...argv]);
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    io.stderr(bugReport(error));
    return 1;
  }
}

function unknownCommand(name: string, program: Command): string | undefined {
  const known = program.commands.map((command) => command.name());
  if (known.includes(name) || name === "help") return undefined;
  if (later.has(name)) return `${name} is not in this version yet`;
  const meant = suggest(name, known);
  return `there is no command "${name}"${meant === undefined ? "; see skein --help" : `; did you mean ${meant}?`}`;
}

/** The last resort: something threw that no code expected. */
function bugReport(error: unknown): string {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `skein: this is a bug in Skein, not in your work. Nothing of yours was changed.\n${text}\n`;
}

type Done = (exitCode: number) => void;

function createProgram(io: Io, done: Done): Command {
  const program = new Command("skein")
    .description(
      "Breaks a large coding job into a graph of small ones, runs each in an isolated agent,\nand winds the results back into one verified change.",
    )
    .configureOutput({ writeOut: io.stdout, writeErr: io.stderr })
    .exitOverride()
    .showSuggestionAfterError()
    .helpCommand(false);
  addRun(program, io, done);
  addPlanCommands(program, io, done);
  addReading(program, io, done);
  addOffline(program, io, done);
  for (const command of program.commands) command.exitOverride().copyInheritedSettings(program);
  return program;
}

function addRun(program: Command, io: Io, done: Done): void {
  const collect = (value: string, all: readonly string[]): readonly string[] => [...all, value];
  program
    .command("run")
    .description("run a plan file, or a task in words: plan, work, merge, verify")
    .argument("<what>", 'a plan file, or a task such as "Rename foo to bar"')
    .option("--repo <path>", "the repository", ".")
    .option("--base <ref>", "where to start from (default: HEAD, or the plan's base)")
    .option("--set <name=value>", "a variable of the plan; can be given again", collect, [])
    .option("--max-agents <n>", "agents at a time (default: 8)")
    .option("--agents-per-thread <n>", "agents that share a thread; 1 isolates best", "1")
    .option("--budget-usd <x>", "most dollars the run may cost")
    .option("--model <id>", "model of all agents")
    .option("--base-url <url>", "any server that speaks the Messages API")
    .option("--offline", "use the offline model, whatever keys are set")
    .option("--script <file>", "turns for the offline model to answer with")
    .option("--faults <file>", "faults for the offline model to make")
    .option("--unsandboxed", "run commands without a sandbox")
    .option("--yes", "do not ask before a coordinator's plan is run")
    .option("--json", "events as NDJSON on standard output")
    .action(async (what: string, raw: object) => {
      const [{ parseOptions, runOptionsSchema }, { printFailure }] = await Promise.all([
        import("./options.ts"),
        import("./print-failure.ts"),
      ]);
      const options = parseOptions(runOptionsSchema, { what, ...raw });
      if (!options.ok) {
        printFailure(options.error, io);
        return done(2);
      }
      const { runCommand } = await import("./commands/run.ts");
      return done(await runCommand(options.value, io));
    });
  program
    .command("demo")
    .description("the main job on a throwaway sample workspace, offline")
    .option("--json", "events as NDJSON on standard output")
    .action(async (raw: { json?: boolean }) => {
      const { demoCommand } = await import("./commands/demo.ts");
      done(await demoCommand({ json: raw.json ?? false }, io));
    });
}

function addPlanCommands(program: Command, io: Io, done: Done): void {
  program
    .command("plan")
    .description("only the coordinator: make a plan for a task in words, run nothing")
    .argument("<goal>", 'a task such as "Rename foo to bar"')
    .option("-o, --output <file>", "where to write the plan (default: standard output)")
    .option("--repo <path>", "the repository", ".")
    .option("--base <ref>", "where to start from (default: HEAD)")
    .option("--budget-usd <x>", "most dollars the planning may cost")
    .option("--model <id>", "the coordinator's model")
    .option("--base-url <url>", "any server that speaks the Messages API")
    .option("--offline", "use the offline model, whatever keys are set")
    .option("--script <file>", "turns for the offline model to answer with")
    .option("--faults <file>", "faults for the offline model to make")
    .action(async (goal: string, raw: object) => {
      const [{ parseOptions, planOptionsSchema }, { printFailure }] = await Promise.all([
        import("./options.ts"),
        import("./print-failure.ts"),
      ]);
      const options = parseOptions(planOptionsSchema, { goal, ...raw });
      if (!options.ok) {
        printFailure(options.error, io);
        return done(2);
      }
      const { planCommand } = await import("./commands/plan.ts");
      return done(await planCommand(options.value, io));
    });
  program
    .command("check")
    .description("check a plan file; all errors at once, no network")
    .argument("<plan>", "the plan file")
    .option("--json", "diagnostics as JSON")
    .action(async (plan: string, raw: { json?: boolean }) => {
      const { checkCommand } = await import("./commands/check.ts");
      done(await checkCommand({ plan, json: raw.json ?? false }, io));
    });
  program
    .command("show")
    .description("show a plan: its graph, units, cost ceiling")
    .argument("<plan>", "the plan file")
    .option("--json", "the plan as JSON")
    .option("--mermaid", "the graph as a Mermaid diagram")
    .action(async (plan: string, raw: { json?: boolean; mermaid?: boolean }) => {
      const { showCommand } = await import("./commands/show.ts");
      done(await showCommand({ plan, json: raw.json ?? false, mermaid: raw.mermaid ?? false }, io));
    });
}

function addReading(program: Command, io: Io, done: Done): void {
  const reading = (name: string, description: string): Command =>
    program
      .command(name)
      .description(description)
      .argument("[run]", "a run's id, or enough of its beginning", "latest")
      .option("--repo <path>", "the repository", ".");
  reading("status", "what a run did or does, unit by unit")
    .option("--json", "as JSON")
    .action(async (run: string, raw: { repo: string; json?: boolean }) => {
      const { statusCommand } = await import("./commands/status.ts");
      done(await statusCommand({ run, ...raw }, io));
    });
  reading("log", "the journal in words")
    .option("--unit <id>", "one unit only")
    .option("--json", "the entries as NDJSON")
    .action(async (run: string, raw: { repo: string; json?: boolean; unit?: string }) => {
      const { logCommand } = await import("./commands/log.ts");
      done(await logCommand({ run, ...raw }, io));
    });
  reading("report", "the report of a run")
    .option("--json", "as JSON")
    .action(async (run: string, raw: { repo: string; json?: boolean }) => {
      const { reportCommand } = await import("./commands/report.ts");
      done(await reportCommand({ run, ...raw }, io));
    });
  reading("diff", "what the result changes against where the run started")
    .option("--stat", "files and line counts only")
    .action(async (run: string, raw: { repo: string; stat?: boolean }) => {
      const { diffCommand } = await import("./commands/diff.ts");
      done(await diffCommand({ run, ...raw }, io));
    });
  reading("apply", "bring the result branch into the current branch").action(
    async (run: string, raw: { repo: string }) => {
      const { applyCommand } = await import("./commands/apply.ts");
      done(await applyCommand({ run, ...raw }, io));
    },
  );
  program
    .command("runs")
    .description("the runs of a repository")
    .option("--repo <path>", "the repository", ".")
    .option("--json", "as JSON")
    .action(async (raw: { repo: string; json?: boolean }) => {
      const { runsCommand } = await import("./commands/runs.ts");
      done(await runsCommand(raw, io));
    });
}

function addOffline(program: Command, io: Io, done: Done): void {
  program
    .command("offline")
    .description("serve the offline model, for any client of the Messages API")
    .option("--port <n>", "port (default: a free one)")
    .option("--script <file>", "turns to answer with")
    .option("--faults <file>", "faults to make")
    .option(
      "--faithful",
      "accept all that the real API accepts; without it, also refuse what Skein never sends",
    )
    .option("--json", "URL and key as JSON")
    .action(
      async (raw: {
        port?: string;
        script?: string;
        faults?: string;
        faithful?: boolean;
        json?: boolean;
      }) => {
        const { offlineCommand } = await import("./commands/offline.ts");
        const port = raw.port === undefined ? undefined : Number(raw.port);
        const mode = raw.faithful === true ? "faithful" : "lint";
        done(
          await offlineCommand(
            { port, script: raw.script, faults: raw.faults, mode, json: raw.json ?? false },
            io,
          ),
        );
      },
    );
}
