/** Runs one shell command of a plan, in a worktree, confined as the run's shell mode says. */
export interface Shell {
  run(command: ShellCommand, signal: AbortSignal): Promise<ShellOutcome>;
}

export interface ShellCommand {
  /** Bash text, from the plan or from an agent. */
  readonly script: string;
  /** Positional parameters, `"$@"`: file names never become shell text. */
  readonly args: readonly string[];
  /** Absolute path of the worktree: the working directory, and with `outDir` the only place that can be written. */
  readonly cwd: string;
  /** Absolute path of the unit's output folder, given as `$SKEIN_OUT`. */
  readonly outDir: string;
  readonly env: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  /** Whether it may change the worktree; otherwise it can only look, and write to `outDir`. */
  readonly projectWritable: boolean;
  /** Network for this command (a setup command); never for an agent. */
  readonly network: boolean;
  /** Given for a background command: it runs beside the worktree's other commands, not in turn, and tells its output as it comes. */
  readonly onOutput?: (chunk: Buffer) => void;
}

export type ShellOutcome =
  | {
      readonly kind: "exited";
      readonly exitCode: number;
      /** Standard output and error interleaved; the middle is cut when longer than the cap, and says so. */
      readonly output: string;
      readonly durationMs: number;
    }
  | { readonly kind: "timed-out"; readonly output: string; readonly durationMs: number }
  /** The process tree used more memory than allowed and was ended. */
  | { readonly kind: "out-of-memory"; readonly output: string; readonly durationMs: number }
  | { readonly kind: "cancelled"; readonly output: string; readonly durationMs: number }
  /** What it ran in ended under it: nobody knows how far it came. */
  | {
      readonly kind: "lost";
      readonly reason: string;
      readonly output: string;
      readonly durationMs: number;
    }
  /** It was not started. `code`: the system's word for why, when that refused it. */
  | { readonly kind: "refused"; readonly reason: string; readonly code?: string | undefined };
