/** Words that leave open which one they mean: "that flag", "some variable", "a different target", "the newer one". */
const open =
  /\b(?:this|these|those|there|here|some|certain|another|others?|different|several|various|something|somewhere|somehow|someone|somebody|anything|things?|ones?|same|few|usual|right|wrong|proper|extra|special|particular|again|too|more|less|elsewhere|otherwise|(?:new|old|bigg|small|larg|long|short|fast|slow|high|low|earli|lat|bett|wid|strict)er|worse)\b/i;
const that =
  /^(?:it|they|that|its|their)\b|\b(?:that|it)(?=\W*$)|\bthat (?!(?:the|an?|it|they|we|you|is|are|was|were|has|have|can|must|should|will|do|does)\b)/i;
/** Nouns that only say that there is something to say, or stand for what is said elsewhere. */
export const shellNouns =
  "notes?|problems?|issues?|caveats?|risks?|remarks?|warnings?|gotchas?|todos?|comments?|hints?|pitfalls?|limitations?|bugs?|quirks?|troubles?|concerns?|hazards?|cautions?|oddit(?:y|ies)|observations?|infos?|details?|facts?|catch|traps?|reasons?|causes?|culprits?|tricks?|workarounds?|fix(?:es)?|hacks?|exceptions?";
const standsFor = new RegExp(`\\b(?:the|an?|one) (?:${shellNouns})\\b`, "i");

/** Whether words point at something that they do not name. */
export function pointsAt(text: string): boolean {
  return (
    open.test(text) ||
    /^(?:part|half|most) of the\b/i.test(text) ||
    that.test(text) ||
    standsFor.test(text)
  );
}

/** Whether words point at a thing, of which they say only what kind it is: "that rule", "these jobs", and not "this is". */
export function pointsOut(text: string): boolean {
  return /\b(?:th(?:is|at) (?!(?:the|an?|it|they|we|you|can|must|should|will|do|had)\b)\p{L}*[^s\P{L}]|th[eo]se (?!are|were|have|do|can|must)\p{L}+)(?!\p{L})/iu.test(
    text,
  );
}
