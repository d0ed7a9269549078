import { tokensOf } from "../words/tokens.ts";

/** So many texts must write the name in one word. */
const usesMin = 2;
/** Longest name, in words. */
const wordsMax = 4;
const oneWord = /^[a-z\d]{2,}(?:[-_.][a-z\d]{2,}){1,3}$/;

/**
 * Names as they are written in one word where any text does so: "the staging cluster" is `staging-cluster`, "the scans pipeline"
 * `pipeline.scans`. Gives a text with its names in one word.
 */
export function inOneWord(texts: readonly string[]): (text: string) => string {
  const names = namesIn(texts);
  return (text) => {
    let said = text;
    const tokens = tokensOf(text);
    // From behind, so that places in front of what was changed stay the same.
    for (let last = tokens.length - 1; last > 0; last -= 1) {
      for (let first = Math.max(0, last - wordsMax + 1); first < last; first += 1) {
        const [from, to] = [tokens[first]?.start ?? 0, tokens[last]?.end ?? 0];
        const name = names.get(text.slice(from, to).toLowerCase());
        if (name === undefined) continue;
        said = `${said.slice(0, from)}${name}${said.slice(to)}`;
        last = first;
        break;
      }
    }
    return said;
  };
}

/** By how they are written in several words. */
function namesIn(texts: readonly string[]): ReadonlyMap<string, string> {
  const uses = new Map<string, Map<string, number>>();
  for (const text of new Set(texts)) {
    for (const { kind, text: written } of tokensOf(text)) {
      const name = kind === "code" ? written.replaceAll("`", "") : written;
      if ((kind !== "name" && kind !== "code") || !oneWord.test(name)) continue;
      const parts = name.split(/[-_.]/);
      const ways = name.includes(".") ? [parts, parts.toReversed()] : [parts];
      for (const spaced of ways.map((way) => way.join(" "))) {
        const held = uses.get(spaced) ?? new Map<string, number>();
        uses.set(spaced, held.set(name, (held.get(name) ?? 0) + 1));
      }
    }
  }
  return new Map(
    [...uses].flatMap(([spaced, held]): readonly (readonly [string, string])[] => {
      const [first] = [...held].toSorted(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
      return first !== undefined && first[1] >= usesMin ? [[spaced, first[0]]] : [];
    }),
  );
}
