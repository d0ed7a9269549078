import { readdirSync, readFileSync } from "node:fs";

/** Rounds of looking: a process that forks while it is hunted is found in the next one. */
const roundsMax = 20;

/**
 * Kills every process that carries `name=value` in its environment: what a command without a sandbox has put into a
 * session of its own, where no process group reaches it. A process that wiped its environment escapes; the sandbox is
 * for those.
 */
export function killStrays(name: string, value: string): void {
  for (let round = 0; round < roundsMax; round++) {
    const found = pids().filter((pid) => environmentOf(pid).includes(`${name}=${value}`));
    if (found.length === 0) return;
    for (const pid of found) {
      try {
        process.kill(pid, "SIGKILL");
      } catch {
        // It ended by itself.
      }
    }
  }
}

function pids(): readonly number[] {
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
