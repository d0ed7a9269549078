import { readFileSync, readlinkSync } from "node:fs";

import { z } from "zod";

/** Tells a process from every other one, also after a restart of the machine and from inside a container. */
export const processIdentitySchema = z.strictObject({
  pid: z.int().positive(),
  /** In clock ticks since the machine started; "unknown" where nobody tells. */
  startedAt: z.string(),
  /** Of the running kernel. */
  boot: z.string().exactOptional(),
  /** Numbers of processes mean nothing outside of it. */
  pidSpace: z.string().exactOptional(),
});
export type ProcessIdentity = z.output<typeof processIdentitySchema>;

export function ownIdentity(): ProcessIdentity {
  const boot = tried(() => readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim());
  const pidSpace = tried(() => readlinkSync("/proc/self/ns/pid"));
  return {
    pid: process.pid,
    startedAt: startOf(process.pid) ?? "unknown",
    ...(boot === undefined ? {} : { boot }),
    ...(pidSpace === undefined ? {} : { pidSpace }),
  };
}

export function isSameProcess(a: ProcessIdentity, b: ProcessIdentity): boolean {
  return (
    a.pid === b.pid && a.startedAt === b.startedAt && a.boot === b.boot && a.pidSpace === b.pidSpace
  );
}

/** Undefined: it is of another machine, another start of this one, or another container; from here nobody can tell. */
export function isProcessAlive(one: ProcessIdentity): boolean | undefined {
  const own = ownIdentity();
  const isOurs =
    (one.boot ?? own.boot) === own.boot && (one.pidSpace ?? own.pidSpace) === own.pidSpace;
  if (!isOurs) return undefined;
  const started = startOf(one.pid);
  return started === undefined
    ? exists(one.pid) && one.startedAt === "unknown"
    : started === one.startedAt;
}

/** Field 22 of /proc/<pid>/stat, behind the program's name, which may hold anything. Undefined where there is none. */
function startOf(pid: number): string | undefined {
  const stat = tried(() => readFileSync(`/proc/${pid}/stat`, "utf8"));
  const [state, ...rest] = stat?.slice(stat.lastIndexOf(")") + 2).split(" ") ?? [];
  // A zombie has ended; only its parent has not looked yet.
  return state === "Z" ? undefined : rest[18];
}

function exists(pid: number): boolean {
  return tried(() => process.kill(pid, 0)) === true;
}

/** Undefined where there is no such thing. */
function tried<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch {
    return undefined;
  }
}
