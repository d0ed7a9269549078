import { invalid } from "../refusal.ts";
import type { Refusal } from "../refusal.ts";
import type { CountRequest, Ttl } from "../request-shape.ts";
import type { Turn } from "../turns.ts";
import type { Judged } from "./rule.ts";

type CacheControl =
  | { readonly type: "ephemeral"; readonly ttl?: Ttl | undefined }
  | null
  | undefined;

/** At most four breakpoints, the automatic one counted, and those of an hour before those of five minutes. */
export function checkCacheControl({ request, turns }: Judged): Refusal | undefined {
  const explicit = breakpoints(request, turns);
  const last = lastCacheable(turns)?.cache_control;
  const automatic = request.cache_control;
  if (automatic != null && last != null && ttlOf(automatic) !== ttlOf(last)) {
    return invalid(
      "cache_control: the last block already has a cache_control with a different ttl",
    );
  }
  const all = automatic == null || last != null ? explicit : [...explicit, ttlOf(automatic)];
  if (all.length > 4) {
    return invalid(
      `A maximum of 4 blocks with cache_control may be provided. Found ${all.length}.`,
    );
  }
  const firstShort = all.indexOf("5m");
  return firstShort !== -1 && all.includes("1h", firstShort)
    ? invalid(
        "cache_control: a ttl='1h' block must not come after a ttl='5m' block; blocks are processed in the order tools, system, messages",
      )
    : undefined;
}

export function ttlOf(control: NonNullable<CacheControl>): Ttl {
  return control.ttl ?? "5m";
}

/** Where the automatic breakpoint lands: thinking cannot carry one. */
export function lastCacheable(
  turns: readonly Turn[],
): { readonly cache_control?: CacheControl } | undefined {
  for (const turn of turns.toReversed()) {
    for (const { block } of turn.blocks.toReversed()) {
      if (block.type !== "thinking" && block.type !== "redacted_thinking") return block;
    }
  }
  return undefined;
}

function breakpoints(request: CountRequest, turns: readonly Turn[]): readonly Ttl[] {
  const system = Array.isArray(request.system) ? request.system : [];
  const blocks = turns.flatMap((turn) => turn.blocks.map(({ block }) => block));
  const controls: readonly { readonly cache_control?: CacheControl }[] = [
    ...(request.tools ?? []),
    ...system,
    ...blocks.flatMap((block) => [...innerBlocks(block), cacheableOf(block)]),
  ];
  return controls.flatMap(({ cache_control }) =>
    cache_control == null ? [] : [ttlOf(cache_control)],
  );
}

function innerBlocks(
  block: Turn["blocks"][number]["block"],
): readonly { readonly cache_control?: CacheControl }[] {
  return block.type === "tool_result" && Array.isArray(block.content) ? block.content : [];
}

function cacheableOf(block: Turn["blocks"][number]["block"]): {
  readonly cache_control?: CacheControl;
} {
  return block.type === "thinking" || block.type === "redacted_thinking" ? {} : block;
}
