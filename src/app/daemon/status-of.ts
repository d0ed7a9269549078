import { idleGate } from "../../core/daemon/gates.ts";
import { heldBack, isBreakerOpen } from "../../core/daemon/record.ts";
import type { DaemonAnswer, DaemonRecord } from "../../model/daemon.ts";
import type { DaemonWorld } from "../../ports/daemon-world.ts";
import { jobStandings } from "./standing-of.ts";

type Status = Extract<DaemonAnswer, { readonly kind: "status" }>;

interface Now {
  readonly record: DaemonRecord;
  /** So long nobody was there, in milliseconds. */
  readonly idleMs: number;
  readonly isStopping: boolean;
}

/** What a daemon is at, and how each job stands, looked at there and then. */
export async function statusOf(world: DaemonWorld, now: Now): Promise<Status> {
  const { record, idleMs } = now;
  const jobs = [...(await jobStandings(world, record))];
  const idle = idleGate(idleMs, world.config);
  const held = record.running === undefined ? (heldBack(record, world.now()) ?? idle) : undefined;
  return {
    kind: "status",
    pid: world.pid,
    phase: phaseOf(now, { now: world.now(), isIdle: idle === undefined }),
    idleMs,
    jobs,
    ...(held === undefined ? {} : { held }),
  };
}

function phaseOf(
  { record, isStopping }: Now,
  { now, isIdle }: { readonly now: number; readonly isIdle: boolean },
): Status["phase"] {
  if (isStopping) return "stopping";
  if (record.running !== undefined) return "working";
  if (record.isPaused) return "paused";
  if (isBreakerOpen(record, now)) return "breaker-open";
  return isIdle ? "idle" : "active";
}
