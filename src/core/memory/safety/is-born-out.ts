import type { Observation } from "../../../model/memory-observation.ts";
import type { Claim } from "../claim/claim.ts";
import { holdsValue, textMeanings } from "../claim/key-vocabulary.ts";
import { isEmpty, isLight, meaningsOfToken } from "../words/meanings-of.ts";
import { tokensOf } from "../words/tokens.ts";

/**
 * Whether evidence says what the words only judge: "failover of web is shaky" beside "VRRP master flaps for 8 s". They have no key,
 * and say little that the evidence does, and no name or value of it; it has names, numbers or an error.
 */
export function isBornOut({ text, predicate, cites }: Observation, claim: Claim): boolean {
  const seen = (cites ?? []).map(({ excerpt }) => excerpt).join("\n");
  if (predicate != null || seen === "" || holdsValue(seen, claim.value)) return false;
  const tokens = tokensOf(text);
  const isNamed = tokens.some(
    ({ kind, text: word }, at) =>
      word !== claim.subject &&
      (kind === "name" || (at > 0 && /^\p{Lu}/u.test(word))) &&
      seen.includes(word),
  );
  const isPlain = !isNamed && tokens.every(({ kind }) => kind === "name" || kind === "word");
  const meant = textMeanings(seen);
  const said = tokens
    .filter(({ text: word }) => word !== claim.subject)
    .flatMap((token) => meaningsOfToken(token))
    .filter((word) => !isEmpty(word) && !isLight(word));
  // What is new stands at the end of a sentence.
  const isOther =
    !meant.has(said.at(-1) ?? "") &&
    said.filter((word) => meant.has(word)).length * 2 <= said.length;
  return (
    isPlain && isOther && (tokensOf(seen).some(({ kind }) => kind !== "word") || fails.test(seen))
  );
}

const fails = /\b(?:error|err|failed|failure|exception|panic|cannot|denied|refused|timed out)\b/i;
