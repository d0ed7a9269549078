import { DatabaseSync } from "node:sqlite";

import { failure } from "../model/failure.ts";
import { err, ok, type Result } from "../model/result.ts";
import type { Clock } from "../ports/clock.ts";

/** How often a waiting process looks, in milliseconds. */
const lookEveryMs = 100;
const sqliteBusy = 5;

/**
 * Holds a lock that one process on the machine has at a time, until it is disposed. SQLite takes it from the operating
 * system, on whatever platform: when its holder is killed it is free at once, so that none is ever stale.
 */
export async function lockFile(
  path: string,
  { clock, signal }: { readonly clock: Pick<Clock, "sleep">; readonly signal: AbortSignal },
): Promise<Result<Disposable>> {
  for (;;) {
    const taken = tryLock(path);
    if (!taken.ok) return taken;
    if (taken.value !== undefined) return ok(taken.value);
    await clock.sleep(lookEveryMs, signal);
    if (signal.aborted) return err(failure("cancelled", `stopped while waiting for ${path}`));
  }
}

/** The lock, if nobody has it. */
export function tryLock(path: string): Result<Disposable | undefined> {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(path);
    const held = database;
    held.exec("PRAGMA busy_timeout = 0; BEGIN EXCLUSIVE");
    return ok({ [Symbol.dispose]: () => held.close() });
  } catch (error) {
    database?.close();
    const { errcode, message } = error as Error & { readonly errcode?: number };
    if (errcode === sqliteBusy) return ok(undefined);
    return err(
      failure("io", `${path} cannot be locked: ${message}`, {
        hint: "see that the folder is yours to write",
      }),
    );
  }
}
