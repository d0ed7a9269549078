const filters =
  /^-(i?name|i?path|i?regex|size|[acm]?newer|[acm]time|[acm]min|empty|user|group|perm|samefile|inum)/;

/** What `find` would hand on: the places where it begins, unless a filter lets only some of what lies there through. */
export function foundBy(args: readonly string[]): readonly string[] {
  const starts = startsOf(args);
  return args.some((arg) => filters.test(arg))
    ? starts.filter((start) => /^(\/|\/(etc|usr|boot|home))\/*$/.test(start))
    : starts;
}

function startsOf(args: readonly string[]): readonly string[] {
  const first = args.findIndex((arg) => !/^-[HLPOD]/.test(arg));
  const rest = first === -1 ? [] : args.slice(first);
  const end = rest.findIndex((arg) => /^[-(!]/.test(arg));
  const starts = end === -1 ? rest : rest.slice(0, end);
  return starts.length === 0 ? ["."] : starts;
}
