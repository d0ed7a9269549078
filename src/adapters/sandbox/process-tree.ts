import { readdirSync, readFileSync } from "node:fs";

const pageBytes = 4096;

export interface TreeUse {
  readonly bytes: number;
  readonly processes: number;
}

/**
 * Resident memory and number of all processes below one, as the kernel's /proc tells it; zero where there is no /proc.
 * Stops counting beyond `processesMax`: a fork bomb grows faster than anybody can count it.
 */
export function useOfTree(root: number, processesMax: number): TreeUse {
  let bytes = 0;
  let processes = 0;
  const waiting = [root];
  for (let pid = waiting.pop(); pid !== undefined; pid = waiting.pop()) {
    if (processes > processesMax) break;
    try {
      bytes += Number(readFileSync(`/proc/${pid}/statm`, "utf8").split(" ")[1]) * pageBytes;
      processes += 1;
      for (const thread of readdirSync(`/proc/${pid}/task`)) {
        const children = readFileSync(`/proc/${pid}/task/${thread}/children`, "utf8");
        waiting.push(
          ...children
            .split(" ")
            .filter((child) => child !== "")
            .map(Number),
        );
      }
    } catch {
      // The process ended while it was looked at.
    }
  }
  return { bytes, processes };
}
