import { changeVerbs } from "../words/lexicon.ts";
import { stem } from "../words/stem.ts";
import { hasTicket } from "../words/ticket.ts";

/** "Renamed a local in map_page", "refactored build_digest": done once; "required approvals", "cached responses" are things. */
const deed =
  /^(?:(?:i|we|just|also|then) )*((?!(?:need|feed|seed|embed|speed|exceed|proceed|indeed|pinned|named|capped|limited|allowed|configured|enabled|disabled|required|banned|agreed|decided)\b)[a-z]+ed|split|wrote|rebuilt|reran) (?:(?:an?|the|my|our|its|their|this|that|these|those|some|all|both|another|one|two|three|\d+)\b|`|[a-z]+_)/i;
/** "Refactored parseHead" */
const ofName = /^(?:I |We )?([A-Z]?[a-z]+ed) [a-z]+[A-Z]/;
/** Where it went, or what was put in its place. */
const towards =
  /(?<!\b(?:next|due|close|down|up) )\b(?:to|with|from|into|as (?:the|its|an?|our)|instead of|by) \S/i;
const named = /\bas (?:the|its|our) \S/i;
/** "updated the timeout of web: it is 90 s" */
const result = /\bnow\b|[:;,] (?:it|that)(?: is|['’]s) /i;
/** "at labels.py:43" was so on one day. */
const line = /\.[a-z]\w{0,4}:\d+\b/i;
/** "first step is to …", "I will test it after lunch" */
const ahead =
  /^(?:(?:my |the )?(?:first|next|last) (?:step|task|thing) (?:is|was)\b|(?:first|next|then|todo):|i(?:['’]ll| will| am going to)\b(?! (?:note|add|remember|mention|record)\b)(?!.{0,20}\b(?:always|never)\b)|(?:go|carry) on with\b|good catch\b|\S.* looks (?:fine|good|ok) to me\b)/i;

/** Whether a text tells what happened once, or is to be done once: whatever it names takes no other's place. */
export function isOneTime(text: string): boolean {
  if (hasTicket(text) || line.test(text) || ahead.test(text)) return true;
  const [, verb] = deed.exec(text) ?? ofName.exec(text) ?? [];
  if (verb === undefined || named.test(text) || result.test(text)) return false;
  return !(changeVerbs.has(stem(verb.toLowerCase())) && towards.test(text));
}
