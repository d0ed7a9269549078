import { hashOf } from "../hash-of.ts";
import { cut } from "./cut.ts";
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
  const split = groups.flatMap((group) => splitUp(group, group.files, bounds.maxFiles));
  return joinSmall(runs(split, bounds), bounds);
}

/** `group` is what it is part of, and named after. */
function splitUp(group: Shard, files: readonly string[], maxFiles: number): readonly Shard[] {
  if (files.length <= maxFiles) return [{ name: nameIn(group, files), files }];
  const top = commonFolder(files);
  const below = groupedBy(files, (file) => childOf(top, file));
  if (below.length > 1) return below.flatMap((one) => splitUp(group, one.files, maxFiles));
  return hashed({ name: nameIn(group, files), files }, maxFiles, "");
}

/** The folder of the files; an owner's are in many, which others own parts of. */
function nameIn({ name, files: whole }: Shard, files: readonly string[]): string {
  if (files.length === whole.length) return name;
  const folder = commonFolder(files);
  const isInside = name === "." || folder === name || folder.startsWith(`${name}/`);
  return isInside ? folder : `${name} ${folder}`;
}

const bitsMax = 32;

/** Halves by one bit of each name's hash after the other, only where there are too many. */
function hashed(group: Shard, maxFiles: number, bits: string): readonly Shard[] {
  const { name, files } = group;
  if (files.length <= maxFiles || bits.length === bitsMax)
    return [{ name: `${name} part ${bits}`, files }];
  const halves = groupedBy(files, (file) => String((hashOf(file) >>> bits.length) & 1));
  return halves.flatMap((half) => hashed({ name, files: half.files }, maxFiles, bits + half.name));
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

/** Small ones that are neighbours, put together as far as they fit; the others as they are. */
function runs(shards: readonly Shard[], { minFiles, maxFiles }: ShardBounds): readonly Shard[] {
  const done: Shard[] = [];
  let small: Shard[] = [];
  const close = (): void => {
    const pieces = small.map((shard) => ({ ...shard, size: shard.files.length }));
    for (const part of cut(pieces, { max: maxFiles, least: minFiles })) {
      const joined = part.reduce<Shard | undefined>(
        (sum, one) => (sum === undefined ? one : join(sum, one)),
        undefined,
      );
      if (joined !== undefined) done.push({ name: joined.name, files: joined.files });
    }
    small = [];
  };
  for (const shard of shards) {
    if (shard.files.length < minFiles) small.push(shard);
    else {
      close();
      done.push(shard);
    }
  }
  close();
  return done;
}

/** What is still too small goes to the one before it, or takes in the one behind it. */
function joinSmall(
  shards: readonly Shard[],
  { minFiles, maxFiles }: ShardBounds,
): readonly Shard[] {
  const done: Shard[] = [];
  for (const shard of shards) {
    const last = done.at(-1);
    const isSmall =
      last !== undefined && Math.min(last.files.length, shard.files.length) < minFiles;
    if (isSmall && last.files.length + shard.files.length <= maxFiles)
      done.splice(-1, 1, join(last, shard));
    else done.push(shard);
  }
  return done;
}

function join(a: Shard, b: Shard): Shard {
  const [first, before] = named(a);
  const [, more] = named(b);
  return { name: `${first} and ${before + more + 1} more`, files: [...a.files, ...b.files] };
}

/** Its first name, and how many more it holds. */
function named({ name }: Shard): readonly [string, number] {
  const [, first = name, more = "0"] = /^(.*) and (\d+) more$/.exec(name) ?? [];
  return [first, Number(more)];
}
