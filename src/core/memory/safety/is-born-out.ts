import type { Observation } from "../../../model/memory-observation.ts";
import { textMeanings } from "../claim/key-vocabulary.ts";
import { isEmpty, isLight, meaningsOfToken } from "../words/meanings-of.ts";
import { tokensOf } from "../words/tokens.ts";

/**
 * Whether evidence says what the words only judge: "failover of web is shaky" beside "VRRP master flaps for 8 s". The words have no
 * key, name nothing but what they are `about`, and none of them is in the evidence, which has names or numbers or an error.
 */
export function isBornOut({ text, predicate, cites }: Observation, about: string): boolean {
  const seen = (cites ?? []).map(({ excerpt }) => excerpt).join("\n");
  if (predicate != null || seen === "") return false;
  const tokens = tokensOf(text);
  const names = tokens.filter(({ kind }) => kind === "name");
  const isPlain = tokens.every(
    ({ kind, text: word }, at) =>
      kind === "name" || (kind === "word" && (at === 0 || !/^\p{Lu}/u.test(word))),
  );
  if (!isPlain || new Set(names.map((name) => name.text)).size > 1) return false;
  if (names.some((name) => name.text !== about && seen.includes(name.text))) return false;
  const tells = tokensOf(seen).some(({ kind }) => kind !== "word") || fails.test(seen);
  const meant = textMeanings(seen);
  const said = tokens
    .filter(({ kind }) => kind === "word")
    .flatMap((token) => meaningsOfToken(token))
    .filter((word) => !isEmpty(word) && !isLight(word));
  return tells && !said.some((word) => meant.has(word));
}

const fails = /\b(?:error|err|failed|failure|exception|panic|cannot|denied|refused|timed out)\b/i;
