/** A mirror as far as it matters for whether it stays. */
export interface KnownMirror {
  readonly slug: string;
  readonly bytes: number;
  /** Milliseconds since the epoch. */
  readonly usedAt: number;
  /** A run has worktrees of it, or is fetching it. */
  readonly isInUse: boolean;
}

/**
 * Which mirrors go: those unused for longer than `idleMs`; and of the others, as long as all together have more than
 * `bytesMax`, those that were used longest ago. None that is in use.
 */
export function mirrorsToDrop(
  mirrors: readonly KnownMirror[],
  limits: { readonly now: number; readonly idleMs: number; readonly bytesMax: number },
): readonly string[] {
  const free = mirrors.filter(({ isInUse }) => !isInUse);
  const old = free.filter(({ usedAt }) => limits.now - usedAt > limits.idleMs);
  const rest = free.filter((mirror) => !old.includes(mirror));
  const oldestFirst = rest.toSorted((a, b) => a.usedAt - b.usedAt);
  let bytes = mirrors.reduce((sum, one) => sum + one.bytes, 0);
  for (const one of old) bytes -= one.bytes;
  const dropped = old.map(({ slug }) => slug);
  for (const one of oldestFirst) {
    if (bytes <= limits.bytesMax) break;
    bytes -= one.bytes;
    dropped.push(one.slug);
  }
  return dropped;
}
