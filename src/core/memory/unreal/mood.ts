import { words } from "./words.ts";

/** A world that is not ours, and what would have to be for it. */
const otherWorld = words(
  "ideally(?! \\w+ed )|in theory|hypothetically|theoretically|if only|best case(?=,)",
  "in an? (?:perfect|ideal|better|different|just|saner?) (?:world|universe|life|timeline)|in (?:some|an?|another) (?:(?:alternate|parallel|other|alternative) )?(?:universe|timeline|reality|world|life)",
  "in (?:my|his|her|our) dreams|(?:day)?dream(?:s|ed|t|ing)? (?:of|about)|dream (?:setup|world|team|stack)|thought experiment|for the sake of (?:the )?argument|given the choice|(?:if|were) it (?:were |was )?(?:only )?up to (?:me|us|him|her)",
);
/** "Had we picked V", "were S on V", "if S were on V": the verb in front, or in the past of what is not so. */
const counterfactual = [
  /(?:^|[.,;:!] )\W{0,3}(?:had (?:we|i|they|somebody|someone)|were (?:we|it|they|the \S+|\S+ to)|should (?:we|i|they) ever)\b/,
  /\bif .{1,80}\b(?:were|had|ever)\b.{1,120}\b(?:would|could|might)\b/,
];
const done =
  "(?:been|had|made|gone|done|given|taken|kept|put|set|left|chosen|meant|cost|\\w+(?:ed|en|wn))";
/** What did not come about: "would have been", "we could have used", "we almost moved". */
const unfulfilled = words(
  `would(?:n['’]t|(?: not| still| also| probably| never| surely| rather)*) have(?: \\w+ly)? ${done}`,
  `(?:we|i|they|he|she|somebody|someone|one|you) (?:could|should)(?:n['’]t|(?: \\w+ly| also| just| not)*) have ${done}`,
  "should(?:n['’]t|(?: not| really)*) have been",
  "(?:we|i|they|he|she|somebody|someone) (?:almost|nearly|all but) \\w+",
  "(?:was|were) going to(?! (?:the|an?|our|its)\\b)",
);
const better =
  "(?:(?:so|very|really|much|far|a lot) )?(?:nice|nicer|cool|good|great|best|fun|lovely|neat|worth\\w*|wise|wiser|smart|smarter|clever|cleverer|sensible|tempting|interesting|an? (?:option|alternative|candidate|idea))";
const doing =
  "(?:try|consider|switch|move|use|adopt|go (?:with|for)|pick|choose|take|imagine|replace|think|experiment|set|raise|lower|bump|discuss)";
/** What somebody plays with, or would like to be so. Who says that something could be better complains of how it is. */
const musing = words(
  "(?:i|we|he|she|they|who)(?: really| only| just| still| do| both| all)* (?:wish|wishes|hope|hopes|hoped|wished)(?! to\\b| (?:this|it|that) helps)",
  `(?:might|could|would)(?: also| even| really| perhaps)* (?:be ${better}|help|make sense)`,
  "(?:might|would)(?: also| even| really| perhaps)* be (?:better|easier|simpler|cleaner|safer|faster|cheaper)",
  `(?:we|i|they|one|somebody|someone) (?:might|could|may)(?: also| just| even| simply| always| perhaps)* ${doing}`,
  "(?:considering|contemplating|toy(?:ed|ing|s)? with|(?:play(?:ed|ing|s)?|flirt(?:ed|ing|s)?) with the (?:idea|thought)|thinking (?:about|of|aloud|out loud)|mulling|pondering|tempted to|has anybody tried|fantasi[sz]\\w+)",
  "(?:maybe|perhaps) (?:one|some) ?day|(?:one|some) ?day(?:,|(?= (?:we|i|they|it) (?:may|might|will|could|shall|would)))",
  "wonder(?:s|ed|ing)? (?:whether|if|how|what|why|who|which)",
);
const musingStart =
  /^\W*(?:what if|how about|what about|(?:maybe|perhaps) we (?:could|should)|ideas?(?=\s*:| (?:for|to|of)\b)|let me (?:float|pitch|suggest|propose)|wish (?:we|i|there|it|the)\b|wish ?list:|(?:i|we) (?:will|may|might|shall) look\b)|^\W*(?:maybe|perhaps)\b[^?]*\?/;

/** Who would like to propose something has not. */
const meaning =
  /(?:\bwould|['’]d) (?:like|love|want) to (?:propose|suggest|pitch|float|nominate|raise|discuss|explore|bring up|try|experiment|talk about)\b/;
/** "I would like tabs", "would you always", "would-be": who says so wants it; only "would you?" asks. */
const wanting =
  /\bwould(?: \w+ly| also| really| just| not)* (?:like|love|prefer|rather|sooner|appreciate|want|hate|say|guess)\b|\bwould-|\b(?:(?:i|we) wish )?(?:that )?you would\b|\bwould you\b|\bwould be \w+ if you (?:always|never|only|\w+ .*\b(?:first|before|every|each|always|never|from now on))\b/g;
/** "We agreed that the API would …": what comes after a decision is to be. */
const decided =
  /\b(?:decided|agreed|settled|announced|promised|confirmed|ensures?|made sure|guarantees?|said)\b.{1,80}\bwould\b/;
/** What goes wrong, is lost or not let through: who tells of it warns of what is. */
const harm = words(
  "(?:break|corrupt|lose|crash|fail|hang|leak|overwrite|delete|wipe|erase|exhaust|deadlock|block|reject|deny|refuse|conflict|clash|collide|damage|destroy|drop|duplicate|double|expose|invalidate|kill|lock|mask|hide|miss|overflow|overload|truncate|violate|void|skip|ignore|starve|stall|throw|trip|trigger|cause|bring down|take down|run out|time out|race|loop|stop|require|flood|bypass|override|clobber|make .{1,40} (?:fail|time out|crash|hang|unusable|impossible|wrong|stale)|shadow|undo|mix|see only|show up|keep the old|return (?:an? )?(?:error|null|nothing|stale)|end up|fall back|lead to|result in)",
  "be (?:lost|rejected|refused|denied|deleted|overwritten|dropped|ignored|skipped|broken|blocked|unsafe|wrong|fatal|dangerous|visible|a (?:bug|breach|mistake|violation|leak|risk))",
);
/** "…, so there is a lock": what would be is why something is. */
const consequence =
  /[,;:] (?:so|that is why|hence|therefore) (?:there is|we|it is|it has|never|always|do not|don['’]t|keep|use)\b/;
const inFact = words("in practice|in reality|in fact|actually");
const would = /\bwould\b|\b(?:it|that|there|this)['’]d (?:be|have|take|need|make)\b/;
const wouldDo =
  /\bwould(?:n['’]t| not| never| no longer)\b(?! (?:be|have)\b)|\bwould(?: \w+ly| each| all| also| then| just| still| otherwise| always)* (.*)/;

/** Only supposed, imagined or wished: nothing of it is said to be so. */
export function isSupposed(text: string): boolean {
  if (counterfactual.some((way) => way.test(text)) || unfulfilled.test(text)) return true;
  if (meaning.test(text)) return true;
  const rest = text.replaceAll(wanting, "");
  if (otherWorld.test(rest) && !inFact.test(rest)) return true;
  if (musing.test(rest) || musingStart.test(rest)) return true;
  return would.test(rest) && !warns(rest) && !decided.test(rest);
}

/** "Running both would corrupt the cache", "without it the build would not start". */
function warns(text: string): boolean {
  const found = wouldDo.exec(text);
  if (found === null) return false;
  const [, deed] = found;
  if (consequence.test(text)) return true;
  return deed === undefined || harm.exec(deed)?.index === 0;
}
