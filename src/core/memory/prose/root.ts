import { meaning } from "../words/lexicon.ts";
import { remembered } from "../words/remembered.ts";

/** Ends that make a noun of a verb, a person or a tool of what it does; what is left has to be a word still. */
const ends = [
  "ership",
  "ation",
  "ition",
  "ment",
  "ance",
  "ence",
  "able",
  "ible",
  "tion",
  "sion",
  "ing",
  "ion",
  "age",
  "er",
  "or",
  "al",
  "ly",
];
const leftMin = 4;

/**
 * What words of one family have in common: "formatter", "formatting" and "formatted" are all "format". Wider than `meaning`,
 * and only good for comparing what is said of one thing.
 */
export const rootOf = remembered((given: string): string => {
  // "notification" and "notify"
  const word = given.replace(/ifications?$/, "ify");
  const meant = /[a-z]{4,}at(?:e|es|ed|ing)$/.test(word)
    ? meaning(word.replace(/at(?:e|es|ed|ing)$/, ""))
    : meaning(word);
  if (!/^[a-z]+$/.test(meant)) return meant;
  for (const end of ends) {
    const cut = meant.slice(0, -end.length);
    if (!meant.endsWith(end) || cut.length < leftMin) continue;
    return meaning(/([bdfgklmnprt])\1$/.test(cut) && !cut.endsWith("ll") ? cut.slice(0, -1) : cut);
  }
  return meant;
});
