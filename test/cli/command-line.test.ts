import { mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, test } from "vitest";

import { dispatch } from "../../src/cli/dispatch.ts";
import { laterCommands } from "../../src/cli/later.ts";
import { reportBug } from "../../src/cli/report-bug.ts";
import { runCli } from "../../src/cli/run-cli.ts";
import { fakeIo, type FakeIo } from "../support/fake-io.ts";
import { skein } from "../support/run-skein.ts";

async function cli(...args: readonly string[]): Promise<FakeIo & { readonly exitCode: number }> {
  const io = fakeIo();
  const exitCode = await runCli(["node", "skein", ...args], io);
  return Object.assign(io, { exitCode });
}

test("help names every command of this version, grouped, with examples", async () => {
  const done = await cli("--help");
  expect(done.exitCode).toBe(0);
  expect(done.err()).toBe("");
  expect(done.out()).toMatchInlineSnapshot(`
    "Usage: skein <command> [options]

    Breaks a large coding job into a graph of small ones, runs each in an isolated
    agent, and winds the results back into one verified change.

    Options:
      -V, --version         print the version
      -h, --help            display help for command

    Work:
      run <what>            run a plan file, or a task in words: plan, work, merge,
                            verify
      resume [run]          go on with a run that was cut off or stopped; what has
                            ended is not done again
      retry [run]           do again what failed in a run that has ended, and what
                            could not be done because of it
      plan <goal>           only the coordinator: make a plan for a task in words,
                            run nothing

    Steer a run:
      cancel [run]          end a run that is at work: what is finished is kept,
                            skein resume goes on
      compact [run]         have agents at work sum up their contexts now
      close [run]           close what a run opened and nobody merged; branches stay
      approve <run> <gate>  let a run through a gate that it waits at; skein resume
                            goes on

    Plan files:
      check <plan>          check a plan file: all errors at once, no network
      show <plan>           show what a plan will do: its graph, units, cost ceiling
      repos [plan]          list the repositories a plan means

    Look, and take:
      runs                  the runs of a repository, the latest first
      status [run]          where a run is, unit by unit
      log [run]             the journal of a run in words
      report [run]          a run told in one piece
      diff [run]            what the result changes against where the run started
      apply [run]           bring the result into the current branch; a merge that
                            could fail is not begun
      clean [run]           remove runs that are over, with their branches and
                            worktrees

    Memory, and while you are away:
      memory                what is remembered of this repository: look, add,
                            forget, take back
      dream                 consolidate memory: merge, resolve, make concrete,
                            forget
      daemon                does what is due in a repository while nobody is there

    Machine:
      cache                 the copies of repositories that batch runs keep: ls, gc

    Permissions:
      init                  write a commented .skein/config.yaml; --trust lets the
                            repository's own rules allow things
      judge                 say of shell commands what agents may do: lines of {id,
                            command, cwd?} in

    Try it:
      demo                  the main job on a throwaway sample workspace, offline
      offline               serve the offline model, for any client of the Messages
                            API

    Examples:
      skein demo                               watch it work: offline, no key
      skein run "Rename getUser to fetchUser"  a task in words
      skein run plans/node-prefix.yaml         a reviewed plan
      skein report                             what the latest run did
      skein apply                              take its result into your branch

    More about one command: skein <command> --help
    "
  `);
});

test("the help of run has its options, the exit codes and examples", async () => {
  const done = await cli("run", "--help");
  expect(done.exitCode).toBe(0);
  expect(done.out()).toMatchInlineSnapshot(`
    "Usage: skein run [options] <what>

    run a plan file, or a task in words: plan, work, merge, verify

    Arguments:
      what                      a plan file, or a task such as "Rename foo to bar"

    Options:
      --repo <path>             the repository (default: where you are)
      --base <ref>              where to start from (default: the plan's base, or
                                HEAD)
      --set <name=value>        a variable of the plan; can be given again
      --repos <file>            a batch run: the repositories, in place of the
                                plan's own list
      --only <glob>             only units called so (task or task[key], * for any
                                text) with what they need and what stands on them;
                                in a batch run, only repositories called so; can be
                                given again
      --only-failed             only repositories that the plan's latest run failed
                                in
      --max-agents <n>          agents at a time (default: 8)
      --agents-per-thread <n>   agents that share a thread (default: 1, isolates
                                best)
      --budget-usd <x>          most dollars the run may cost
      --budget-tokens <n>       most tokens of all kinds the run may use
      --budget-wall <time>      longest the run may take, such as 90m
      --model <id>              model of all agents
      --base-url <url>          any server that speaks the Messages API
      --offline                 use the offline model, whatever keys are set
      --script <file>           turns for the offline model to answer with
      --faults <file>           faults for the offline model to make
      --stall-seconds <n>       an answer silent for so long is asked for again
                                (default: 30)
      --allow <rule>            allow, such as 'Bash(npm test)'; can be given again
      --ask <rule>              ask a person, or deny when there is none
      --deny <rule>             deny, whatever else allows it
      --permission-mode <mode>  read-only, ask, accept-edits (default) or trusted
      --no-cache                take nothing from the cache of tasks that have one
      --unsandboxed             run commands without a sandbox
      --publish                 push branches and open pull requests as the plan
                                says
      --dry-run                 do everything but that, and show what would leave
                                the machine
      --yes                     say yes beforehand, to a coordinator's plan and at
                                every gate
      --json                    events as NDJSON on standard output, the last is
                                run-finished
      --debug                   with the stack of a bug
      -h, --help                display help for command

    Exit codes: 0 all done, noop or skipped; 1 some unit failed; 2 plan or usage
    error; 3 waits for approval; 4 budget or time cap; 5 stopped by
    the machine (disk full, read-only, locked); 130 interrupted.

    Without ANTHROPIC_API_KEY and without --base-url the offline model is used: rules,
    not a language model.

    Examples:
      skein run "Prefix imports of Node's built-in modules with node:"
      skein run plans/rename-identifier.yaml --set old=getUser --set new=fetchUser
      skein run plans/node-prefix.yaml --json | tail -n 1
    "
  `);
});

test("without a command there is help on standard error, and exit code 2", async () => {
  const done = await cli();
  expect([done.exitCode, done.out()]).toEqual([2, ""]);
  expect(done.err()).toContain("name a command");
});

test("a person at a terminal sees what waits and what they could do, and no error", async () => {
  const io = fakeIo({ isTTY: true });
  expect(await runCli(["node", "skein"], io)).toBe(0);
  expect(io.err()).toMatch(/what now:[^]*skein help +all commands\n$/);
  expect(io.err().split("\n").length).toBeLessThan(23);
});

test("skein help is the help, of any command too", async () => {
  expect((await cli("help")).out()).toBe((await cli("--help")).out());
  const one = await cli("help", "daemon", "dismiss");
  expect([one.exitCode, one.out()]).toEqual([0, (await cli("daemon", "dismiss", "--help")).out()]);
  const none = await cli("help", "daemno");
  expect([none.exitCode, none.err()]).toEqual([
    2,
    "skein: there is no command daemno\n  next: see skein --help\n",
  ]);
});

test.for([
  [["statsu"], "skein: unknown command 'statsu'\n  next: did you mean status?\n"],
  [["run", "--jsn", "x"], "skein: unknown option '--jsn'\n  next: did you mean --json?\n"],
  [["run"], "skein: missing required argument 'what'\n  next: see skein run --help\n"],
  [
    ["memory", "add", "Use", "foo"],
    "a text of several words is quoted: skein memory add 'Use foo'",
  ],
  [["run", "Rename", "a", "to", "b"], "quoted: skein run 'Rename a to b'"],
  [
    ["status", "a", "b"],
    "too many arguments for 'status'. Expected 1 argument but got 2\n  next: see",
  ],
  [["check"], "missing required argument 'plan'"],
  [["run", "x", "--max-agents", "none"], "--max-agents: a whole number is due"],
  [["run", "x", "--max-agents", "0"], "--max-agents: at least 1"],
  [["run", "x", "--budget-usd", "-1"], "--budget-usd: more than 0"],
  [["run", "x", "--set", "novalue"], "--set: novalue is not name=value"],
  [["offline", "--port", "99999"], "--port: a port is 0 to 65535"],
  [
    ["run", "x", "--start-fresh"],
    "(leaving out what an earlier run kept) is not in this version yet",
  ],
] as const)("skein %j ends with exit code 2 and says why", async ([args, said]) => {
  const done = await cli(...args);
  expect([done.exitCode, done.out()]).toEqual([2, ""]);
  expect(done.err()).toContain(said);
});

test("every command of a later version says so, whatever options it is given", async () => {
  for (const [name] of laterCommands) {
    const done = await cli(name, "--yes", "x");
    expect([name, done.exitCode, done.out()]).toEqual([name, 2, ""]);
    expect(done.err()).toContain("is not in this version yet");
  }
});

test("the version is the package's", async () => {
  const { version } = JSON.parse(readFileSync("package.json", "utf8")) as { version: string };
  expect((await cli("--version")).out()).toBe(`${version}\n`);
});

test("a bug says that it is one and where its stack lies; with --debug it shows it", () => {
  const state = mkdtempSync(join(tmpdir(), "skein-state-"));
  const bug = new Error("Internal error: \u001b[2Jboom");
  const io = fakeIo({ env: { XDG_STATE_HOME: state } });
  reportBug(bug, { io, debug: false });
  const [log] = readdirSync(join(state, "skein"));
  expect(io.err()).toBe(
    `skein: this is a bug in Skein: Internal error: boom\n  next: please report it with ${join(state, "skein", log ?? "")}\n`,
  );
  expect(readFileSync(join(state, "skein", log ?? ""), "utf8")).toContain("command-line.test.ts");
  const debug = fakeIo({ env: { XDG_STATE_HOME: state } });
  reportBug(bug, { io: debug, debug: true });
  expect(debug.err()).toContain("command-line.test.ts");
});

test("a bug whose log cannot be written shows its stack rather than losing it", () => {
  const io = fakeIo({ env: { XDG_STATE_HOME: "/dev/null" } });
  reportBug(new Error("boom"), { io, debug: false });
  expect(io.err()).toContain("command-line.test.ts");
});

test("options reach a command parsed: a plan that is not there is a usage error of check", async () => {
  const io = fakeIo();
  expect(await dispatch("check", { plan: "/nowhere/plan.yaml" }, io)).toBe(2);
  expect(io.err()).toContain("/nowhere/plan.yaml");
});

test("colours come only when asked for where the output is no terminal", async () => {
  const plain = await skein(["run"], { env: {} });
  const forced = await skein(["status", "--repo", "/nowhere"], { env: { FORCE_COLOR: "1" } });
  const both = await skein(["status", "--repo", "/nowhere"], {
    env: { FORCE_COLOR: "1", NO_COLOR: "1" },
  });
  expect(plain.stderr).not.toContain("\u001b");
  expect(forced.stderr).toContain("\u001b[31m");
  expect(both.stderr).not.toContain("\u001b");
});
