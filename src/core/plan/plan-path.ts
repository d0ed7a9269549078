/** Keys and indices that lead to a value of a plan. */
export type Path = readonly (string | number)[];

/** As `tasks.migrate.needs[0]`. */
export function shownPath(path: Path): string {
  return path
    .map((part, index) =>
      typeof part === "number" ? `[${part}]` : `${index === 0 ? "" : "."}${part}`,
    )
    .join("");
}
