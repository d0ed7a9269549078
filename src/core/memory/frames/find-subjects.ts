import { valueKindOf } from "../words/value-key.ts";
import { formOf, isFiller, isWhole, type Part, partsIn, tellingWords, textIn } from "./spoken.ts";

/** In so many different sentences something must have been exchanged for another one to be what is spoken of. */
const formsMin = 3;
/** More sentences than this are not compared: what is spoken of shows in fewer. */
const comparedMax = 3_000;

/**
 * What a collection of statements speaks of: the parts that are exchanged for each other in many different sentences
 * ("X listens on port 80", "the owner of X is Ana"). Values are exchanged, too, but in few. Gives how many, for each.
 */
export function findSubjects(
  statements: readonly (readonly string[])[],
): ReadonlyMap<string, number> {
  const forms = new Map<string, Set<string>>();
  for (const words of statements.slice(0, comparedMax)) {
    for (const part of partsIn(words)) {
      const name = textIn(words, part);
      if (!isName(name)) continue;
      const form = formOf(words, [part]);
      const held = forms.get(form);
      if (held === undefined) forms.set(form, new Set([name]));
      else held.add(name);
    }
  }
  const counts = new Map<string, number>();
  for (const [form, names] of forms) {
    if (names.size < 2 || tellingWords(form).length === 0 || !isWhole(names)) continue;
    for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return new Map([...counts].filter(([, count]) => count >= formsMin));
}

function isName(part: string): boolean {
  return (
    isFiller(part) &&
    /^[^\d]*\p{L}/u.test(part) &&
    !/^(?:number|duration|size|version|flag)$/.test(valueKindOf(part))
  );
}

/** The part of a statement that is most spoken of elsewhere; of two the longer one, which the other is a part of. */
export function subjectIn(
  words: readonly string[],
  subjects: ReadonlyMap<string, number>,
): Part | undefined {
  let best: (Part & { readonly weight: number }) | undefined;
  for (const part of partsIn(words)) {
    const count = subjects.get(textIn(words, part));
    if (count === undefined) continue;
    const isAround = best !== undefined && part.from <= best.from && part.to >= best.to;
    const isInside = best !== undefined && part.from >= best.from && part.to <= best.to;
    if (best === undefined || isAround || (!isInside && count > best.weight))
      best = { ...part, weight: isAround ? Math.max(count, best?.weight ?? 0) : count };
  }
  return best;
}
