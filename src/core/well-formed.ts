/**
 * A value of JSON whose strings and names are as a disk gives them back: half of a sign, which JSON can hold, is written as another sign,
 * and what is read again would look changed.
 */
export function wellFormed<T>(value: T): T {
  return made(value) as T;
}

function made(value: unknown): unknown {
  if (typeof value === "string") return value.toWellFormed();
  if (Array.isArray(value)) return value.map(made);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, held]) => [name.toWellFormed(), made(held)]),
  );
}
