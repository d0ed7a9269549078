import pLimit from "p-limit";

import { isOpenPull } from "../../core/publish/pull-standing.ts";
import type { Failure } from "../../model/failure.ts";
import type { PullStanding } from "../../model/pull-standing.ts";
import type { Result } from "../../model/result.ts";
import { noteStanding } from "./note-standing.ts";
import type { PublishPorts } from "./publish-ports.ts";

/** A pull request that a run opened, or found open. */
export interface RunPull {
  readonly unit: string;
  readonly branch: string;
  readonly url: string;
}

/** What its server says of it now, or why that is not known. */
export type FollowedPull = RunPull &
  ({ readonly standing: PullStanding } | { readonly failure: Failure });

type FollowUpPorts = Pick<PublishPorts, "pulls" | "clock"> & {
  readonly record: Pick<PublishPorts["record"], "entries" | "append">;
};

/** Servers answer slowly and dislike storms. */
const callsAtOnce = 4;

/** Asks how all stand, in their order. How they stand is noted, for reports. */
export async function refreshPulls(
  ports: FollowUpPorts,
  run: string,
  pulls: readonly RunPull[],
): Promise<readonly FollowedPull[]> {
  return inOrder(pulls, async (pull) => {
    const standing = await ports.pulls.standing(pull.url);
    if (standing.ok) await noteStanding(ports, run, { ...pull, standing: standing.value });
    return told(pull, standing);
  });
}

/** Closes those that are open; what somebody merged or closed is left as it is. One that cannot be closed stops no other. */
export async function closePulls(
  ports: FollowUpPorts,
  run: string,
  pulls: readonly RunPull[],
): Promise<readonly (FollowedPull & { readonly closedNow: boolean })[]> {
  return inOrder(pulls, async (pull) => {
    const standing = await ports.pulls.standing(pull.url);
    if (!standing.ok || !isOpenPull(standing.value)) {
      if (standing.ok) await noteStanding(ports, run, { ...pull, standing: standing.value });
      return { ...told(pull, standing), closedNow: false };
    }
    const closed = await ports.pulls.close(pull.url);
    if (!closed.ok) return { ...pull, failure: closed.error, closedNow: false };
    const after = { ...standing.value, state: "closed" } as const;
    await noteStanding(ports, run, { ...pull, standing: after });
    return { ...pull, standing: after, closedNow: true };
  });
}

function told(pull: RunPull, standing: Result<PullStanding>): FollowedPull {
  return standing.ok ? { ...pull, standing: standing.value } : { ...pull, failure: standing.error };
}

function inOrder<T>(
  pulls: readonly RunPull[],
  one: (pull: RunPull) => Promise<T>,
): Promise<readonly T[]> {
  const limit = pLimit(callsAtOnce);
  return Promise.all(pulls.map((pull) => limit(() => one(pull))));
}
