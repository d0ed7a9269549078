import { dirname, join } from "node:path";

import { openPublishRecord } from "../adapters/publish/publish-record.ts";
import { createPullRequests } from "../adapters/publish/pull-requests.ts";
import { systemClock } from "../adapters/system-clock.ts";
import type { RunPull } from "../app/publish/follow-up.ts";
import { publishedOf, sharesIn } from "../core/report/publish-rows.ts";
import type { PublishRecord, PullRequests } from "../ports/publishing.ts";
import type { OpenedRun } from "./open-run.ts";

/** Attempts after the first, of what may pass; the waits double. */
const again = { max: 2, backoffMs: 2_000 };

export interface FollowUp extends AsyncDisposable {
  readonly pulls: PullRequests;
  readonly record: PublishRecord;
  readonly clock: typeof systemClock;
}

/** What a run that was published is followed up with, in the record that it was published in. */
export async function openFollowUp({ folder }: Pick<OpenedRun, "folder">): Promise<FollowUp> {
  const record = await openPublishRecord(join(dirname(folder), "published.jsonl"));
  const retry = { clock: systemClock, ...again, signal: new AbortController().signal };
  return {
    pulls: createPullRequests(retry),
    record,
    clock: systemClock,
    [Symbol.asyncDispose]: () => record[Symbol.asyncDispose](),
  };
}

/** The pull requests of a run, in the order of its journal. */
export function pullsOf({ entries }: Pick<OpenedRun, "entries">): readonly RunPull[] {
  return [...publishedOf(entries.map(({ event }) => event))].flatMap(([unit, publish]) =>
    sharesIn(publish).flatMap(({ branch, pr }) =>
      pr === undefined ? [] : [{ unit, branch, url: pr }],
    ),
  );
}
