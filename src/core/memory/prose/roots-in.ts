import type { Word } from "../attributes/spoken-of.ts";
import { prepositions } from "../claim/spans.ts";
import { changeVerbs } from "../words/lexicon.ts";
import { isEmpty, isLight } from "../words/meanings-of.ts";
import { stem } from "../words/stem.ts";
import { rootOf } from "./root.ts";
import type { Told } from "./told.ts";

/** What is said beside subject and value, and its phrases. Where a value stood, a phrase ends. */
export function rootsOf(
  left: readonly (Word | undefined)[],
  { text, isChange }: { readonly text: string; readonly isChange: boolean },
): Pick<Told, "roots" | "phrases"> {
  const roots = new Set<string>();
  const phrases = new Map<string, readonly string[]>();
  let phrase: string[] = [];
  const close = (): void => {
    const head = phrase.at(-1);
    if (head !== undefined)
      phrases.set(head, [...(phrases.get(head) ?? []), ...phrase.slice(0, -1)]);
    phrase = [];
  };
  for (const [at, word] of left.entries()) {
    const before = left[at - 1];
    const own = word === undefined ? [] : rootsIn(word, isChange);
    const isNext =
      before !== undefined && word !== undefined && text.slice(before.end, word.start) === " ";
    if (!isNext || own.length === 0) close();
    for (const root of own) roots.add(root);
    phrase.push(...own);
  }
  close();
  return { roots: roots.size > 0 ? [...roots].toSorted() : tying(left), phrases };
}

/** "runs on", "looks after": where there is no other word, the verb and what stands behind it says of what. */
function tying(left: readonly (Word | undefined)[]): readonly string[] {
  const words = left.flatMap((word) => word ?? []);
  const at = words.findIndex(
    ({ lower }) => isLight(stem(lower)) && !/^(?:be|hav)$/.test(stem(lower)),
  );
  const verb = words[at];
  if (verb === undefined) return [];
  const next = words[at + 1];
  return [
    [
      "~",
      stem(verb.lower),
      next !== undefined && prepositions.has(next.lower) ? ` ${next.lower}` : "",
    ].join(""),
  ];
}

/** Where something changed, the verb that says so is no word of what did. */
function rootsIn(word: Word, isChange: boolean): readonly string[] {
  // "the default branch" is not "the deploy branch".
  if (word.lower === "default") return ["default"];
  if (prepositions.has(word.lower)) return [];
  const told = word.meant.filter(
    (meant) =>
      !isLight(meant) &&
      !isEmpty(meant) &&
      !(isChange && changeVerbs.has(meant)) &&
      !meant.startsWith("#"),
  );
  return told.map((meant) => rootOf(meant));
}

export function namedBy(words: readonly Word[], isChange: boolean): readonly string[] | undefined {
  const roots = [...new Set(words.flatMap((word) => rootsIn(word, isChange)))];
  return roots.length === 0 ? undefined : roots;
}
