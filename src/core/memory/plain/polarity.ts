/** Whether something is allowed, or needed, or neither is. */
export interface Polarity {
  readonly of: "allowed" | "needed" | "on" | "done";
  readonly isSo: boolean;
}

const not = String.raw`(?:not|n['’]t|never|no longer)`;
const allowed = String.raw`(?:allowed|permitted|ok(?:ay)?|fine|welcome|legal|acceptable|supported|possible)`;
const needed = String.raw`(?:needed|required|mandatory|necessary|compulsory|obligatory)`;

const ways: readonly (readonly [RegExp, Polarity])[] = [
  [
    new RegExp(
      String.raw`\b(?:is|are|be)(?: \w+)? ?${not} (?:\w+ )?${needed}|\boptional\b|\bwithout asking\b|\bfreely\b|\bon (?:its|their) own\b|${not}(?: \w+)? (?:need|require|have to)\b|\bno need\b|\bneeds? no\b|\bno longer has to\b|\bno longer have to\b`,
      "i",
    ),
    { of: "needed", isSo: false },
  ],
  [
    new RegExp(String.raw`\b${needed}\b|\b(?:needs?|requires?|must|has to|have to)\b(?! not)`, "i"),
    { of: "needed", isSo: true },
  ],
  [
    new RegExp(
      String.raw`\b(?:is|are)(?: \w+)? ?${not} (?:\w+ )?${allowed}|^\W*(?:please )?(?:never|don['’]t|do not|avoid|stop|no more)\b|\b(?:must not|may not|cannot|can['’]t|should not|shouldn['’]t|mustn['’]t|never)\b|^\W*nobody\b|^\W*no \w+|\b(?:forbidden|banned|prohibited|off limits)\b`,
      "i",
    ),
    { of: "allowed", isSo: false },
  ],
  [
    new RegExp(String.raw`\b${allowed}\b|\b(?:may|can)\b|^\W*(?:please |always )`, "i"),
    { of: "allowed", isSo: true },
  ],
  [
    /\b(?:is|are|turned|switched|kept) (?:off|disabled|inactive)\b|\bdisables?\b|\b(?:turn|switch)(?:ed|s)? (?:off\b|(?:\S+ ){1,3}off\b)/i,
    { of: "on", isSo: false },
  ],
  [
    /\b(?:is|are|turned|switched|kept) (?:on|enabled|active)(?=[.!,;]|$| (?:now|again|by|in|for)\b)|\benables?\b/i,
    { of: "on", isSo: true },
  ],
  [
    new RegExp(String.raw`\b(?:is|are|do|does|did|we)(?: \w+)? ?${not}\b`, "i"),
    { of: "done", isSo: false },
  ],
];

/** "not always required", "never disable", "may be enabled" say neither. */
const unclear =
  /\bnot (?:always|all|only|every|just)\b|\b(?:never|may|can|might|could|should)\b.*\b(?:on|off|enabled?|disabled?|active|inactive)\b/i;

export function polarityOf(text: string): Polarity | undefined {
  if (unclear.test(text)) return undefined;
  return ways.find(([way]) => way.test(text))?.[1];
}
