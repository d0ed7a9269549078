import type { SourceKey } from "../../model/memory-entry.ts";

/** The name of an observation, as a key of maps. */
export function sourceName({ session, seq }: SourceKey): string {
  return `${session}\u0000${seq}`;
}

export function sourceOf(name: string): SourceKey {
  const [session = "", seq = ""] = name.split("\u0000");
  return { session, seq: Number(seq) };
}

/** What was said at the same moment has an order of its own. */
export function bySource(a: SourceKey, b: SourceKey): number {
  if (a.session !== b.session) return a.session < b.session ? -1 : 1;
  return a.seq - b.seq;
}
