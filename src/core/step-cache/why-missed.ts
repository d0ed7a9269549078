type Parts = Readonly<Record<string, Readonly<Record<string, string>>>>;

const namesMax = 3;

/** What is not as it was when the work was last kept, in a person's words. */
export function whyMissed(before: Parts | undefined, now: Parts): string {
  if (before === undefined) return "nothing was kept of it before";
  const groups = [...new Set([...Object.keys(before), ...Object.keys(now)])];
  const said = groups.flatMap((group) => {
    const [old, fresh] = [before[group] ?? {}, now[group] ?? {}];
    const names = [...new Set([...Object.keys(old), ...Object.keys(fresh)])].toSorted();
    const changed = names.filter((name) => old[name] !== fresh[name]);
    return changed.length === 0 ? [] : [`${group} changed: ${some(changed, { old, fresh })}`];
  });
  return said.length === 0 ? "what was kept of it is gone" : said.join("; ");
}

function some(
  names: readonly string[],
  {
    old,
    fresh,
  }: {
    readonly old: Readonly<Record<string, string>>;
    readonly fresh: Readonly<Record<string, string>>;
  },
): string {
  const told = names
    .slice(0, namesMax)
    .map((name) =>
      !Object.hasOwn(old, name)
        ? `${name} (new)`
        : Object.hasOwn(fresh, name)
          ? name
          : `${name} (gone)`,
    );
  const more = names.length - told.length;
  return `${told.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}
