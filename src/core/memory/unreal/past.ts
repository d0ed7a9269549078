import { words } from "./words.ts";

const early =
  "(?:early|earliest|first|old|older|good old|bad old|initial|original|ancient|dark|founding)";
const span = "(?:days?|weeks?|months?|years?|sprints?|releases?|decades?)";
const work =
  "(?:job|company|employer|workplace|team|place|gig|startup|project|office|firm|life|role)";

/** A time that is over, as it is told of: "back in 2019", "in the early days", "at my last job". */
const longAgo = words(
  "back then|(?<=^|[,;.:(–—-] )back (?:in|when|before|during)|back in (?:(?:19|20)\\d\\d|the (?:\\w+ ){0,3}(?:days?|times))|once upon a time|(?:a )?long (?:time )?ago|long (?:before|over|gone)|(?:years?|decades?|ages|a decade|a lifetime) (?:ago|back)",
  "originally(?! \\w+ed \\w+s\\b)|initially|historically|histor(?:y|ic|ical)(?= (?:note|lesson|fact|footnote|trivia|detail))|(?<!\\w )history(?=:)|trivia|fun fact|nostalgia|in the past|formerly|once (?:was|were|had|used|ran|lived|belonged)|(?:was|were|had|has|have|used|ran|lived) once",
  "at first(?! (?:glance|sight|start|use|run|boot|launch))|in the (?:very )?(?:beginning|olden days)|in (?:those|these) days|at (?:the|that) time(?! of)|in (?:its|his|her|their) (?:day|infancy)|in (?:a|an|its|our|their) (?:previous|former|past|first|earlier) (?:life|incarnation|form|version|job)",
  `in the (?:very )?${early} (?:days|weeks|months|years|times|phase|era|stages?|world|monolith|system|setup|office|building|company|prototype|version|draft|iteration|release)|in the (?:\\S+ )?prototype|in (?:the|our|its|their) (?:\\S+ )?(?:days|era|age) of|in (?:the|our|its|their) \\S+ (?:days|era|times)`,
  "(?:the|an?|our|its) (?:very )?(?:first|early|earliest|original) (?:ever )?(?:version|prototype|incarnation|maintainer|author)s?|the old (?:monolith|system|company|office)(?=,)",
  `(?:at|in|for) (?:my|his|her|our|their) (?:last|previous|former|old|first|other|prior|past) ?${work}`,
  "(?:when|before|until) (?:i|we|they|he|she|it|the (?:project|company|team|repo|product)) (?:joined|started|began|was (?:young|small|new|founded|born|\\w+ people)|were (?:young|small|new|\\w+ people))|before (?:my|our) time|(?:before|until) the (?:acquisition|merger|rewrite|war|split|fire|flood|move|reorg\\w*)",
  `there (?:was|were|had been) (?:once )?(?:an? )?(?:times?|days|years?|period|phase)(?= when| in which| that)|for (?:its|our|the|their) (?:very )?first (?!time\\b)(?:\\w+ ){0,2}${span}|during the (?:hackathon|beta|pilot|pandemic|early \\w+|first \\w+)`,
  "for a (?:short |brief |little |long )?while|remember when|as i recall|if memory serves|if i remember (?:right|correctly)",
);
/** A year alone is long ago in front: "X was founded in 2011" holds for good. */
const inYear = /^\W*(?:back )?in (?:19|20)\d\d\b/;
/** How something was, and no longer has to be. */
const wasSo = words(
  "was|were|had|did|used|ran|kept|lived|stood|held|spoke|sent|wrote|read|built|went|took|woke|meant|came|sat|got|made|paid|\\w{2,}[^aeious\\W]ed|\\w+(?:[aeo]red|ined|used|osed|ared|oded)",
);
/** Over before something else, or over for good. */
const over =
  /\b(?:still )?had\b.{1,80} in (?:19|20)\d\d\b|\bhad (?:\w+ ){0,2}?been\b.{1,80} (?:for (?:a|the|some|many|\w+ (?:days|weeks|months|years))|until|till|before|during|back)\b|\blasted (?:only |just |barely )?(?:\d|an? |two|three|four|five|six)|^\W*an early prototype\b/;
/** A part that says how it is now: a word for now, a verb in the present, a change that came about. */
const now = words(
  "now|today|nowadays|currently|since|no longer|any ?more|any longer|as of|meanwhile|instead|from now on|at present|these days",
  "is|are|isn['’]t|aren['’]t|has|have|it['’]s|we['’]re|that['’]s|does|do|stays?|remains?|runs|uses|lives|belongs|holds|needs|must|should|can|will|still(?! (?:had|was|were|\\w+ed))",
  "(?:moved|switched|changed|renamed|migrated|raised|lowered|increased|decreased|reduced|bumped|upgraded|downgraded|converted|turned|cut|set|ported|rewritten|relicensed|replaced with|replaced by) ?(?:\\w+ )?(?:to|from|with|by|in|as)?|decided|agreed|chose|adopted|introduced|founded|issued|became|went (?:from|to|up|down|over)|took over|grew|gave way",
);
/** Present words that say nothing of how it is now: "as I recall", "that is long gone". */
const aside =
  /\b(?:as (?:far as )?i (?:can )?(?:recall|remember)|may it rest in peace|(?:(?:that|this|it|\w+) )?(?:is|are|has been|have been) (?:now )?(?:long |all )?(?:gone|over|history|trivia|dead|a different story))\b/g;

/** Told of a time that is over, with nothing of how it is now. */
export function isLongPast(text: string): boolean {
  const rest = text.replaceAll(aside, " ");
  if (over.test(rest) && !now.test(rest)) return true;
  return (longAgo.test(rest) || inYear.test(rest)) && wasSo.test(rest) && !now.test(rest);
}
