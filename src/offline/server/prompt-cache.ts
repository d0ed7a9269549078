import type { Position, Prompt } from "./prompt.ts";
import type { Ttl } from "./request-shape.ts";

/** Tokens of one request by how the cache served them. They sum to the prompt's tokens. */
export interface CacheUse {
  readonly read: number;
  readonly written5m: number;
  readonly written1h: number;
  readonly uncached: number;
}

export interface CacheLookup {
  readonly use: CacheUse;
  /**
   * Makes this request's prefixes readable. To be called when the first byte of the answer goes out. Gives the tokens
   * that it wrote though another request had written them since it started: a stampede.
   */
  readonly commit: () => number;
}

type Cacheable = Pick<Prompt, "positions" | "tokens">;

export interface PromptCache {
  /** `scope` is the workspace and the model; `now` the start of the request, from which lifetimes run. */
  lookUp(
    prompt: Cacheable,
    options: { scope: string; minTokens: number; now: number },
  ): CacheLookup;
}

interface Entry {
  readonly ttl: Ttl;
  readonly expires: number;
}

const lifetime: Readonly<Record<Ttl, number>> = { "5m": 300_000, "1h": 3_600_000 };
/** How many positions, the breakpoint's own included, are tried for an earlier entry. */
const lookback = 20;
/** Expired entries are dropped whenever this many more have been written. */
const sweepEvery = 4096;

/** A prompt cache as the API documents it: written at breakpoints only, found by looking back from breakpoints. */
export function createPromptCache(): PromptCache {
  const entries = new Map<string, Entry>();
  let sweepAt = sweepEvery;

  const sweep = (now: number): void => {
    for (const [key, entry] of entries) if (entry.expires <= now) entries.delete(key);
    sweepAt = entries.size + sweepEvery;
  };

  return {
    lookUp(prompt, { scope, minTokens, now }) {
      const nameOf = (position: Position): string => `${scope} ${position.key}`;
      const live = (position: Position): Entry | undefined => {
        const entry = entries.get(nameOf(position));
        return entry !== undefined && entry.expires > now ? entry : undefined;
      };
      const hit = findHit(prompt.positions, (position) => live(position) !== undefined);
      const writes = prompt.positions.filter(
        (position, index) =>
          position.breakpoint !== undefined && position.tokens >= minTokens && index > hit,
      );
      const found = prompt.positions[hit];
      return {
        use: account(prompt, found, writes),
        commit: () => {
          if (found !== undefined) {
            const ttl = live(found)?.ttl ?? "5m";
            entries.set(nameOf(found), { ttl, expires: now + lifetime[ttl] });
          }
          const twice = writes.findLast((position) => live(position) !== undefined);
          for (const position of writes) {
            const ttl = position.breakpoint ?? "5m";
            entries.set(nameOf(position), { ttl, expires: now + lifetime[ttl] });
          }
          if (entries.size > sweepAt) sweep(now);
          return twice === undefined ? 0 : twice.tokens - (found?.tokens ?? 0);
        },
      };
    },
  };
}

/** The index of the longest cached prefix that some breakpoint can see; -1 when there is none. */
function findHit(
  positions: readonly Position[],
  isCached: (position: Position) => boolean,
): number {
  for (let at = positions.length - 1; at >= 0; at -= 1) {
    if (positions[at]?.breakpoint === undefined) continue;
    for (let back = at; back >= 0 && back > at - lookback; back -= 1) {
      const position = positions[back];
      if (position !== undefined && isCached(position)) return back;
    }
  }
  return -1;
}

function account(
  prompt: Cacheable,
  found: Position | undefined,
  writes: readonly Position[],
): CacheUse {
  const read = found?.tokens ?? 0;
  let covered = read;
  const written = { "5m": 0, "1h": 0 };
  for (const { tokens, breakpoint } of writes) {
    written[breakpoint ?? "5m"] += tokens - covered;
    covered = tokens;
  }
  return {
    read,
    written5m: written["5m"],
    written1h: written["1h"],
    uncached: prompt.tokens - covered,
  };
}
