/** A dream asks for the same words and sentences again and again; more than this are forgotten all at once. */
const keptMax = 50_000;

/** The same function, which remembers what it gave for a text. What it gives must not be changed by anybody. */
export function remembered<T>(of: (text: string) => T): (text: string) => T {
  const kept = new Map<string, T>();
  return (text) => {
    const held = kept.get(text);
    if (held !== undefined || kept.has(text)) return held as T;
    const made = of(text);
    if (kept.size >= keptMax) kept.clear();
    kept.set(text, made);
    return made;
  };
}
