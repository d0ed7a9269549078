import type { PreparedCall, ToolEffect } from "./tool.ts";

/** A call as far as its order matters. */
export interface OrderedCall {
  /** Of an unknown tool, or with input that was not understood: it does nothing. */
  readonly effect: ToolEffect;
  readonly lane: PreparedCall["lane"];
}

/**
 * Calls of one reply as groups that run one after the other. What only looks is never beside what changes; writing
 * calls that say what they change are a group, any other call stands alone.
 */
export function inGroups<Call extends OrderedCall>(
  calls: readonly Call[],
): readonly (readonly Call[])[] {
  const groups: Call[][] = [];
  let open: string | undefined;
  for (const call of calls) {
    const kind = kindOf(call);
    const last = groups.at(-1);
    if (last !== undefined && kind !== "alone" && kind === open) last.push(call);
    else groups.push([call]);
    open = kind;
  }
  return groups;
}

function kindOf({ effect, lane }: OrderedCall): "looks" | "changes" | "alone" {
  if (effect === "reads") return "looks";
  return effect === "writes" && lane !== undefined ? "changes" : "alone";
}

/**
 * A group as lanes: calls of one lane go one after the other in their order, lanes side by side. A call without a lane
 * is a lane of its own.
 */
export async function inLanes<Call extends OrderedCall>(
  group: readonly Call[],
): Promise<readonly (readonly Call[])[]> {
  // A lane that cannot be told is one of its own: the call itself will say what is wrong.
  const names = await Promise.all(group.map(async (call) => call.lane?.().catch(() => undefined)));
  const lanes = new Map<string | Call, Call[]>();
  for (const [index, call] of group.entries()) {
    const key = names[index] ?? call;
    const lane = lanes.get(key);
    if (lane === undefined) lanes.set(key, [call]);
    else lane.push(call);
  }
  return [...lanes.values()];
}
