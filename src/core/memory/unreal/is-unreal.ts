import type { Origin } from "../../../model/memory-observation.ts";
import { remembered } from "../words/remembered.ts";
import { isTried, isUndone } from "./attempt.ts";
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

/**
 * Whether a text says of nothing what it is, whatever it names: what is only supposed, wished, long over, tried in vain, proposed, asked,
 * said of others, or told as an example or a joke.
 */
export function isUnreal(text: string, origin: Origin): boolean {
  return isTalk(text) || (origin !== "user" && told.test(text));
}

const isTalk = remembered((text: string): boolean => {
  const plain = plainOf(text);
  return isMadeUp(plain) || ((isUndone(plain) || isWished(plain)) && !isRule(plain));
});

/** "The lake migration was rolled back", "the feature branch for X was deleted": what came to an end by itself, and nothing that somebody tried. */
export function isEnd(text: string): boolean {
  const plain = plainOf(text);
  return isUndone(plain) && !isTried(plain) && !isMadeUp(plain) && !isWished(plain);
}

/** Code, and one word in quotes, is only named. */
function plainOf(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/`[^`]*`|["“][^\s"”]{1,40}["”]/g, "`it`")
    .replaceAll(/\s+/g, " ");
}

function isMadeUp(plain: string): boolean {
  return isSupposed(plain) || isLongPast(plain) || isOfOthers(plain) || isExample(plain);
}

/** What a rule may name as well: who is asked, what is tried. */
function isWished(plain: string): boolean {
  return isProposed(plain) || isAsked(plain);
}
