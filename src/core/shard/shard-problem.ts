import type { Shard } from "./shard.ts";

/** Why shards are not a division of the files; undefined when every file is in exactly one. */
export function shardProblem(
  shards: readonly Shard[],
  files: readonly string[],
): string | undefined {
  const wanted = new Set(files);
  const seen = new Map<string, string>();
  for (const shard of shards) {
    if (shard.files.length === 0) return `${shard.name} has no files`;
    for (const file of shard.files) {
      if (!wanted.has(file)) return `${file} in ${shard.name} is none of the task's files`;
      const other = seen.get(file);
      if (other !== undefined) return `${file} is in ${other} and in ${shard.name}`;
      seen.set(file, shard.name);
    }
  }
  const left = files.find((file) => !seen.has(file));
  return left === undefined ? undefined : `${left} is in no shard`;
}
