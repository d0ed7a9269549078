import { changeVerbs } from "../words/lexicon.ts";
import { stem } from "../words/stem.ts";
import { hasTicket } from "../words/ticket.ts";

/** "Renamed a local in map_page": done once; "Owned by team Atlas" says how it is. */
const deed =
  /^(?:(?:i|we|just|also|then) )*([a-z]+ed|split|cut|wrote|made|took|rebuilt|reran|found|kept|left|ran) (?!(?:by|in|on|from|with|at|under|to|as|via|through|for|into|against|out|is|are|was|has)\b)/i;
/** Where it went, or what was put in its place. */
const towards =
  /(?<!\b(?:next|due|close|down|up) )\b(?:to|with|from|into|as (?:the|its|an?|our)|instead of|by) \S/i;
/** "at labels.py:43" was so on one day. */
const line = /\.[a-z]\w{0,4}:\d+\b/i;
/** "first step is to …", "I will test it after lunch" */
const ahead =
  /^(?:(?:my |the )?(?:first|next|last) (?:step|task|thing) (?:is|was)\b|(?:first|next|then|todo):|(?:i|we)(?:['’]ll| will| am going to| are going to)\b(?!.{0,20}\b(?:always|never)\b)|(?:go|carry) on with\b|good catch\b|please (?:rename|split|open|fix|add|remove|move|check|look|rerun|rebase|merge|revert|update|put|try|wait|hold)\b|\S.* looks (?:fine|good|ok) to me\b)/i;

/** Whether a text tells what happened once, or is to be done once: whatever it names takes no other's place. */
export function isOneTime(text: string): boolean {
  if (hasTicket(text) || line.test(text) || ahead.test(text)) return true;
  const [, verb] = deed.exec(text) ?? [];
  return (
    verb !== undefined &&
    !(changeVerbs.has(stem(verb.toLowerCase())) && towards.test(text)) &&
    !named.test(text)
  );
}

/** "Added Redis as the cache of web" */
const named = /\bas (?:the|its|our) \S/i;
