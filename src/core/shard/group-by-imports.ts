import type { ShardBounds } from "./bound-shards.ts";
import { cut } from "./cut.ts";
import type { ImportGraph } from "./import-graph.ts";
import { inDependencyOrder } from "./in-order.ts";
import { byName, type Shard } from "./shard.ts";

/**
 * Files that import each other stay together, and what is imported comes before what imports it: that order is cut into
 * parts that fit. A circle that is larger than a shard is cut as well: there is no other way.
 */
export function groupByImports(
  graph: ImportGraph,
  { maxFiles, minFiles = 1 }: Pick<ShardBounds, "maxFiles"> & Partial<ShardBounds>,
): readonly Shard[] {
  const pieces = inDependencyOrder(graph).flatMap((circle) =>
    Array.from({ length: Math.ceil(circle.length / maxFiles) }, (_, at) => {
      const files = circle.slice(at * maxFiles, (at + 1) * maxFiles);
      return { name: files[0] ?? "", size: files.length, files };
    }),
  );
  const least = Math.max(minFiles, Math.floor(maxFiles / 3));
  return cut(pieces, { max: maxFiles, least }).map((part) => {
    const files = part.flatMap((piece) => piece.files);
    return { name: `from ${files[0] ?? ""}`, files: files.toSorted(byName) };
  });
}
