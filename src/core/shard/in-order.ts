import type { ImportGraph } from "./import-graph.ts";
import { byName, type Shard } from "./shard.ts";

/** Sets of files that import each other in a circle, alone ones among them; what is imported comes first. */
export function inDependencyOrder(graph: ImportGraph): readonly (readonly string[])[] {
  // Tarjan's algorithm, with a stack of our own: chains of imports may be thousands long.
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const open: string[] = [];
  const isOpen = new Set<string>();
  const found: string[][] = [];
  const enter = (file: string): Visit => {
    index.set(file, index.size);
    low.set(file, index.get(file) ?? 0);
    open.push(file);
    isOpen.add(file);
    return { file, rest: [...(graph.get(file) ?? [])].toSorted(byName).toReversed() };
  };
  const lower = (file: string, to: number): void => {
    low.set(file, Math.min(low.get(file) ?? 0, to));
  };
  const leave = (file: string, above: string | undefined): void => {
    if (above !== undefined) lower(above, low.get(file) ?? 0);
    if (low.get(file) !== index.get(file)) return;
    const circle = open.splice(open.indexOf(file));
    for (const one of circle) isOpen.delete(one);
    found.push(circle.toSorted(byName));
  };
  for (const start of [...graph.keys()].toSorted(byName)) {
    if (index.has(start)) continue;
    const path = [enter(start)];
    for (let visit = path.at(-1); visit !== undefined; visit = path.at(-1)) {
      const next = visit.rest.pop();
      if (next === undefined) {
        path.pop();
        leave(visit.file, path.at(-1)?.file);
      } else if (!index.has(next)) path.push(enter(next));
      else if (isOpen.has(next)) lower(visit.file, index.get(next) ?? 0);
    }
  }
  return found;
}

interface Visit {
  readonly file: string;
  /** What it imports and has not been looked at, the last first. */
  readonly rest: string[];
}

/** Shards in the order of their imports: one comes behind those that it imports from, as far as they form no circle. */
export function orderShards(shards: readonly Shard[], graph: ImportGraph): readonly Shard[] {
  const shardOf = new Map(
    shards.flatMap((shard) => shard.files.map((file) => [file, shard.name] as const)),
  );
  const between = new Map(
    shards.map(({ name, files }) => {
      const imported = files.flatMap((file) => [...(graph.get(file) ?? [])]);
      const names = imported.flatMap((file) => shardOf.get(file) ?? []);
      return [name, new Set(names.filter((one) => one !== name))];
    }),
  );
  const order = inDependencyOrder(between).flat();
  const place = new Map(order.map((name, at) => [name, at]));
  return shards.toSorted((a, b) => (place.get(a.name) ?? 0) - (place.get(b.name) ?? 0));
}
