import { readFileSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { z } from "zod";

const ownerSchema = z.strictObject({ pid: z.int().positive(), startedAt: z.string() });

/**
 * Writes down which process a run belongs to, so that others can tell a run at work from one whose process is gone.
 * The process's own start time goes with its number: numbers are used again.
 */
export async function writeOwner(runFolder: string): Promise<void> {
  const owner = { pid: process.pid, startedAt: startOf(process.pid) ?? "unknown" };
  await writeFile(join(runFolder, "owner.json"), `${JSON.stringify(owner)}\n`, { mode: 0o600 });
}

/** Whether the process that writes the run is still there. A run without a readable owner belongs to nobody. */
export async function isOwnerAlive(runFolder: string): Promise<boolean> {
  const owner = ownerSchema.safeParse(await readJson(join(runFolder, "owner.json")));
  if (!owner.success) return false;
  const { pid, startedAt } = owner.data;
  const started = startOf(pid);
  return started === undefined ? exists(pid) && startedAt === "unknown" : started === startedAt;
}

async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, "utf8"));
  } catch {
    // Missing, unreadable, half written: all the same to the caller.
    return undefined;
  }
}

/** Field 22 of /proc/<pid>/stat, behind the program's name, which may hold anything. Undefined where there is none. */
function startOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19];
  } catch {
    return undefined;
  }
}

function exists(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
