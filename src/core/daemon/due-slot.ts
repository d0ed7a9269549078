import type { Schedule } from "../../model/schedule.ts";
import { hashOf } from "../hash-of.ts";
import type { CronSlots } from "./cron-slots.ts";

/** Later than this a time counts as missed: there was nobody, or no daemon, that could have begun it. */
const missedMs = 3_600_000;
/** Of times that are each made up, how far back. */
const madeUpMs = 7 * 86_400_000;

export interface DueSlot {
  /** The time it is for, which is also its name: ISO 8601 in UTC. */
  readonly slot: string;
}

/** Which time of a schedule is to be worked off now; or when it is worth to look again (undefined: never). */
export function dueSlot(
  { missed, jitterMs }: Pick<Schedule, "missed" | "jitterMs">,
  {
    name,
    slots,
    after,
    now,
  }: {
    readonly name: string;
    readonly slots: CronSlots;
    /** Nothing up to here is due: it was worked off, or the schedule was not there yet. */
    readonly after: number;
    readonly now: number;
  },
): DueSlot | { readonly nextAt: number | undefined } {
  const beginsAt = (slot: number): number =>
    // The same time of a schedule has the same jitter, however often it is asked for.
    slot + (jitterMs === 0 ? 0 : hashOf(`${name} ${slot}`) % jitterMs);
  const found = missed === "run-once" ? oldest() : newest();
  if (found !== undefined) return { slot: slotName(found) };
  const [waits, next] = [slots.last(after, now), slots.next(now)];
  const ahead = [waits, next]
    .flatMap((slot) => (slot === undefined ? [] : [beginsAt(slot)]))
    .filter((at) => at > now);
  return { nextAt: ahead.length === 0 ? undefined : Math.min(...ahead) };

  function oldest(): number | undefined {
    const slot = slots.first(Math.max(after, now - madeUpMs), now);
    return slot !== undefined && beginsAt(slot) <= now ? slot : undefined;
  }

  /** Of many that came meanwhile the last one whose time to begin has come. */
  function newest(): number | undefined {
    let slot = slots.last(after, now);
    while (slot !== undefined && beginsAt(slot) > now) slot = slots.last(after, slot - 1);
    const isLate = slot !== undefined && now - beginsAt(slot) > missedMs;
    return missed === "skip" && isLate ? undefined : slot;
  }
}

export function slotName(slot: number): string {
  return new Date(slot).toISOString();
}

/** The moment that a slot's name says; undefined for another slot's, such as one begun by hand. */
export function slotTime(name: string): number | undefined {
  const at = Date.parse(name);
  return Number.isNaN(at) || slotName(at) !== name ? undefined : at;
}
