import { diffIndices } from "node-diff3";

const context = 2;

/** Lines that differ, each stretch of them with its place and the two lines before it, as in a patch. */
export function lineDiff(before: readonly string[], now: readonly string[]): readonly string[] {
  return diffIndices([...before], [...now]).flatMap(({ buffer1, buffer2 }) => {
    const [at, removed] = buffer1;
    const [to, added] = buffer2;
    return [
      `@@ -${at + 1},${removed} +${to + 1},${added} @@`,
      ...before.slice(Math.max(0, at - context), at).map((line) => ` ${line}`),
      ...before.slice(at, at + removed).map((line) => `-${line}`),
      ...now.slice(to, to + added).map((line) => `+${line}`),
    ];
  });
}
