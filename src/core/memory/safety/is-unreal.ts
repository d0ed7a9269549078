import type { Origin } from "../../../model/memory-observation.ts";
import { either } from "./either.ts";

/** What somebody only plays with: it is not said to be so, nor to be wanted. */
const musing = either(
  String.raw`\bwonder(?:s|ed|ing)? (?:whether|if|how|what|why)\b`,
  String.raw`^\W*(?:what if|how about|what about|(?:maybe|perhaps) we (?:could|should)|idea\b)`,
  String.raw`\b(?:might|could|would) (?:also )?(?:be (?:nice|cool|good|great|better|fun|worth\w*|an? (?:option|alternative|candidate|idea))|help|make sense)\b`,
  String.raw`\b(?:we|i|they|one|somebody|someone) (?:might|could|may) (?:try|consider|switch|move|use|adopt|go (?:with|for))\b`,
  String.raw`\b(?:considering|toying with|playing with the idea|thinking (?:about|of|aloud|out loud)|has anybody tried)\b`,
  String.raw`\b(?:maybe|perhaps) (?:one|some) ?day\b|^\W*(?:maybe|perhaps)\b[^?]*\?`,
);

/** Only supposed: "had we picked V", "if S were on V, it would break". */
const supposed = either(
  String.raw`^\W*(?:suppose|imagine|pretend|assume for)\b`,
  String.raw`\b(?:hypothetical(?:ly)?|fictional example|thought experiment|for the sake of argument|(?:is|are|was|were) made up|pretends? that|quiz question)\b`,
  String.raw`^\W*(?:had (?:we|i|they|it|somebody|someone)|were (?:we|it|they))\b`,
  String.raw`\bif\b.{1,80}\b(?:were|had|ever)\b.{1,80}\b(?:would|could|might)\b`,
  String.raw`\bwould(?: still| also| not|n['’]t)* (?:have \w+(?:ed|en|n)|be \w+er)\b`,
);

/** Talked about, and neither decided nor told: a question, a proposal, a joke. */
const open = either(
  String.raw`\b(?:joked|joking(?:ly)?|kidding|joke of the)\b`,
  String.raw`\b(?:asks|asked|wants? to know|wanted to know|questioned) (?:me |us |you )?(?:whether|if|why|about)\b`,
  String.raw`\b(?:not sure|unsure|no idea|unclear|(?:don't|do not|doesn't|does not) know|find out) (?:what|which|whether|if|who|where|how)\b`,
  String.raw`\bno opinion\b|\b(?:i|we) (?:could|can)(?: not|n['’]t|not) (?:tell|say|find)\b|\bnobody (?:could|can) (?:tell|say|find)\b|\b(?:i|we) did(?: not|n['’]t) find\b`,
  String.raw`\b(?:ideas?|suggestions?) .*\b(?:thrown out|turned down|dropped|rejected|dismissed|abandoned|given up)\b|\bwithout a decision\b|\bno meaning\b`,
  String.raw`\bnothing (?:is|was|got|has been) (?:decided|agreed)\b|\bno decision\b|\bundecided\b|\bthere is no plan\b`,
  String.raw`\bnot (?:yet )?(?:approved|decided|agreed|in force|scheduled)(?:\W*$|[:)])|\b(?:results?|decision) (?:is |are )?pending\b`,
  String.raw`\b(?:was|were|been) (?:floated|pitched)\b|\b(?:merely|only|just|possible) (?:an? |one )?(?:candidate|option|idea)\b`,
  String.raw`\b(?:somebody|someone|people|he|she|they|an? (?:open )?(?:issue|ticket|proposal)) (?:once )?(?:proposed|proposes|suggested|suggests|floated|asks for)\b|\bproposes? .{1,60}\bas\b|\bto be discussed\b|^\W*(?:we|i|they) (?:could|should|might) discuss\b|^\W*personally,? i (?:find|think|like|dislike|hate|love)\b`,
  String.raw`\bcompares?\b.{1,80}\bwith other\b|\bone suggestion of\b|\bas a possible\b|\bfor something like\b`,
  String.raw`\b(?:asked|wondered|discussed|debated|argued)\b.{0,40}\b(?:who|what|which|whether|if|why|how)\b|\b(?:debate|discussion|argument) (?:about|on|over)\b|^\W*(?:opinion|plan|question|thought)s?:`,
  String.raw`\bproposals?\b.*\b(?:turned down|rejected|declined|withdrawn)\b|\bremember when\b`,
);

/** Said of what somebody else has, or of a text that holds nothing. */
const elsewhere = either(
  String.raw`\bhobby projects?\b|, unrelated to\b|\b(?:was|is) about a project\b|^\W*an early prototype\b|\bin (?:the|a) tutorial\b|\bthey have\b.{1,60}\btheir\b|\band gave up\W*$`,
  String.raw`\b(?:in|for) (?:an? )?(?:unrelated|other|another) (?:project|product|company|team)\b|\b(?:projects?|products?) of (?:their|his|her) own\b`,
  String.raw`^\W*(?:todo|fixme|xxx)\b|^\W*(?:commented out|disabled)\b|^\W*see (?:also )?the \S+ for\b`,
  String.raw`\bhad\b.*\bin (?:19|20)\d\d\b|^\W*(?:back )?in (?:19|20)\d\d\b.*\b(?:there (?:was|were)|had|was|worked)\b|\blong (?:over|gone)\b|\b(?:some|many|several) years ago\b|^\W*years ago\b|\bexperimented with\b|\blasted \d`,
  String.raw`\bonly in (?:that|this|one|the) (?:one )?(?:unit )?tests?\b|^\W*(?:i|we) (?:will|may|might|shall) look\b`,
);

/** "I noted:" and "I found that" stand in front of what holds; else whoever is no person speaks of the work when it says "I". */
const told =
  /^\W*(?:(?:next|then|now|first|so),? )?i (?!(?:noted|gather|learned|found|saw|see|noticed|think|believe|guess|suspect|assume|conclude|infer|confirm(?:ed)?|verified|checked|measured|counted|timed|was wrong|stand corrected|misread|would (?:say|guess))\b)/i;

/** Whether a text says of nothing what it is, whatever it names: what is only supposed, asked, proposed, joked about. */
export function isUnreal(text: string, origin: Origin): boolean {
  return (
    [musing, supposed, open, elsewhere].some((kind) => kind.test(text)) ||
    (origin !== "user" && told.test(text)) ||
    isAsked(text)
  );
}

/** A question, and no answer behind it: "Is 9000 still the port of web? I could not tell.", "the question was: why not 9000?" */
function isAsked(text: string): boolean {
  if (/\b(?:why|what|which|who|whom|how|whether)\b.*\?\W*$/i.test(text)) return true;
  const [, asked = "", rest = ""] = /^\W*([^?]+)\?\s+(\S.*)$/.exec(text) ?? [];
  const asks =
    /^(?:what|why|how|where|when|who|which|is|are|was|were|does|do|did|has|have|should|shall|can|could|will|would|may|maybe|perhaps)\b/i;
  return asks.test(asked) && !/^a\w*:/i.test(rest) && !/[\d`"=]|\b[\w-]+[-_./]\w/.test(rest);
}
