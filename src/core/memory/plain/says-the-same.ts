import { isEmpty, isWeak, meaningsOfToken } from "../words/meanings-of.ts";
import { type Token, tokensOf } from "../words/tokens.ts";
import { calledBy, keysOf } from "./families.ts";
import type { Sentence } from "./sentence.ts";

/** "We use npm", "npm is our package manager", "our package manager is npm": the same, but for words that only say what such a thing is. */
export function saysTheSame(earlier: Sentence, later: Sentence): boolean {
  if (earlier.olds.length + later.olds.length > 0 || earlier.places !== later.places) return false;
  if (!earlier.isOne || !later.isOne || earlier.values.length > 1 || later.values.length > 1)
    return false;
  if (keysOf(earlier).join() !== keysOf(later).join() || moodOf(earlier) !== moodOf(later))
    return false;
  const called = calledBy(earlier);
  const [own, its] = [wordsOf(earlier, called), wordsOf(later, called)];
  if (own.length === 0 || own.length !== its.length) return false;
  // "The API calls web" is not "web calls the API".
  const isInOrder = own.every((word, at) => word === its[at]);
  const isTurned = [earlier, later].some((one) => says.test(one.statement.text));
  return isInOrder || (isTurned && own.toSorted().join(" ") === its.toSorted().join(" "));
}

/** What says of what: "X is the Y of Z", "Z's Y is X", "X owns Z", "Z is owned by X". */
const says =
  /^(?:the |our )?[^,;]{1,60} (?:is|are) (?:the|our|its)\b|\b(?:of|for) [^,;]{1,40} (?:is|are)\b|['’]s [a-z -]{1,30} is\b|^(?:the |our )?[a-z -]{1,40} is \S+$|\b(?:owns?|owned by|maintain(?:s|ed by)|leads?|led by)\b/i;

/** Words that say whether, when, and for whom it is so. */
const moods =
  /^(?:only|never|always|not|no|nobody|everybody|everyone|must|may|can|cannot|should|shall|will|would|could|might|was|were|had|before|after|without|with|i|you|they|he|she|all|any|some|each|every|need|needs|have|has|run|runs|prefer|like|allowed|required|needed|optional|forbidden|fine|ok|now|still|\w+n['’]t)$/i;

function moodOf({ statement }: Sentence): string {
  return tokensOf(statement.text)
    .flatMap(({ text }) => (moods.test(text) ? [text.toLowerCase()] : []))
    .join(" ");
}

/** What it says in order; of a thing that is only called once more ("the web service") that is left out. */
function wordsOf({ statement }: Sentence, called: ReadonlySet<string>): readonly string[] {
  const of = (token: Token): readonly string[] =>
    only.test(token.text)
      ? []
      : meaningsOfToken(token).filter((word) => !isEmpty(word) && !called.has(word));
  const words = tokensOf(statement.text).flatMap(of);
  const strong = words.filter((word) => !isWeak(word));
  return strong.length === words.length ? words : words.length === 0 ? strong : words;
}

const only = /^(?:use|uses|used|using|is|are|called)$/i;
