/** What one stretch of work cost. */
export interface Cost {
  readonly wallMs: number;
  /** User and system time of this process, all threads; children are not in it. */
  readonly cpuMs: number;
  /** Share of the time the main thread's event loop was busy, 0 to 1. */
  readonly loop: number;
}

export async function costOf(work: () => Promise<unknown>): Promise<Cost> {
  const loop = performance.eventLoopUtilization();
  const cpu = process.cpuUsage();
  const start = performance.now();
  await work();
  const wallMs = performance.now() - start;
  const { user, system } = process.cpuUsage(cpu);
  return {
    wallMs,
    cpuMs: (user + system) / 1_000,
    loop: performance.eventLoopUtilization(loop).utilization,
  };
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/**
 * Runs every variant once per round, the order turned by one each time, so that a noisy minute or a warm cache does
 * not favour one of them. Gives the costs of each variant, without the first round.
 */
export async function interleaved<Name extends string>(
  variants: Readonly<Record<Name, () => Promise<Cost>>>,
  rounds: number,
): Promise<Readonly<Record<Name, readonly Cost[]>>> {
  const names = Object.keys(variants) as Name[];
  const costs = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<
    Name,
    Cost[]
  >;
  for (let round = 0; round <= rounds; round += 1) {
    for (const index of names.keys()) {
      const name = names[(index + round) % names.length];
      if (name === undefined) throw new Error("Internal error: the index is within the names");
      const cost = await variants[name]();
      if (round > 0) costs[name].push(cost);
    }
  }
  return costs;
}
