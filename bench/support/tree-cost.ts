import { execa } from "execa";

export interface TreeCost {
  readonly wallMs: number;
  /** User and system time of the process and of all its descendants that were waited for. */
  readonly cpuMs: number;
}

/**
 * Runs a program and measures its whole process tree: bash's `times` knows what its children and their children used,
 * which Node cannot ask for. Rejects when the program fails.
 */
export async function treeCost(
  command: readonly string[],
  options: { readonly cwd: string },
): Promise<TreeCost> {
  const start = performance.now();
  const { stdout } = await execa("bash", ["-c", '"$@" > /dev/null && times', "bash", ...command], {
    cwd: options.cwd,
    stderr: "ignore",
  });
  return { wallMs: performance.now() - start, cpuMs: childrenMs(stdout) };
}

/** The second line of `times`: "0m1.234s 0m0.567s". */
function childrenMs(times: string): number {
  const line = times.trim().split("\n").at(-1) ?? "";
  const parts = [...line.matchAll(/(\d+)m([\d.]+)s/g)];
  if (parts.length !== 2) throw new Error(`Internal error: times printed ${JSON.stringify(times)}`);
  return parts.reduce(
    (sum, [, minutes, seconds]) => sum + (Number(minutes) * 60 + Number(seconds)) * 1_000,
    0,
  );
}
