import { hashOf } from "../hash-of.ts";
import { folderOf, groupedBy, type Shard } from "./shard.ts";

export interface ShardBounds {
  readonly maxFiles: number;
  readonly minFiles: number;
}

/**
 * Brings groups within their bounds: one that is too large is split along its folders, and where a single folder is too
 * large by a hash of its files' names; those that are too small are put together with their neighbours. So a file that
 * comes or goes changes the shard it is in, and few others. No shard has more than `maxFiles`; one may have fewer than
 * `minFiles` when nothing beside it has room.
 */
export function boundShards(groups: readonly Shard[], bounds: ShardBounds): readonly Shard[] {
  const split = groups.flatMap((group) => splitUp(group, bounds.maxFiles));
  return pool(split, bounds);
}

function splitUp(group: Shard, maxFiles: number): readonly Shard[] {
  if (group.files.length <= maxFiles) return [group];
  const top = commonFolder(group.files);
  const below = groupedBy(group.files, (file) => childOf(top, file));
  if (below.length > 1) return below.flatMap((one) => splitUp(one, maxFiles));
  return hashed(group, maxFiles, 2);
}

/** As many buckets, a power of two, as it takes: with twice as many each is divided in itself. */
function hashed(group: Shard, maxFiles: number, count: number): readonly Shard[] {
  const buckets = groupedBy(group.files, (file) => String(hashOf(file) % count));
  if (buckets.some(({ files }) => files.length > maxFiles) && count < 2 ** 20)
    return hashed(group, maxFiles, count * 2);
  return buckets.map(({ files }, index) => ({
    name: `${group.name} ${index + 1}/${buckets.length}`,
    files,
  }));
}

function commonFolder(files: readonly string[]): string {
  let common = folderOf(files[0] ?? "");
  while (common !== "." && !files.every((file) => file.startsWith(`${common}/`)))
    common = folderOf(common);
  return common;
}

/** The folder right below `top` that a file is in, or `top` itself. */
function childOf(top: string, file: string): string {
  const rest = top === "." ? file : file.slice(top.length + 1);
  const end = rest.indexOf("/");
  if (end === -1) return top;
  return top === "." ? rest.slice(0, end) : `${top}/${rest.slice(0, end)}`;
}

function pool(shards: readonly Shard[], { minFiles, maxFiles }: ShardBounds): readonly Shard[] {
  const done: Shard[] = [];
  for (const shard of shards) {
    const last = done.at(-1);
    const isSmall =
      last !== undefined && Math.min(last.files.length, shard.files.length) < minFiles;
    if (isSmall && last.files.length + shard.files.length <= maxFiles)
      done.splice(-1, 1, joined(last, shard));
    else done.push(shard);
  }
  return done;
}

function joined(a: Shard, b: Shard): Shard {
  const [, first = a.name, more = "0"] = /^(.*) and (\d+) more$/.exec(a.name) ?? [];
  return { name: `${first} and ${Number(more) + 1} more`, files: [...a.files, ...b.files] };
}
