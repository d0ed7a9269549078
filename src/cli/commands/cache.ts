import { cacheUsage, dropMirrors, type UsedMirror } from "../../adapters/mirrors/cache-usage.ts";
import { systemClock } from "../../adapters/system-clock.ts";
import { printableLine } from "../../core/printable.ts";
import { shownBytes } from "../../core/repos/byte-size.ts";
import { mirrorsToDrop } from "../../core/repos/mirrors-to-drop.ts";
import type { Io } from "../io.ts";
import { mirrorsFolder } from "../mirrors-folder.ts";
import type { CacheGcOptions, CacheLsOptions } from "../options.ts";
import { paintFor } from "../paint.ts";

/** `skein cache ls`: the mirrors that batch runs share, those used last first. */
export async function cacheLsCommand(options: CacheLsOptions, io: Io): Promise<number> {
  const mirrors = await cacheUsage(mirrorsFolder(io.env, options.cache));
  const sorted = mirrors.toSorted((a, b) => b.usedAt - a.usedAt);
  if (options.json) {
    io.stdout(sorted.map((mirror) => `${JSON.stringify(mirror)}\n`).join(""));
    return 0;
  }
  const { faint } = paintFor(io);
  for (const one of sorted) io.stdout(`${lineOf(one)}\n`);
  io.stderr(`${faint(`${sorted.length} mirrors, ${shownBytes(sumOf(sorted))}`)}\n`);
  return 0;
}

/** `skein cache gc`: removes mirrors that nobody used for long, and more until the rest is small enough. */
export async function cacheGcCommand(options: CacheGcOptions, io: Io): Promise<number> {
  const folder = mirrorsFolder(io.env, options.cache);
  const mirrors = await cacheUsage(folder);
  const { olderThan: idleMs, maxSize: bytesMax } = options;
  const slugs = mirrorsToDrop(mirrors, { now: systemClock.now(), idleMs, bytesMax });
  const gone = options.dryRun ? slugs : await dropMirrors(folder, slugs);
  const dropped = mirrors.filter(({ slug }) => gone.includes(slug));
  if (options.json) io.stdout(dropped.map((one) => `${JSON.stringify(one)}\n`).join(""));
  else for (const one of dropped) io.stdout(`${lineOf(one)}\n`);
  const verb = options.dryRun ? "would go" : "removed";
  io.stderr(
    `${dropped.length} of ${mirrors.length} mirrors ${verb}, ${shownBytes(sumOf(dropped))}\n`,
  );
  return 0;
}

function lineOf({ url, bytes, usedAt, isInUse }: UsedMirror): string {
  const day = new Date(usedAt).toISOString().slice(0, 10);
  return `${shownBytes(bytes).padStart(7)}  ${day}  ${printableLine(url)}${isInUse ? "  in use" : ""}`;
}

function sumOf(mirrors: readonly UsedMirror[]): number {
  return mirrors.reduce((sum, { bytes }) => sum + bytes, 0);
}
