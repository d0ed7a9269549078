import { prepositions } from "../claim/spans.ts";
import type { Token } from "../words/tokens.ts";
import type { OldSpan } from "./cues.ts";
import type { Found } from "./values.ts";

/** Words that only tie: whatever else a sentence says has to be known from the one that it ends. */
const ties =
  /^(?:the|an?|our|we|us|is|are|was|were|has|have|had|been|be|got|of|in|on|at|by|for|with|as|via|into|its|now|nowadays|currently|again|these|days|today|please|do|does|actually|correction|update|so|instead|uses?|using|runs?|goes?|lives?|called|happens?|comes?|enough|anymore)$/i;
/** Where something changed, or is over, these tie, too. */
const changing =
  /^(?:to|from|over|through|up|down|off|back|set|it|it['’]s|everybody|everyone|all|used|long|favou?r|took|takes|taken|belongs|became|becomes|went|changed|moved|switched|migrated|raised|lowered|increased|decreased|reduced|upgraded|bumped|extended|shortened|doubled|halved|handed|transferred|relocated|slipped|postponed|cut)$/i;

/** What a sentence says beside its values, beside what it ends, and beside words that only tie. */
export function restOf(
  tokens: readonly Token[],
  of: {
    readonly values: readonly Found[];
    readonly olds: readonly OldSpan[];
    readonly isChange: boolean;
  },
): readonly Token[] {
  const inValues = new Set(of.values.flatMap(({ tokens: own }) => own));
  const isSaid = ({ start, end }: Token): boolean =>
    of.olds.some(({ whole: { from, to } }) => start >= from && end <= to);
  // "after 15 minutes"
  const isBefore = (token: Token | undefined, next: Token | undefined): boolean =>
    token !== undefined &&
    next !== undefined &&
    inValues.has(next) &&
    prepositions.has(token.text.toLowerCase());
  return tokens.filter((token, at) => {
    const [next, second] = [tokens[at + 1], tokens[at + 2]];
    // "shipped to Loki", where something else is over
    const isDone = of.olds.length > 0 && token.text.endsWith("ed") && isBefore(next, second);
    const isTie =
      (ties.test(token.text) || (of.isChange && changing.test(token.text))) &&
      !/^[A-Z]{2}$/.test(token.text);
    return !(inValues.has(token) || isSaid(token) || isBefore(token, next) || isDone || isTie);
  });
}
