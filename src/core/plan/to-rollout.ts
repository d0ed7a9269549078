import type { TaskFile } from "../../model/plan-file.ts";
import type { Rollout, RolloutShare } from "../../model/plan.ts";

type RolloutFile = NonNullable<TaskFile["rollout"]>;

export function toRollout(file: RolloutFile): Rollout {
  const { canary, pick = [], require = "all", promote = "auto", batch } = file;
  const { "max-failure-rate": maxFailureRate } = file;
  return {
    canary,
    pick,
    require: shareOf(require) ?? { part: 1, of: 1 },
    promote,
    ...(batch === undefined ? {} : { batch }),
    ...(maxFailureRate === undefined ? {} : { maxFailureRate }),
  };
}

/** `all`, a count, `2/3` or `60%`; undefined for anything else. */
export function shareOf(written: string | number): RolloutShare | undefined {
  const text = String(written);
  if (text === "all") return { part: 1, of: 1 };
  if (/^\d+$/.test(text)) return { count: Number(text) };
  const [, part, of] = /^(\d+)\/([1-9]\d*)$/.exec(text) ?? [];
  if (part !== undefined && Number(part) <= Number(of))
    return { part: Number(part), of: Number(of) };
  const percent = /^(100|[1-9]?\d)%$/.exec(text)?.[1];
  return percent === undefined ? undefined : { part: Number(percent), of: 100 };
}
