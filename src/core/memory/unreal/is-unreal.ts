import type { Origin } from "../../../model/memory-observation.ts";
import { remembered } from "../words/remembered.ts";
import { isUndone } from "./attempt.ts";
import { isExample } from "./example.ts";
import { isOfOthers } from "./hearsay.ts";
import { isSupposed } from "./mood.ts";
import { isLongPast } from "./past.ts";
import { isProposed } from "./proposal.ts";
import { isAsked } from "./question.ts";
import { isRule } from "./rule.ts";

/** "I noted:" and "I found that" stand in front of what holds; else whoever is no person speaks of the work when it says "I". */
const told =
  /^\W*(?:(?:next|then|now|first|so),? )?i(?:['’](?:ll|m|ve|d))? (?!(?:noted|gather|learned|found|saw|see|noticed|think|believe|guess|suspect|assume|conclude|infer|confirm(?:ed)?|verified|checked|measured|counted|timed|was wrong|stand corrected|misread|(?:would )?(?:say|guess))\b)/i;

const ways = [isSupposed, isLongPast, isOfOthers, isExample];
/** What a rule may name as well: a change that is not approved, who is asked, what is tried. */
const waysOfOne = [isUndone, isProposed, isAsked];

/**
 * Whether a text says of nothing what it is, whatever it names: what is only supposed, wished, long over, tried in vain, proposed, asked,
 * said of others, or told as an example or a joke.
 */
export function isUnreal(text: string, origin: Origin): boolean {
  return isTalk(text) || (origin !== "user" && told.test(text));
}

const isTalk = remembered((text: string): boolean => {
  // Code, and one word in quotes, is only named.
  const plain = text
    .toLowerCase()
    .replaceAll(/`[^`]*`|["“][^\s"”]{1,40}["”]/g, "`it`")
    .replaceAll(/\s+/g, " ");
  const isSo = (way: (said: string) => boolean): boolean => way(plain);
  return ways.some(isSo) || (waysOfOne.some(isSo) && !isRule(plain));
});
