import { words } from "./words.ts";

/** What comes first tells that the rest is played, or only stands there for now. */
const start = new RegExp(
  String.raw`^\W*(?:${[
    "suppose|supposing|imagine(?! \\w+ (?:is|are|has|runs)\\b)|picture (?:an?|this)\\b|pretend|assume for|assuming that",
    String.raw`for (?:example|instance)\b(?=.*\b(?:if|could|might|would|your|you|foo|bar|say)\b)|e\.?g\.?,? (?:if|an?|say|suppose|when|something)\b`,
    String.raw`(?:let['’]?s|let us|just) (?:say|suppose|pretend|imagine|assume)|say,? (?:we|i|you|that|there|somebody|someone|an?|the|\S+ (?:was|were|is|had))\b`,
    String.raw`think of an? |consider an? (?:\w+ )?(?:hypothetical|fictional|imaginary|made-up)`,
    String.raw`(?:(?:a|an|one|the) )?(?:(?:made-up|fictional|fictitious|silly|contrived|toy|bad|counter-?) )?examples?(?=\s*:| (?:from|of) (?:the|a|an|some)\b.*[:"“])|sample\s*:`,
    String.raw`lol\b|haha|hehe|jk\b|todo\b|fixme\b|xxx\b|placeholders?\s*[:=]|commented out\b|disabled(?=:)|see (?:also )?the \S+ for\b`,
  ].join("|")})`,
);
const playful = words(
  "joked|joking|jokingly|an? joke|joke of the|joke(?=:)|kidding|tongue in cheek|sarcas\\w+|ironically|april fools?(?:['’] day)?|lol|haha|for laughs|quiz questions?|science fiction|pretends? that",
  "(?:is|are|was|were) (?:only |just |purely |entirely )?(?:made[- ]up|fictional|fictitious|an example|an illustration|illustrative|a joke)|fictional example|no meaning|hypothetical|imaginary",
  "in (?:the|an?|our|this|that|its) (?:\\w+ )?(?:tutorial|textbook|cartoon|comic|mock-?up|fairy tale|example|sample(?: \\w+)?)(?=[,:]| (?:the|we|it|there|they|an?|from|of|by)\\b)|(?:the|a|our) tutorials? (?:uses?|sets?|shows?|picks?|assumes?|pretends?)|only in (?:that|this|one|the) (?:one )?(?:unit )?tests?|do(?:n['’]t| not) (?:read|take) (?:anything|it|this) (?:into|serious|literal)\\w*",
);

/** An example, a joke, a placeholder: it is said for something else's sake. */
export function isExample(text: string): boolean {
  return start.test(text) || playful.test(text);
}
