import type { ReadKey } from "../../../model/memory-reading.ts";
import { predicateKey, textMeanings } from "../claim/key-vocabulary.ts";
import { learnPredicates } from "../claim/predicate-fit.ts";
import { meaningsOf } from "../words/meanings-of.ts";

/** A predicate that fewer texts have may be another name for one that more have. */
const usualMin = 8;
/** How much more has to speak for the usual one, in natural logarithms: a reader was told the names, and coins few. */
const oddsMin = 2;

/**
 * A reader does not always call the same thing the same, and texts under two names are never held against each other. A predicate
 * that few texts have is taken for a usual one where text and value speak for that, and where every word of the rare name is one that
 * texts of the usual one have, too: "answering port" is the port, "read timeout" is another timeout.
 */
export function withSameNames(read: ReadonlyMap<string, ReadKey>): ReadonlyMap<string, ReadKey> {
  const byName = Map.groupBy(read, ([, { predicate }]) => predicateKey(predicate));
  const usual = new Map(
    [...byName]
      .filter(([, own]) => own.length >= usualMin)
      .map(([name, own]) => [name, wordsOf(own.map(([text]) => text))] as const),
  );
  if (usual.size === 0) return read;
  const isUsual = ({ predicate }: ReadKey): boolean => usual.has(predicateKey(predicate));
  const keyed = [...read].map(([text, key]) => ({ text, ...key }));
  const fit = learnPredicates(keyed.filter(isUsual), oddsMin);
  return new Map(
    [...read].map(([text, key]) => {
      if (isUsual(key)) return [text, key];
      const predicate = fit({ text, ...key });
      const words = usual.get(predicateKey(predicate));
      const isAnother = meaningsOf(key.predicate).every((word) => words?.has(word) === true);
      return [text, isAnother ? { ...key, predicate } : key];
    }),
  );
}

/** What more than one of them says. */
function wordsOf(texts: readonly string[]): ReadonlySet<string> {
  const once = new Set<string>();
  const again = new Set<string>();
  for (const text of texts) {
    for (const word of textMeanings(text)) (once.has(word) ? again : once).add(word);
  }
  return again;
}
