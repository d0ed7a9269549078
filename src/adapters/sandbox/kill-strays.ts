import { readdirSync, readFileSync } from "node:fs";

/** Rounds of looking: a process that forks while it is hunted is found in the next one. */
const roundsMax = 20;
/** Rounds of looking again at processes whose environment is empty: they are just starting, or have just ended. */
const unclearRoundsMax = 3;

/**
 * Kills every process that carries `name=value` in its environment: what a command without a sandbox has put into a
 * session of its own, where no process group reaches it. `before` are the processes there were before the command:
 * looking into each of them, after every command, would cost more than the command. A process that wiped its environment
 * escapes; the sandbox is for those.
 */
export function killStrays(mark: string, before: ReadonlySet<number>): void {
  let unclearRounds = 0;
  for (let round = 0; round < roundsMax; round++) {
    const added = runningPids().filter((pid) => !before.has(pid));
    const known = added.map((pid) => ({ pid, environment: environmentOf(pid) }));
    const found = known.filter(({ environment }) => environment.includes(mark));
    const isUnclear = known.some(({ environment }) => environment.join("") === "");
    if (found.length === 0 && (!isUnclear || ++unclearRounds > unclearRoundsMax)) return;
    for (const { pid } of found) {
      try {
        process.kill(pid, "SIGKILL");
      } catch {
        // It ended by itself.
      }
    }
    if (found.length === 0) pause();
  }
}

/** A millisecond: long enough for a program to be loaded, which is when its environment cannot be read. */
function pause(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
}

export function runningPids(): readonly number[] {
  try {
    return readdirSync("/proc").map(Number).filter(Number.isInteger);
  } catch {
    // No /proc on this system.
    return [];
  }
}

function environmentOf(pid: number): readonly string[] {
  try {
    return readFileSync(`/proc/${pid}/environ`, "latin1").split("\0");
  } catch {
    // It ended, or is not ours.
    return [];
  }
}
