import { link, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { parseJson } from "../core/parse-json.ts";
import { failure } from "../model/failure.ts";
import { type ProcessIdentity, processIdentitySchema } from "../model/process-identity.ts";
import { err, ok, type Result } from "../model/result.ts";
import { isProcessAlive, isSameProcess, ownIdentity } from "./process-identity.ts";

/** An owner's file is touched this often; one that cannot be looked at from here is gone when it was not for so long. */
const touchMs = 10_000;
const silentMs = 60_000;

/** Owners of a run, one after the other: `owner-1.json` is who started it, the largest number who it belongs to. */
const ownerFile = /^owner-([1-9]\d{0,5})\.json$/;

/**
 * Makes this process the owner of a run, unless another one that is alive is. A claim is a file with the next number,
 * complete before it has that name; of two that claim at once, one finds the name taken. So nothing is ever taken away,
 * and there is no moment without an owner. The process's own start time goes with its number: numbers are used again. An owner
 * in another container, or on another machine that shares the folder, is known by its file, which it touches while it lives.
 */
export async function claimRun(runFolder: string): Promise<Result<void>> {
  const claimed = await claim(runFolder, "the run");
  return claimed.ok ? ok(undefined) : claimed;
}

/**
 * The same for any folder that one piece of work at a time is done in, until it gives the folder up by what this returns;
 * another one of this process has to wait, too. `what` names the work's place to people.
 */
export async function claimFolder(
  folder: string,
  what: string,
): Promise<Result<() => Promise<void>>> {
  const claimed = await claim(folder, what);
  if (!claimed.ok) return claimed;
  const { file, stopTouching } = claimed.value;
  if (stopTouching === undefined) return err(taken(ownIdentity(), what));
  const release = async (): Promise<void> => {
    stopTouching();
    // The folder may have been removed, and be another's by now.
    if (isOwn(await ownerIn(file))) await rm(file, { force: true });
  };
  const other = await clearAway(folder, file);
  if (other === undefined) return ok(release);
  await release();
  return err(taken(other, what));
}

/**
 * Files of owners that were killed are taken away, but the last one's: whoever has read of that one, and claims behind it, is to
 * find the name taken. Gives an owner that is alive all the same: it had read of one that is no longer there, and was slow.
 */
async function clearAway(folder: string, mine: string): Promise<ProcessIdentity | undefined> {
  const numbers = await ownerNumbers(folder);
  const older = numbers
    .filter((number) => fileOf(folder, number) !== mine)
    .toSorted((a, b) => a - b);
  for (const number of older) {
    const file = fileOf(folder, number);
    const owner = await ownerIn(file);
    if (owner !== undefined && (await isAlive(owner, file))) return owner;
  }
  for (const number of older.slice(0, -1))
    await rm(fileOf(folder, number), { force: true }).catch(() => undefined);
  return undefined;
}

interface Claim {
  readonly file: string;
  /** Undefined when this process was the owner already. */
  readonly stopTouching: (() => void) | undefined;
}

async function claim(folder: string, what: string): Promise<Result<Claim>> {
  const mine = ownIdentity();
  const draft = join(folder, `.owner-${process.pid}.json`);
  try {
    await writeFile(draft, `${JSON.stringify(mine)}\n`, { mode: 0o600 });
    for (;;) {
      const last = await lastOwner(folder);
      if (isOwn(last.owner)) return ok({ file: last.file, stopTouching: undefined });
      if (last.owner !== undefined && (await isAlive(last.owner, last.file)))
        return err(taken(last.owner, what));
      const file = fileOf(folder, last.number + 1);
      if (!(await isLinked(draft, file))) continue;
      return ok({ file, stopTouching: touchWhileAlive(file) });
    }
  } catch (error) {
    return err(
      failure("io", `${folder} cannot be written: ${(error as Error).message}`, {
        hint: "see that the disk has room and the folder is yours",
      }),
    );
  } finally {
    await rm(draft, { force: true });
  }
}

/** Whether the process that writes the run is still there. A run without a readable owner belongs to nobody. */
export async function isOwnerAlive(runFolder: string): Promise<boolean> {
  const { owner, file } = await lastOwner(runFolder);
  return owner !== undefined && (await isAlive(owner, file));
}

/**
 * Whether a folder that this process has claimed is still its own: somebody may have removed it, and another process has it now. Where
 * that cannot be looked at it is.
 */
export async function isStillOwn(folder: string): Promise<boolean> {
  try {
    await readdir(folder);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== "ENOENT";
  }
  const { number, owner } = await lastOwner(folder);
  return number > 0 && (owner === undefined || isOwn(owner));
}

function isOwn(owner: ProcessIdentity | undefined): boolean {
  return owner !== undefined && isSameProcess(owner, ownIdentity());
}

function taken(owner: ProcessIdentity, what: string): ReturnType<typeof failure> {
  const isHere = isProcessAlive(owner) !== undefined;
  const wait =
    what === "the run" ? "watch it with skein log -f, or end it with skein cancel" : "wait for it";
  return failure("busy", `another process is at work on ${what} (${owner.pid})`, {
    hint: isHere
      ? wait
      : `it is in another container or on another machine; if it is gone, wait for ${silentMs / 1_000} seconds`,
  });
}

async function isAlive(owner: ProcessIdentity, file: string): Promise<boolean> {
  return isProcessAlive(owner) ?? (await silenceOf(file)) < silentMs;
}

/** Milliseconds since a file was touched, by the clock of its own disk: two machines rarely agree on the time. */
async function silenceOf(file: string): Promise<number> {
  const now = await mkdtemp(`${file}.now-`);
  try {
    return (await stat(now)).mtimeMs - (await stat(file)).mtimeMs;
  } finally {
    await rm(now, { recursive: true, force: true });
  }
}

/** Gives what ends it. */
function touchWhileAlive(file: string): () => void {
  const touch = (): void => {
    const now = new Date();
    // Without its file nobody is kept from the run any more; with it on a full or lost disk neither can be told.
    void utimes(file, now, now).catch(() => undefined);
  };
  const timer = setInterval(touch, touchMs).unref();
  return () => clearInterval(timer);
}

async function lastOwner(runFolder: string): Promise<{
  readonly number: number;
  readonly file: string;
  readonly owner: ProcessIdentity | undefined;
}> {
  const number = Math.max(0, ...(await ownerNumbers(runFolder)));
  const file = fileOf(runFolder, number);
  return { number, file, owner: await ownerIn(file) };
}

async function ownerNumbers(folder: string): Promise<readonly number[]> {
  const names = await readdir(folder).catch(() => []);
  return names.flatMap((name) => {
    const number = ownerFile.exec(name)?.[1];
    return number === undefined ? [] : [Number(number)];
  });
}

function fileOf(folder: string, number: number): string {
  return join(folder, `owner-${number}.json`);
}

async function ownerIn(file: string): Promise<ProcessIdentity | undefined> {
  const read = processIdentitySchema.safeParse(await readJson(file));
  return read.success ? read.data : undefined;
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

/** Missing, unreadable, no JSON: all the same to the caller. */
async function readJson(file: string): Promise<unknown> {
  return parseJson(await readFile(file, "utf8").catch(() => ""));
}
