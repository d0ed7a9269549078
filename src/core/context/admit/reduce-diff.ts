import type { ReduceOptions } from "./reduce-options.ts";

/** A diff: which files change by how much, and as many of the hunks as there is room for, from the first on. */
export function reduceDiff(
  lines: readonly string[],
  { tokensMax, tokensOf }: ReduceOptions,
): string {
  const stat = statOf(lines);
  const shown: string[] = [];
  let left = tokensMax - tokensOf(stat.join("\n"));
  for (const line of lines) {
    left -= tokensOf(line) + 1;
    if (left < 0) break;
    shown.push(line);
  }
  const missing = lines.length - shown.length;
  return [...stat.slice(0, 200), ...shown, ...(missing > 0 ? [`… ${missing} lines …`] : [])].join(
    "\n",
  );
}

function statOf(lines: readonly string[]): readonly string[] {
  const files: { name: string; added: number; removed: number }[] = [];
  for (const line of lines) {
    const name = /^diff --git a\/.* b\/(.*)$/.exec(line)?.[1];
    const file = files.at(-1);
    if (name !== undefined) files.push({ name, added: 0, removed: 0 });
    else if (file !== undefined && /^\+(?!\+\+ )/.test(line)) file.added += 1;
    else if (file !== undefined && /^-(?!-- )/.test(line)) file.removed += 1;
  }
  return files.map(({ name, added, removed }) => ` ${name} +${added} -${removed}`);
}
