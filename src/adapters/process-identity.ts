import { readFileSync, readlinkSync } from "node:fs";

import type { ProcessIdentity } from "../model/process-identity.ts";

/** This process. */
export function ownIdentity(): ProcessIdentity {
  return identityOf(process.pid, startOf(process.pid) ?? "unknown");
}

/** A process of this machine, whoever started it; undefined: it has ended. */
export function childIdentity(pid: number): ProcessIdentity | undefined {
  const startedAt = startOf(pid);
  return startedAt === undefined ? undefined : identityOf(pid, startedAt);
}

function identityOf(pid: number, startedAt: string): ProcessIdentity {
  const boot = tried(() => readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim());
  const pidSpace = tried(() => readlinkSync("/proc/self/ns/pid"));
  return {
    pid,
    startedAt,
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
