import { join } from "node:path/posix";

const filters =
  /^-(i?name|i?path|i?regex|size|[acm]?newer|[acm]time|[acm]min|empty|user|group|perm|samefile|inum)/;

/**
 * What `find` would hand on: the places where it begins. A filter lets only some of what lies there through: then it is
 * what has the name it asks for, and the machine's own folders, where any choice is a bad one.
 */
export function foundBy(args: readonly string[]): readonly string[] {
  const starts = startsOf(args);
  if (!args.some((arg) => filters.test(arg))) return starts;
  const names = args.flatMap((arg, index) =>
    /^-i?name$/.test(arg) ? [args[index + 1] ?? ""] : [],
  );
  return [
    ...starts.filter((start) => /^(\/|\/(etc|usr|boot|home))\/*$/.test(start)),
    ...starts.flatMap((start) => names.map((name) => join(start, name))),
  ];
}

function startsOf(args: readonly string[]): readonly string[] {
  const first = args.findIndex((arg) => !/^-[HLPOD]/.test(arg));
  const rest = first === -1 ? [] : args.slice(first);
  const end = rest.findIndex((arg) => /^[-(!]/.test(arg));
  const starts = end === -1 ? rest : rest.slice(0, end);
  return starts.length === 0 ? ["."] : starts;
}
