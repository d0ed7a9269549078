import { topics, words } from "./words.ts";

/** Nouns that are verbs as well stand here only with an article, or as a title. */
const nouns =
  "(?:proposal|suggestion|motion|petition|straw poll|poll(?!s (?:for|every|each)\\b)|vote|ballot|(?<!release )candidate|contender|front[- ]?runner|wish|feature request|change request|discussion|debate|idea|draft|brainstorm(?:ing)?)";
/** What is laid before others: it is not so, until they take it. */
const proposal = topics(
  `${nouns}s?`,
  String.raw`(?:adr|rfc)(?:[- ]?\d{1,3})?`,
  `one (?:\\w+ )?${nouns}`,
  "(?:an|one) option",
);
const bare =
  /^\W*(?:proposal|suggestion|motion|idea|petition|debate|candidate)s? (?:to|for|that|about|of|whether|on|over)\b|^\W*draft(?:,| (?:of|for) )/;
const changing =
  "(?:move|switch|migrate|change|replace|use|adopt|set|raise|lower|make|rename|try|go|bring|introduce|turn|give|take|put|bump|have|let|drop|add|remove|increase|reduce|extend|allow)";
const isOne = words(
  `(?:is|are|was|were|been|there['’]s|as)(?: still| only| just| merely| yet| no more than)* (?:an?|one|some|another|possible|a possible)(?: \\w+)? (?:${nouns}|option)s?`,
  `(?:merely|only|just|still) (?:an? |one )?(?:\\w+ )?(?:${nouns}|option)`,
  `(?:among|with|between|of) (?:the |other |several |two |three )+(?:options|alternatives|candidates)`,
);
/** "Plan for next year: …", "Plan to …"; a plan of prices is none. */
const planned = new RegExp(
  String.raw`(?:^|[.;:!] )\W{0,3}(?:(?:the|our|an?|my|rough|tentative|current|possible|draft) )*plans?(?: (?:for|to|of|is to|was to)\b[^.:]{0,80})?(?:,[^.:]{0,80})?(?::| to )|(?:^|[.;:!] )\W{0,3}(?:(?!who|that|which|you|if|when|anyone|anybody)\S+ ){1,3}?(?:plan|plans|planning|planned|intend|intends|intended|intending|hoping|aim|aims|aiming) to (?:\w+ly )?${changing}\b`,
);
const proposed = words(
  "(?<!(?:the|an?|each|every|all) )propos(?:es|ed)|\\w+ (?:floated|pitched|nominated)|put forward|(?:is|are|am) in favou?r of|my vote (?:goes|is)|(?:votes|voted|vouch(?:es|ed)|lobb(?:ies|ied|ying)|campaign(?:s|ed|ing)?) for|argu(?:es|ed|ing) (?:for|against)",
  "(?:i|we|they|he|she|somebody|someone|people) (?:\\w+ly |once |also )?(?:propose|suggest|suggested|suggests|recommend|recommended)|(?:has|have|had) been suggested|was suggested",
  "(?:issue|ticket|request|petition|forum|thread)s?(?: \\S+)? (?:asks?|asked|calls?|called|wants?|suggests?)(?= (?:for|to|us|that|whether))|asks for .{1,60} as|(?:somebody|someone|people) (?:in|on|from) .{1,40} (?:wants?|asks?|wanted|asked)",
);
/** "…, but the idea was dropped" */
const dropped =
  /\b(?:the|that|this|his|her|their|our) (?:idea|proposal|suggestion|motion) (?:was|got|has been|had been) \w+(?:ed|n|t)\b|\bthe plan (?:was|got|has been|had been) (?:dropped|abandoned|scrapped|rejected|shelved|given up|put off)\b/;
/** "Sam suggested V"; what logs, names and files suggest is a guess. */
const namedSuggests =
  /(?:^|[.:;!] )\W{0,3}(?:(?:adr|rfc) \d+|(?!it|this|that|which|everything|output|logs?|evidence|config|names?|code)\w+) (?:suggests|suggested|recommends|recommended)\b/;
const when =
  "(?:later|next (?:week|month|time|meeting|sprint|quarter|year)|at the next|in the next|on (?:mon|tues|wednes|thurs|fri)day)";
/** Not settled, in so many words. */
const open = words(
  "undecided|unsettled|tb[dc]|(?<!(?:ha(?:s|ve|d)|needs?|ought|wants?|likes?|supposed|required|got) )to be (?:\\w+ly )?(?:approved|decided|discussed|agreed|determined|clarified|debated|voted on|settled|negotiated)|under (?:discussion|consideration|debate)|up for (?:a |an )?(?:vote|discussion|debate|decision|grabs|approval)|(?:on|for) the agenda|open for (?:comments?|discussion|debate|votes?)",
  "(?:(?<=[,;:(–-] )|still )(?:pending|awaiting|subject to)(?: an?| the| \\w+)? (?:approval|sign-?off|decision|vote|go-ahead|discussion|confirmation|consensus|agreement)|(?:decision|results?|vote|approval|proposal|discussion|comments?)(?: is| are| was| were)?(?: still)? (?:pending|open)|still open|tentatively|to be confirmed",
  "(?:still|are|is|were|keep|been|am)(?: still| all)? (?:discussing|debating|arguing|weighing|deliberating|considering|evaluating|brainstorming|negotiating|undecided|torn|on the fence|up in the air|open whether)",
  "not (?:yet |been |finally |formally |officially )*(?:approved|decided|agreed|settled|signed off|in force|scheduled|ratified|set in stone)(?=\\W*$|[:,;).])|no (?:decision|consensus|agreement|verdict|conclusion)|no answer(?: yet)?(?=\\W*$)|without an? (?:decision|conclusion)|nothing (?:is|was|got|has been|yet) (?:yet )?(?:decided|agreed|settled|final)|(?:nobody|no one)(?: has| had)?(?: yet)? (?:decided|agreed|approved|signed off|confirmed)|there is no plan|not up to me",
  `(?:decide|vote|discuss|agree)(?: on| about)? (?:it |this |that )?${when}|(?:we|i|they) (?:could|should|might|will|shall|may|must) discuss|(?:vote|decision) (?:is|comes|will be) (?:due|tomorrow|${when})|leaning (?:towards?|to)|there (?:is|was|has been|have been|were) (?:some |a )?(?:talk|talks|rumou?rs?|speculation|discussions?) (?:of|about|that)`,
  "(?:discussed|debated|argued|talked|mused|deliberated)(?: \\w+){0,4}? (?:about|whether|over|if|how|who|what|which|why)(?= \\S)",
);
/** "Pending approval, …" */
const pendingStart =
  /^\W*(?:still )?(?:pending|awaiting|subject to) (?:\w+ ){0,2}?(?:approval|sign-?off|decision|vote|confirmation)\b/;
const turnedDown = words(
  "(?:turned|voted|shot) down|(?:was|were|got|been) (?:rejected|vetoed|withdrawn|dismissed|denied|declined|shelved|postponed|put off|deferred)|vetoed|thrown out|closed as (?:won['’]t ?fix|wontfix|not planned|invalid|out of scope)",
);
const asking = topics(
  `(?:request|wish|plan|bid|call|demand|offer)s? to (?:\\w+ly )?${changing}\\b.*`,
  "(?:idea|motion|wish|plan|ticket)",
);
/** Settled: what was proposed is so, or shall be. */
const settled = words(
  "decided|agreed|accepted|approved|adopted|chose|chosen|picked|settled|signed off|merged|landed|passed|carried|ratified|in force|voted (?:for|to)|won|is over|ended \\d+|went with|decision:|implemented|rolled out|shipped|published",
);
const unsettled = words(
  "(?:not|never|to be|nothing|nobody|no one|if|once|when|until|wasn['’]t|isn['’]t|may be|might be|could be)(?: yet| been| be| was| is| has been| got| it is| it was| finally| formally| everybody)* (?:decided|agreed|accepted|approved|adopted|chosen|settled|signed off|merged|passed|ratified|in force)",
);

/** Proposed, planned or talked about, and not taken up. */
export function isProposed(text: string): boolean {
  if (turnedDown.test(text) && (asking.test(text) || proposal.test(text))) return true;
  const isOpen = [
    proposal,
    bare,
    isOne,
    planned,
    proposed,
    namedSuggests,
    dropped,
    open,
    pendingStart,
  ].some((way) => way.test(text));
  return isOpen && !(settled.test(text) && !unsettled.test(text));
}
