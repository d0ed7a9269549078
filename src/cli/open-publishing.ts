import { join } from "node:path";

import pLimit from "p-limit";

import type { HostTurns } from "../adapters/host-turns.ts";
import { createBranches } from "../adapters/publish/branches.ts";
import { branchesInTurn, pullsInTurn } from "../adapters/publish/in-host-turns.ts";
import { openPublishRecord } from "../adapters/publish/publish-record.ts";
import { createPullRequests } from "../adapters/publish/pull-requests.ts";
import { placeOfCheckout } from "../adapters/publish/push-store.ts";
import { systemClock } from "../adapters/system-clock.ts";
import { createCap } from "../app/publish/cap.ts";
import type { Publishing } from "../app/publish/publish-ports.ts";
import type { PublishRecord } from "../ports/publishing.ts";

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
  /** Without that nothing is published, and the record is neither opened nor made. */
  readonly publishes: boolean;
  /** Shared with whoever else reaches those hosts. */
  readonly turnAt: HostTurns;
  readonly signal: AbortSignal;
}): Promise<Publishing & AsyncDisposable> {
  const file = join(at.runsIn, ".skein", "runs", "published.jsonl");
  const record = at.publishes ? await openPublishRecord(file) : noRecord;
  const retry = { clock: systemClock, ...again, signal: at.signal };
  const limit = pLimit(1);
  const pulls = pullsInTurn(createPullRequests(retry), at.turnAt);
  const ports = { pulls, record, clock: systemClock };
  return {
    ...ports,
    branches: branchesInTurn(createBranches(retry), at.turnAt),
    isFull: createCap(ports),
    inTurn: (work) => limit(work),
    place: () => placeOfCheckout(at.checkout, join(at.worktreesDir, "push")),
    [Symbol.asyncDispose]: () => record[Symbol.asyncDispose](),
  };
}

const noRecord: PublishRecord & AsyncDisposable = {
  entries: () => [],
  append: () => Promise.reject(new Error("Internal error: a run that publishes nothing noted it")),
  [Symbol.asyncDispose]: () => Promise.resolve(),
};
