import { tellingLine } from "../core/telling-line.ts";
import { failure, type Failure } from "../model/failure.ts";
import type { CommitId } from "../model/ids.ts";
import { err, ok, type Result } from "../model/result.ts";
import type { Shell } from "../ports/shell.ts";
import type { Workspace, Worktree } from "../ports/workspace.ts";

/**
 * Installs the repository's dependencies once, on the untouched base, in a worktree of its own that stays open for
 * the run: every unit's dependencies are linked from there. The only command of a run that may use the network.
 */
export async function runSetup(
  ports: Pick<Workspace, "open"> & { readonly shell: Shell },
  options: {
    readonly command: string;
    readonly base: CommitId;
    readonly outDir: string;
    readonly timeoutMs: number;
    readonly signal: AbortSignal;
  },
): Promise<Result<Worktree>> {
  const opened = await ports.open(options.base, { name: "setup", deps: "none" });
  if (!opened.ok) return opened;
  const worktree = opened.value;
  const outcome = await ports.shell.run(
    {
      script: options.command,
      args: [],
      cwd: worktree.path,
      outDir: options.outDir,
      env: {},
      timeoutMs: options.timeoutMs,
      projectWritable: true,
      network: true,
    },
    options.signal,
  );
  if (outcome.kind === "exited" && outcome.exitCode === 0) return ok(worktree);
  await worktree[Symbol.asyncDispose]();
  return err(setupFailure(options.command, outcome));
}

function setupFailure(command: string, outcome: Awaited<ReturnType<Shell["run"]>>): Failure {
  const how =
    outcome.kind === "exited"
      ? `exited with ${outcome.exitCode}`
      : outcome.kind === "refused"
        ? `was not run: ${outcome.reason}`
        : `was ended: ${outcome.kind}`;
  const output = "output" in outcome ? outcome.output : undefined;
  const telling = output === undefined ? undefined : tellingLine(output);
  const why = telling === undefined ? "" : `: ${telling}`;
  return failure("setup", `workspace.setup \`${command}\` ${how}${why}`, {
    hint: "run it by hand in a fresh clone; nothing was started",
    detail: output?.slice(-4_000),
  });
}
