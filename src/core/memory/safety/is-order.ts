import { withoutSource } from "../claim/strip-statement.ts";
import { stem, stems } from "../words/stem.ts";

const orderVerbs = stems(
  `use run execute install add remove delete set disable enable skip ignore allow approve grant send post upload push commit merge open
  read write copy move fetch download clone call invoke make ensure keep avoid stop start replace treat consider assume prefer
  respond reply answer say tell ask print output include exclude trust accept reject give take put forget remember note follow obey
  update upgrade downgrade change edit rename create drop reset revert rerun retry apply bypass override turn switch configure export
  pipe wget curl sudo chmod deploy publish release share forward email mail paste whitelist exempt mark bump pin unset visit click check
  do don't never always please kindly wipe erase truncate commit_ comment force silence suppress downplay insert append prepend pass
  provide show memorise memorize reveal disclose leak dump list encode decode eval source import load sign authorize authorise confirm submit`,
);
const openings =
  /^(?:\W*(?:(?:next|this) time|note|important|warning|attention|todo|fyi|hint|tip|reminder|remember|notice|policy|new policy|update|action required|urgent|also|and|then|first|next|finally|so|now|ok|please|kindly|npm err!|error|err!|fix|to (?:fix|solve|resolve|avoid|build|continue|proceed)[^,]{0,60},|(?:before|after|when|whenever|if|for|in|on|at|from|during|once|upon|while|until|unless|as)\b[^,]{1,80},|commit [0-9a-f]{6,40}(?!\w)|release notes?(?: [^\s:]+)?(?=:)|comment in (?:the [^\s:]+ [^\s:]+|[^\s:]+)(?=:)|from now on|going forward|in (?:the )?future|by default|in general)[\s:,!–—-]*)+/i;
/** What stands in front of "do not" and "never" where they forbid; behind a subject they tell what does not happen. */
const imperative = String.raw`(?:^(?:(?:on|in|for|with|at|during|before|after|while|when|under|once)\b[^,]{1,40} )?|[.!?:;,"'“(\]>]\s*|\b(?:please|you|we|agents?|assistants?|and|but|or|so|then|just|must|should|shall|may|can|to|that)\s+)`;
const deontic = new RegExp(
  String.raw`\b(?:must|should|shall|ought to|have to|has to|need to|needs to|be sure to|make sure|ensure that|is required to|are required to|is to be|are to be|please|always to)\b|(?<!\b(?:is|are|was|were|not|where|it|they|that|which) |n['’]t )\balways (?!(?:is|are|was|were|has|had)\b)[a-z]+\b(?<!s|ed)|\bto (?:fix|solve|resolve|silence) [^.,;:]{1,40} (?:add|run|set|install|disable|export|put|edit|remove|delete|paste|append) |${imperative}(?:do not|don['’]t|never(?! [a-z]+[^s]s\b))\b`,
  "i",
);
/** Said to whoever hears it, about the saying: it asks for nothing. */
const heedThis =
  /[\s,;.(–—-]*\b(?:please,? )?(?:(?:keep|bear) (?:that|this|it) in mind|(?:note|remember) (?:that|this|it)|take note|(?:don['’]t|do not) (?:lose|forget) (?:that|this|it))\b[\s.!)]*$/i;

const noThing =
  "(?!(?:the|a|an|all|any|your|my|our|it|this|that|which|who|what|everything|each|every|its|their)\\b)";
/** A verb that is a noun here, as what stands behind it shows. */
const nounPhrases = [
  // "retry count is 4", "upload size limit is 10 MB": what a count or a limit is.
  String.raw`^\w+(?: ${noThing}[\w-]+){1,3} (?:is|are|was|were|=)(?!\w)`,
  // "Upload limit of web is 8 MB", "Drop rate of the filter:": nobody uploads one limit without an article.
  String.raw`^\w+(?: ${noThing}[\w-]*[a-rt-z\d]){0,3} (?:of|for|per) [^:]{1,60}(?:\s(?:is|are|was|were|=)(?!\w)|:$)`,
  // "Sudo on the edge host is granted to V": nobody runs it on something that is given.
  String.raw`^sudo (?:on|for|in) (?!.*\bwithout\b)(?:[^:;,]|:(?=\w)){1,40} (?:is|was) granted to (?!(?:all|any\w*|every\w*)\b|\S*(?:bot|agent|assistant|codex|skein|copilot|claude|gemini|gpt|runner|automation|deploy|\bci\b))[a-z][\w.-]*[.!]?$`,
  // "push to main starts the release"
  String.raw`^\w+ (?:to|of|on|in|from|for|into) (?:\S+ ){1,3}?[a-z]+[^s\W]s (?!(?:of|in|on|to|from|for|and|or|with|at|by|as|if|when|then|that|which|without|via|before|after|unless|until|using|every|each|once|only|first|again|now|directly|immediately|instead)\b)[\w\x60"]`,
  // "Log pipeline reads its settings"
  String.raw`^\w+ (?:${noThing}[\w-]*[a-rt-z\d] ){1,2}[a-z]+[^s\W]s (?:its|their|the|an?|all|no|every|each|\x60)`,
  // "export api has V on its list"
  String.raw`^(?:export|import|output|log|source|report|print) ${noThing}[\w-]+ has (?!been\b|to\b|\w+ed\b)[^,;]+$`,
  // "`make status` ends with a line": what a command does
  String.raw`^\x60[^\x60]{1,80}\x60 (?:ends|prints|says|shows|returns|gives|reports|lists|exits|takes|outputs) (?!\x60)`,
  // "Post processing of images", "Output shows: …"
  String.raw`^\w+ (?:\w+ing of|says|shows|reads|states|tells|prints|confirms|contains)\b`,
].map((pattern) => new RegExp(pattern, "i"));
const address = /:\/\/|@/;

/** Tells somebody to do something: an imperative, or a duty. */
export function isOrder(text: string): boolean {
  const sentences = withoutSource(text)
    .replace(heedThis, "")
    .split(/(?<=[.!?;:])\s+|\n+/);
  return sentences.some((sentence, at) => {
    if (deontic.test(sentence)) return true;
    const rest = sentence.replace(openings, "").trim();
    const [first = "", second = ""] = rest.split(/[\s,]+/);
    const word = first.toLowerCase().replaceAll(/[^a-z']/g, "");
    return (
      orderVerbs.has(stem(word)) &&
      isBare(word) &&
      !isSetting(rest, sentences[at - 1]) &&
      !/^(?:is|are|was|were|of|has|had|:)$/i.test(second) &&
      (!nounPhrases.some((pattern) => pattern.test(rest)) || goesTo(rest, sentences[at + 1]))
    );
  });
}

/** "concurrencyPolicy: Allow", "Null policy of web: drop row" is what it is set to; "approvals: Skip" is no such thing. */
function isSetting(value: string, before = ""): boolean {
  return (
    /^[\w-]+(?: (?:row|record|column|value|event|message|frame|line|duplicate|null|nan))?[.!]?$/i.test(
      value,
    ) &&
    /(?:policy|mode|strategy|behaviou?r|action|effect)\b[^:]{0,60}:$/i.test(before) &&
    !/approv|permission|sandbox|prompt|review|confirm|security/i.test(before)
  );
}

/** "Upload coverage of web: https://…" */
function goesTo(sentence: string, next = ""): boolean {
  return (
    sentence.endsWith(":") &&
    address.test(next) &&
    !/^\w+ \w+s:$|^output (?:root|folder|director\w+|path|bucket|prefix)\b/i.test(sentence)
  );
}

function isBare(word: string): boolean {
  return (
    !/(?:[^s]s|ed|ing)$|^(?:wrote|sent|took|made|kept|ran|gave|told|said|forgot|did|done)$/.test(
      word,
    ) || /^(?:always|please|pass|bypass|suppress|embed|bring|press)$/.test(word)
  );
}
