import { hash } from "node:crypto";

import * as z from "zod";

const ms = z.number().min(0).max(3_600_000);
const where = {
  /** Counts requests from 1: all of them, or those whose first user message contains `when`. */
  at: z.int().min(1).optional(),
  /** Instead of `at`: the share of requests that it strikes, by chance, the same ones each time. */
  share: z.number().gt(0).max(1).optional(),
  when: z.string().min(1).optional(),
};

const fault = z.discriminatedUnion("fault", [
  // Answers that are no answer.
  z.strictObject({
    ...where,
    fault: z.literal("rate-limit"),
    retryAfter: z.number().min(0).optional(),
  }),
  z.strictObject({ ...where, fault: z.literal("overloaded") }),
  z.strictObject({ ...where, fault: z.literal("server-error") }),
  z.strictObject({ ...where, fault: z.literal("too-large") }),
  // Strikes, and counts, only requests for a summary.
  z.strictObject({ ...where, fault: z.literal("compaction-unavailable") }),
  // Answers that go wrong on the way. `duplicate-start` and `error-event` leave an unstreamed answer alone.
  z.strictObject({ ...where, fault: z.literal("cut"), byte: z.int().min(0) }),
  z.strictObject({ ...where, fault: z.literal("stall"), ms }),
  z.strictObject({ ...where, fault: z.literal("slow-first-byte"), ms }),
  z.strictObject({ ...where, fault: z.literal("split-utf8") }),
  z.strictObject({ ...where, fault: z.literal("duplicate-start") }),
  z.strictObject({ ...where, fault: z.literal("error-event") }),
  z.strictObject({ ...where, fault: z.literal("garbled") }),
]);

/** What shall go wrong, and when. An entry with `at` strikes once. */
export const faultPlan = z.array(
  fault.refine((one) => (one.at === undefined) !== (one.share === undefined), {
    message: "one of at and share",
  }),
);

export type Fault = z.output<typeof fault>;

/** The fault that strikes the next request, given its first user message and what it asks for. */
export type NextFault = (
  firstUserText: string,
  of: { readonly asksSummary: boolean },
) => Fault | undefined;

/** Counts requests against a plan. When two entries name the same request, the first one strikes. */
export function createFaultPlan(plan: readonly Fault[]): NextFault {
  const counts = plan.map(() => 0);
  return (firstUserText, { asksSummary }) => {
    let strikes: Fault | undefined;
    for (const [index, entry] of plan.entries()) {
      if (entry.when !== undefined && !firstUserText.includes(entry.when)) continue;
      if (entry.fault === "compaction-unavailable" && !asksSummary) continue;
      const count = (counts[index] ?? 0) + 1;
      counts[index] = count;
      if (isStruck(entry, { index, count })) strikes ??= entry;
    }
    return strikes;
  };
}

function isStruck(
  { at, share }: Fault,
  { index, count }: { readonly index: number; readonly count: number },
): boolean {
  if (share === undefined) return count === at;
  const drawn = hash("sha256", `fault ${index} ${count}`, "buffer").readUInt32BE(0);
  return drawn / 2 ** 32 < share;
}
