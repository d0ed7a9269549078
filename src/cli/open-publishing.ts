import { join } from "node:path";

import pLimit from "p-limit";

import { createBranches } from "../adapters/publish/branches.ts";
import { openPublishRecord } from "../adapters/publish/publish-record.ts";
import { createPullRequests } from "../adapters/publish/pull-requests.ts";
import { placeOfCheckout } from "../adapters/publish/push-store.ts";
import { systemClock } from "../adapters/system-clock.ts";
import type { Publishing } from "../app/publish/publish-ports.ts";

/** Attempts after the first, of what may pass; the waits double. */
const again = { max: 3, backoffMs: 2_000 };

/** Publishing of a run: into the record of the place that it was started in. */
export async function openPublishing(at: {
  /** The folder that holds `.skein`. */
  readonly runsIn: string;
  /** The run's own repository. */
  readonly checkout: { readonly repo: string; readonly commonDir: string };
  /** Folder of the run's own that is gone when it ends. */
  readonly worktreesDir: string;
  readonly signal: AbortSignal;
}): Promise<Publishing & AsyncDisposable> {
  const record = await openPublishRecord(join(at.runsIn, ".skein", "runs", "published.jsonl"));
  const retry = { clock: systemClock, ...again, signal: at.signal };
  const limit = pLimit(1);
  return {
    branches: createBranches(retry),
    pulls: createPullRequests(retry),
    record,
    clock: systemClock,
    inTurn: (work) => limit(work),
    place: () => placeOfCheckout(at.checkout, join(at.worktreesDir, "push")),
    [Symbol.asyncDispose]: () => record[Symbol.asyncDispose](),
  };
}
