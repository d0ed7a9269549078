import { prepositions } from "../claim/spans.ts";
import type { Token } from "../words/tokens.ts";
import type { OldSpan } from "./cues.ts";
import type { Found } from "./values.ts";

/** Words that only tie, and those that say that something changed: whatever else a sentence says has to be known from the one that it ends. */
const ties =
  /^(?:the|an?|our|we|us|is|are|was|were|has|have|had|been|be|got|to|of|in|on|at|by|for|with|from|as|via|over|through|into|it|its|it's|it’s|they|now|nowadays|currently|again|these|days|today|please|everybody|everyone|do|does|actually|correction|update|so|instead|back|up|down|set|changed|moved|switched|migrated|went|raised|lowered|increased|decreased|reduced|upgraded|bumped|extended|shortened|doubled|halved|handed|took|takes|taken|belongs|became|becomes|transferred|relocated|slipped|postponed|use|uses|used|using|runs?|goes?|lives?|called|happens?|comes?|long|here|off|favou?r|enough|cut|all|any|longer|more|anymore|you)$/i;

/** What a sentence says beside its values, beside what it ends, and beside words that only tie. */
export function restOf(
  tokens: readonly Token[],
  { values, olds }: { readonly values: readonly Found[]; readonly olds: readonly OldSpan[] },
): readonly Token[] {
  const inValues = new Set(values.flatMap(({ tokens: own }) => own));
  const isSaid = ({ start, end }: Token): boolean =>
    olds.some(({ whole: { from, to } }) => start >= from && end <= to);
  // "after 15 minutes"
  const isBefore = (token: Token | undefined, next: Token | undefined): boolean =>
    token !== undefined &&
    next !== undefined &&
    inValues.has(next) &&
    prepositions.has(token.text.toLowerCase());
  return tokens.filter((token, at) => {
    const [next, second] = [tokens[at + 1], tokens[at + 2]];
    // "shipped to Loki", where something else is over
    const isDone = olds.length > 0 && token.text.endsWith("ed") && isBefore(next, second);
    const isTie = ties.test(token.text) && !/^[A-Z]{2}$/.test(token.text);
    return !(inValues.has(token) || isSaid(token) || isBefore(token, next) || isDone || isTie);
  });
}
