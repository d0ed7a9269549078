import type { ShardBounds } from "./bound-shards.ts";
import type { ImportGraph } from "./import-graph.ts";
import { inDependencyOrder } from "./in-order.ts";
import { byName, type Shard } from "./shard.ts";

/**
 * Files that import each other stay together, and what is imported comes before what imports it: the order is cut where
 * a shard is full. A circle that is larger than a shard is cut as well: there is no other way.
 */
export function groupByImports(
  graph: ImportGraph,
  { maxFiles }: Pick<ShardBounds, "maxFiles">,
): readonly Shard[] {
  const shards: string[][] = [[]];
  for (const circle of inDependencyOrder(graph)) {
    for (let from = 0; from < circle.length; from += maxFiles) {
      const part = circle.slice(from, from + maxFiles);
      const last = shards.at(-1) ?? [];
      if (last.length + part.length > maxFiles) shards.push([...part]);
      else last.push(...part);
    }
  }
  return shards
    .filter((files) => files.length > 0)
    .map((files, at) => ({
      name: `${at + 1} from ${files[0] ?? ""}`,
      files: files.toSorted(byName),
    }));
}
