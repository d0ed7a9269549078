const isOne = "(?:is|must|should|needs|has|can|cannot|may|goes|gets|happens|belongs)";
const areMany = "(?:are|must|should|need|have|can|cannot|may|go|get|happen|belong)";
const which = String.raw`(?:(?:who|that|which|pending|awaiting|without|with|about|of|from|in|for|on) (?:\S+ ){1,6}?)?`;
/** What is only to be is no rule: "results are pending", "a test is planned". */
const openYet = String.raw`(?! (?:still|pending|under|open|being|planned|proposed|suggested|considered|discussed|debated|to be|due|not yet|un\w+ed|only|just|merely|an?|one)\b)`;
/** "Questions about prices go to …", "every release needs to be approved": said of all of a kind. */
const ofAll = [
  new RegExp(
    String.raw`^\W*(?:(?:every|each|any|no|an?) (?:(?!we |i |they |he |she )\S+ ){1,3}?|(?:discussion|feedback|debate) )${which}${isOne}\b${openYet}`,
  ),
  new RegExp(String.raw`^\W*(?:all )?(?:\S+ )?\w+s ${which}${areMany}\b${openYet}`),
];
/** "If a change is not approved, …", "to find out which, …", "users who plan to …": under what, and then what. */
const underWhat =
  /^\W*(?:if|when|whenever|unless|until|while|once|as long as|before|after|to \w+)\b.{1,200},/;
const unreal = /\b(?:would|could|might|may|were|had|['’]d)\b/;

/** What is done each time: it names proposals, questions and attempts, and is none. */
export function isRule(text: string): boolean {
  return ofAll.some((way) => way.test(text)) || (underWhat.test(text) && !unreal.test(text));
}
