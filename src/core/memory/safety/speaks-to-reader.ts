import { either } from "./either.ts";

const kinds = "agents?|assistants?|copilots?|chatbots?|bots?";
const machines =
  "ai|ais(?! [a-z-]+:)|llms?|copilots?|chatbots?|language models?|claude|gpt|chatgpt|gemini|codex|skein|automation";
const automated =
  "(?:(?:llm|ai)[- ](?:based|powered|driven|assisted) \\w+|(?:automated|automatic|autonomous|ai|coding|code|llm|machine|software) (?:\\w+[eo]rs|developer|contributor|reviewer|reader|tools?|tooling|systems?|agents?|assistants?|models?|bots?))";
const anyOf =
  "(?:whatever|whichever|any|every|all|each) (?:models?|agents?|assistants?|bots?|tools?|readers?)";
const reader = `(?:${automated}|${machines}|${kinds}|whoever reads|dear reader)`;
const start = String.raw`(?<![\w./-])`;
const end = String.raw`(?![-/.]\w)\b`;
const reads =
  "(?:read|process|pars|see|analy[sz]|summari[sz]|index|crawl|work|us)(?:e?s|ing|e)?\\b";

const addressed = either(
  String.raw`^\W*(?:(?:hey|hi|hello|dear|attention),? )?(?:coding )?(?:${reader})\s*[,!]`,
  String.raw`${start}${reader}${end}(?: (?:readers?|tools?|agents?|assistants?|models?))?:`,
  // "When the model reads this it must …"
  String.raw`\b(?:when|whenever|if|once|as soon as) (?:the |an? |your |any )?(?:${automated}|models?|ai|llm|assistants?|agents?) (?:reads?|process(?:es)?|parses?|sees?) (?:this|it),? (?:it |you |they )?(?:must|should|shall|has to|have to|needs? to|will|is to)\b`,
  // "AI agents reading this: …", "to whatever model processes this file: …"
  String.raw`${start}(?:${reader}|${anyOf}|models?)${end}(?: (?:that|which|who))? ${reads} (?:with |on |in )?(?:this|the|these)\b[^.:]{0,40}[:,]`,
  String.raw`\b(?:to|for|attention|dear|hey|hello|notice to) (?:(?:any|every|all|the|whatever|whichever|other|fellow) )?(?:${automated}|${machines}|${kinds})(?: [^.:]{0,40})?:`,
  String.raw`${start}${reader}${end}(?: (?:(?:that|which|who)|reading|working|running|on|in|for|of|from|with)\b.{1,40}?)?(?: (?:also|always|now|then|all|only|just|never|here|\w+ly))? (?:must|should|shall|may|can|cannot|need|needs|have to|has to|please|will|ought|(?:(?:has|have|had|got|gets) (?:the |a )?(?:permission|right|authority|access|leave)))\b`,
  String.raw`${start}${reader}${end}(?: (?:in|on|of|for) .{1,30}?)? (?:is|are|was|were) (?:\w+ )?(?:allowed|permitted|free|authori[sz]ed|entitled|cleared|trusted|expected|required|supposed|obliged|bound|asked|told|ordered|encouraged|granted|to)\b`,
  String.raw`\b(?:hey|hi|hello|dear|attention),? (?:coding )?(?:${automated}|${machines}|${kinds})\b[,:!]|${start}(?:${automated}|${machines}|agents|assistants)${end}.{0,40}\b(?:consent|agree|accept|submit|no longer (?:confirm|ask|need|have)|do not (?:ask|confirm|need)|that (?:delete|drop|forget|skip|ignore|disable))\b`,
  String.raw`\b(?:note|attention|message|instructions?|reminder|notice|hint) (?:to|for) (?:all |any |the |every )?(?:ai|llm|agents?|assistants?|models?|bots?|copilots?|automation|automated|crawlers?|reader)\b`,
  String.raw`\b(?:forward|pass|send|relay|tell|copy|spread) (?:this|it|that|the \w+)\b.{0,20} to (?:\w+ ){0,2}(?:agents|assistants|models|sessions)\b|${start}(?:${automated}|${machines}|${kinds})${end}.{0,10} (?:merge|approve|review|sign)s? (?:off )?(?:their|its) own\b`,
  String.raw`\byou,? (?:the|an?|my) (?:\w+ )?(?:${machines}|${kinds})\b|\b(?:whoever|anyone who) automates\b`,
  String.raw`\bdear (?:ai|llm|agents?|assistants?|copilots?|chatbots?|models?|bots?|readers?)\b|\byour task\b`,
  String.raw`\b(?:ask|tell|have|let|instruct|get|order|requests?|require|expect|want)s?\b (?:that )?(?:your|every|any|all|each)(?: \w+)? (?:agents?|assistants?|ai|bots?|copilots?|contributors?|tools?|models?) ?(?:to\b|run|add|use|switch|do|install|should|must|\w+)`,
  String.raw`\bthe user (?:(?:is|was|will be) (?:fine|ok|okay|happy|good)|does(?: not|n['’]t) mind|wants?|trusts?|asked|approved?|has (?:approved|agreed|asked)|allows?|agreed|authori[sz]ed|would like|requested|expects)\b`,
  String.raw`"role"\s*:\s*"(?:system|developer)"[^}]{0,200}\byou\b`,
  String.raw`\bby (?:reading|opening|using|processing|running) this\b.{0,30}\byou (?:agree|accept|consent|confirm)\b`,
  String.raw`\b(?:anyone|anybody|everyone|those|whoever|people) automating\b|\btools?\b.{0,60}\b(?:must|should|always|has to|have to)\b.{0,20}\b(?:called|invoked|used|run)\b.{0,20}\b(?:before any|before every|before all|first)\b`,
);

/** "The planner agent", "build agents", "user agent", "stale bot": a thing of the project that has such a name. */
const ofProject =
  /(?<![\w./-])(?!(?:ai|llm|language|coding|code|automated|automatic|autonomous|software|machine|any|every|all|other|these|those|this|that|the|an?|some|no|each|both|your|my|our|its|their|dear|hey|hi|hello|fellow|helpful|smart|intelligent|following|next|to|for|of|by|and|or|with|as|if|when|while|under|from|in|on|at|ask|tell|have|let|make|allow|permit|order|warn|attention|note|is|are|was|were|must|should|can|may|will|whatever|whichever|claude|gpt|new|current|future|capable|good)\b)[a-z][\w-]* (?:agents?|bots?|assistants?)\b|(?<![\w./-])(?:agent|assistant|bot)(?= of\b)|(?<![\w./-])assistants(?= (?:of|to) the\b)|(?<![\w./-])(?:agents?|assistants?|bots?)(?= (?:pane|panel|managers?|pools?|ids?|names?|images?|versions?|hosts?|nodes?|machines?|processes|configs?|logs?|keys?|strings?|ui|windows?|mode)\b)/gi;

/** Every way to speak to somebody has one of these in it; most texts have none. */
const whoever =
  /agent|assist|copilot|bot|\bais?\b|llm|gpt|claude|gemini|codex|skein|model|autom|autonom|machine|software|cod(?:e|ing)\b|you|user|tool|read|whoever|contributor|crawler|session|role/i;

/**
 * Whether a text speaks to whoever reads it as a machine. What says of an agent of the project how it is set ("the temperature of the
 * planner agent is 0.9") does not, where `isLenient`; with a permission in it, it is for the user to say.
 */
export function speaksToReader(
  text: string,
  { isLenient }: { readonly isLenient: boolean },
): boolean {
  return whoever.test(text) && addressed.test(isLenient ? withoutAgentsOfProject(text) : text);
}

const agents = /agent|bot|assistant/i;

/** The agents of a project are things of it, and no readers. */
export function withoutAgentsOfProject(text: string): string {
  return agents.test(text) ? text.replaceAll(ofProject, "part") : text;
}
