import { troubleOf } from "../core/surroundings/errno-trouble.ts";
import { failureLines } from "../core/test-report/failure-lines.ts";
import type { CommandEnd } from "../model/command-end.ts";
import { type Failure, failure } from "../model/failure.ts";
import type { Unit } from "../model/unit.ts";
import type { ShellOutcome } from "../ports/shell.ts";
import { type BlameContext, isMachineToBlame } from "./blame-surroundings.ts";
import type { RunContext, RunPorts } from "./run-context.ts";

/** Where a unit's commands run. */
export interface CommandPlace {
  readonly unit: Unit;
  readonly cwd: string;
  readonly outDir: string;
  readonly signal: AbortSignal;
}

interface PlanCommand {
  readonly script: string;
  readonly env?: Readonly<Record<string, string>>;
  /** For what only brings dependencies in line; no command of a unit has it. */
  readonly network?: boolean;
}

interface CommandContext extends BlameContext {
  readonly ports: BlameContext["ports"] & Pick<RunPorts, "shell">;
}

/** Runs a command of the plan in a worktree, as the unit's: with its files, environment and time. */
export async function runAsUnit(
  run: CommandContext,
  place: CommandPlace,
  command: PlanCommand,
): Promise<ShellOutcome> {
  const { unit } = place;
  const outcome = await run.ports.shell.run(
    {
      script: command.script,
      args: unit.files,
      cwd: place.cwd,
      outDir: place.outDir,
      env: { ...envOf(unit), ...command.env },
      timeoutMs: unit.timeoutMs,
      projectWritable: true,
      network: command.network ?? false,
    },
    place.signal,
  );
  const failed = commandFailure(command.script, outcome, place.cwd);
  if (failed === undefined || !(await isMachineToBlame(run, failed))) return outcome;
  // Not what it says, but that the machine did not let it.
  return { output: "", durationMs: 0, ...outcome, kind: "cancelled" };
}

/** What all commands of a unit have in their environment, its agent's like the plan's. */
export function envOf({ env, files }: Unit): Readonly<Record<string, string>> {
  const [onlyFile, ...others] = files;
  return onlyFile === undefined || others.length > 0 ? env : { ...env, SKEIN_FILE: onlyFile };
}

/** Runs a command of the plan in a unit's worktree and notes it in the journal with its log. */
export async function runCommandOf(
  run: RunContext,
  place: CommandPlace,
  command: PlanCommand,
): Promise<ShellOutcome> {
  const { unit } = place;
  const outcome = await runAsUnit(run, place, command);
  if (outcome.kind === "refused") return outcome;
  const end = commandEndOf(outcome);
  await run.record({
    kind: "command-finished",
    unit: unit.id,
    command: command.script.trim().slice(0, 200),
    ...end,
    durationMs: outcome.durationMs,
    // A silent success has nothing worth a file.
    log:
      outcome.output === "" && end.exitCode === 0
        ? ""
        : await run.ports.files.writeLog(unit.id, outcome.output),
  });
  return outcome;
}

export function commandEndOf(
  outcome: Exclude<ShellOutcome, { readonly kind: "refused" }>,
): CommandEnd {
  return outcome.kind === "exited"
    ? { exitCode: outcome.exitCode }
    : { exitCode: -1, cut: outcome.kind };
}

/** What a shell ends with that finds no program of a name. */
const notFound = 127;
const install =
  "a program is not there: install what the repository needs where it is checked out, or by the plan's workspace.setup";

/** What a command in the folder `cwd` that did not exit with 0 means, or undefined when it did. */
export function commandFailure(
  script: string,
  outcome: ShellOutcome,
  cwd: string,
): Failure | undefined {
  const tail = (output: string): string =>
    lastOf(output.replaceAll(`${cwd}/`, "").replaceAll(cwd, "."));
  const name = script.trim().split("\n")[0]?.slice(0, 120);
  switch (outcome.kind) {
    case "exited":
      return outcome.exitCode === 0
        ? undefined
        : failure("command", `\`${name}\` exited with ${outcome.exitCode}`, {
            hint: outcome.exitCode === notFound ? install : undefined,
            detail: tail(outcome.output),
          });
    case "timed-out":
      return failure("timeout", `\`${name}\` ran longer than the task's time`, {
        hint: "raise timeout-minutes of the task, or make the command faster",
        detail: tail(outcome.output),
      });
    case "out-of-memory":
      return failure(
        "out-of-memory",
        `\`${name}\` used more memory than a command may and was ended`,
        {
          detail: tail(outcome.output),
        },
      );
    case "cancelled":
      return failure("cancelled", `\`${name}\` was stopped`);
    case "lost":
      return failure("sandbox", `\`${name}\` came to no end: ${outcome.reason}`, {
        hint: "something on this machine ended what it ran in; run it again",
        detail: tail(outcome.output),
      });
    case "refused": {
      const { code, reason } = outcome;
      const trouble = troubleOf(code, reason);
      if (trouble !== undefined) return trouble;
      return failure("sandbox", `\`${name}\` was not run: ${outcome.reason}`, {
        hint: "install bubblewrap, or give --unsandboxed to run commands without a sandbox",
      });
    }
  }
}

/**
 * Where test runners put what failed; what says why comes first when that is farther up. Whoever reads it is in another
 * folder: paths are those from its top.
 */
function lastOf(output: string): string {
  if (output.length <= 4_000) return output;
  const told = failureLines(output, 12) ?? [];
  const text = told.join("\n").slice(0, 1_500);
  const end = `…${output.slice(text.length - 4_000)}`;
  return end.includes(told[0] ?? "") ? end : `${text}\n${end}`;
}
