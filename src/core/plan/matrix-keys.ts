import type { Value } from "../../model/plan.ts";

const lengthMax = 60;

/** A short readable name for each entry of a matrix, unique among them: its scalar values, or what a map calls itself. */
export function keysOf(entries: readonly Readonly<Record<string, Value>>[]): readonly string[] {
  const used = new Set<string>();
  return entries.map((entry, index) => {
    const readable = Object.values(entry)
      .map((value) => nameOf(value))
      .filter((name) => name !== "")
      .join(",")
      .replaceAll(/[\s[\]]+/g, "-");
    const short = readable.length <= lengthMax ? readable : readable.slice(-lengthMax);
    const key = firstFree(short, index + 1, used);
    used.add(key);
    return key;
  });
}

/** The name itself, or its place in the list; a name that another took already gets its place behind it. */
function firstFree(short: string, place: number, used: ReadonlySet<string>): string {
  let key = short === "" ? String(place) : short;
  while (used.has(key)) key = `${key}~${place}`;
  return key;
}

function nameOf(value: Value): string {
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean")
    return String(value);
  if (Array.isArray(value))
    return value.length === 0
      ? ""
      : `${nameOf(value[0] as Value)}${value.length > 1 ? `+${value.length - 1}` : ""}`;
  if (typeof value !== "object" || value === null) return "";
  const map = value as Readonly<Record<string, Value>>;
  return nameOf(map["name"] ?? map["id"] ?? map["file"] ?? map["files"] ?? "");
}
