import { topics, words } from "./words.ts";

const questionWord = "(?:what|why|how|where|when|who|whom|whose|which|whether)";
const auxiliary =
  "(?:is|are|was|were|am|does|do|did|has|have|had|should|shall|can|could|will|would|may|might|must)(?:n['’]t)?";
/** "Is it so?" where a sentence, or what is told in it, begins: "Vote on the page: would you take V?" */
const asksThere = new RegExp(
  String.raw`(?:^\W{0,9}|[.:;!,(–—-] ["'(]{0,3}|\b(?:but|and|so|or|also|hey) )(?:${auxiliary} (?:\w|["'#@/\x60])|any(?:one|body|thing)?\b|really\b)|\b(?:why|what|which|who|whom|how|whether)\b`,
);
/** What somebody asks, or does not know: "asked whether", "no idea which". Who does not know why, knows that it is so. */
const indirect = words(
  "(?<!(?:is|are|be|been|being|gets?|if|when) )(?:asks|asked|asking|want to know|wants to know|wanted to know|questioned|inquired?)(?: \\S+){0,4}? (?:if|about|what|why|how|who|which|whether)",
  "(?:not (?:quite |entirely |really |so )?(?:sure|clear|certain|known)|unsure|uncertain|no (?:idea|clue)|unclear|unknown|(?:do|does|did)(?:n['’]t| not) (?:really |quite )?(?:know|remember|recall)|(?<!^to )find out|who knows|forgot|can(?: not|['’]t|not) (?:remember|recall|tell)) (?:what|which|whether|if|who|where|how)",
  "no opinion|(?:i|we) (?:could|can)(?: not|n['’]t|not|['’]t) (?:tell|say|find)|nobody (?:could|can) (?:tell|say|find)|(?:i|we) did(?: not|n['’]t) find|had no answer",
  "(?:debate|discussion|quarrel) (?:about|on|over|whether)|argument (?:about|whether)|question (?:is|was|came up|remains|arose):? (?:if|what|why|how|who|which|whether)",
);
const question = topics(
  "(?:open |our |my )?questions?(?=:| whether| (?:is|was|remains|arose|came up):? (?:whether|if|why|what|which|who|how))",
  "(?:opinions?|thoughts?|unclear|unknown|unresolved|not clear)(?=:)",
);
const asks = new RegExp(`^(?:${questionWord}|${auxiliary}|maybe|perhaps)\\b`);

/** What a program asks whoever runs it: "the wizard asks which region". */
const prompt =
  /^\W*(?:the|an?|this|our|every|each) (?!customer|user|client|boss|lead|manager|team|reviewer|person|colleague|guy|new)\S+(?: \S+)? asks\b/;

/** A question, and no answer behind it: "Is 9000 still the port of web? I could not tell.", "the question was: why not 9000?" */
export function isAsked(text: string): boolean {
  if ((indirect.test(text) && !prompt.test(text)) || question.test(text)) return true;
  const mark = text.lastIndexOf("?");
  if (mark === -1) return false;
  const isLast = !/\w/.test(text.slice(mark));
  if (isLast && asksThere.test(text.slice(text.lastIndexOf("?", mark - 1) + 1, mark))) return true;
  const [, asked = "", rest = ""] = /^\W*([^?]+)\?\s+(\S.*)$/.exec(text) ?? [];
  return asks.test(asked) && !/^a\w*:/.test(rest) && !/[\d`"=]|\b[\w-]+[-_./]\w/.test(rest);
}
