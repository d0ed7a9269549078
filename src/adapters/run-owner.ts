import { readFileSync } from "node:fs";
import { link, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { z } from "zod";

import { failure } from "../model/failure.ts";
import { err, ok, type Result } from "../model/result.ts";

const ownerSchema = z.strictObject({ pid: z.int().positive(), startedAt: z.string() });
type Owner = z.output<typeof ownerSchema>;

/** Owners of a run, one after the other: `owner-1.json` is who started it, the largest number who it belongs to. */
const ownerFile = /^owner-([1-9]\d{0,5})\.json$/;

/**
 * Makes this process the owner of a run, unless another one that is alive is. A claim is a file with the next number,
 * complete before it has that name; of two that claim at once, one finds the name taken. So nothing is ever taken away,
 * and there is no moment without an owner. The process's own start time goes with its number: numbers are used again.
 */
export async function claimRun(runFolder: string): Promise<Result<void>> {
  const mine: Owner = { pid: process.pid, startedAt: startOf(process.pid) ?? "unknown" };
  const draft = join(runFolder, `.owner-${process.pid}.json`);
  try {
    await writeFile(draft, `${JSON.stringify(mine)}\n`, { mode: 0o600 });
    for (;;) {
      const last = await lastOwner(runFolder);
      if (last.owner !== undefined && isSame(last.owner, mine)) return ok(undefined);
      if (last.owner !== undefined && isAlive(last.owner)) return err(taken(last.owner));
      if (await isLinked(draft, join(runFolder, `owner-${last.number + 1}.json`)))
        return ok(undefined);
    }
  } catch (error) {
    return err(
      failure("io", `${runFolder} cannot be written: ${(error as Error).message}`, {
        hint: "see that the disk has room and the folder is yours",
      }),
    );
  } finally {
    await rm(draft, { force: true });
  }
}

/** Whether the process that writes the run is still there. A run without a readable owner belongs to nobody. */
export async function isOwnerAlive(runFolder: string): Promise<boolean> {
  const { owner } = await lastOwner(runFolder);
  return owner !== undefined && isAlive(owner);
}

function taken({ pid }: Owner): ReturnType<typeof failure> {
  return failure("usage", `another process is at work on the run (${pid})`, {
    hint: "watch it with skein log -f, or end it first",
  });
}

async function lastOwner(
  runFolder: string,
): Promise<{ readonly number: number; readonly owner: Owner | undefined }> {
  const names = await readdir(runFolder).catch(() => []);
  const number = Math.max(0, ...names.map((name) => Number(ownerFile.exec(name)?.[1] ?? 0)));
  if (number === 0) return { number, owner: undefined };
  const read = ownerSchema.safeParse(await readJson(join(runFolder, `owner-${number}.json`)));
  return { number, owner: read.success ? read.data : undefined };
}

/** False: somebody else was faster. */
async function isLinked(draft: string, file: string): Promise<boolean> {
  try {
    await link(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, "utf8"));
  } catch {
    // Missing, unreadable: all the same to the caller.
    return undefined;
  }
}

function isSame(a: Owner, b: Owner): boolean {
  return a.pid === b.pid && a.startedAt === b.startedAt;
}

function isAlive({ pid, startedAt }: Owner): boolean {
  const started = startOf(pid);
  return started === undefined ? exists(pid) && startedAt === "unknown" : started === startedAt;
}

/** Field 22 of /proc/<pid>/stat, behind the program's name, which may hold anything. Undefined where there is none. */
function startOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const [state, ...rest] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    // A zombie has ended; only its parent has not looked yet.
    return state === "Z" ? undefined : rest[18];
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
