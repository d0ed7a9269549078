import { basename } from "node:path/posix";

import type { Sides } from "./three-way.ts";

const names = /^(?:changelog|changes|history|news|release[-_]?notes)(?:\.(?:md|mdx|rst|txt))?$/i;
const entry = /^\s*[-*+] \S/;
const more = /^(?:\s{2,}\S.*|\s*)$/;

/** Both added entries at one place of a change log: they stand beside each other, in whatever order. */
export function settleChangelog(
  path: string,
  { base, ours, theirs }: Sides,
): readonly string[] | undefined {
  if (!names.test(basename(path)) || base.length > 0) return undefined;
  if (!isEntries(ours) || !isEntries(theirs)) return undefined;
  const known = new Set(ours.filter((line) => entry.test(line)));
  // The same entry in both, with other text below it, is not two entries.
  if (theirs.some((line) => known.has(line))) return undefined;
  return [...ours, ...theirs];
}

function isEntries(lines: readonly string[]): boolean {
  return entry.test(lines[0] ?? "") && lines.every((line) => entry.test(line) || more.test(line));
}
