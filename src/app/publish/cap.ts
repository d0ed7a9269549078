import { openOnes } from "../../core/publish/published-before.ts";
import { ok, type Result } from "../../model/result.ts";
import { noteStanding } from "./note-standing.ts";
import type { PublishOptions, PublishPorts } from "./publish-ports.ts";

/** How long it is believed that the cap is reached, in milliseconds; a plan with a rate opens none sooner than that allows. */
const believedMs = 10 * 60_000;

/**
 * Whether a plan may have no more pull requests open. Only when the record says so, the servers are asked which of them have
 * been closed since; what they said is believed for a while, so that hundreds of units that wait do not ask hundreds of times.
 */
export function createCap({
  pulls,
  record,
  clock,
}: Pick<PublishPorts, "pulls" | "record" | "clock">): PublishPorts["isFull"] {
  const fullUntil = new Map<string, number>();
  return async ({ wish, plan, run }: PublishOptions): Promise<Result<boolean>> => {
    const { maxOpen, rate } = wish;
    if (maxOpen === undefined) return ok(false);
    const isFull = (): boolean => openOnes(record.entries(), plan).length >= maxOpen;
    if (isFull() && clock.now() < (fullUntil.get(plan) ?? 0)) return ok(true);
    for (const { url } of openOnes(record.entries(), plan)) {
      if (!isFull()) return ok(false);
      const standing = await pulls.standing(url);
      if (!standing.ok) return standing;
      await noteStanding({ record, clock }, run, { url, standing: standing.value });
    }
    if (isFull())
      fullUntil.set(plan, clock.now() + Math.min(rate?.perMs ?? believedMs, believedMs));
    return ok(isFull());
  };
}
