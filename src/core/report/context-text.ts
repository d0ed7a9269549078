import type { AgentEvent, CacheMiss, ContextChange } from "../../model/event.ts";

const words: Readonly<Record<ContextChange, string>> = {
  clear: "cleared old results and folded finished steps",
  compaction: "summed up its context",
  "compaction-failed": "could not sum up its context",
  reset: "folded everything but its last turns",
  overflow: "cleared its context, which the API found too long",
  fallback: "sums up by normal requests from now on",
  signature: "left out old thinking, which the API did not take back",
};

/** One clause about what became of an agent's context. */
export function contextText(event: Extract<AgentEvent, { readonly kind: "context" }>): string {
  const { did, before, after, why, reason } = event;
  const size = before === after ? thousands(before) : `${thousands(before)} to ${thousands(after)}`;
  return `${words[did]}${reason === undefined ? "" : ", as a person asked"} (${size} tokens${why === undefined ? "" : `; ${why}`})`;
}

const whys: Readonly<Record<CacheMiss, string>> = {
  "first-use": "the first to use a prefix",
  rewritten: "after a rewrite",
  expired: "after five minutes of silence",
  unknown: "for no reason known here",
};

/** Why a request missed the cache, as an end of a sentence. */
export function missText(why: CacheMiss): string {
  return whys[why];
}

function thousands(tokens: number): string {
  return tokens < 1_000 ? String(tokens) : `${Math.round(tokens / 1_000)}k`;
}
