import { looksMade, looksStrong } from "./looks-secret.ts";

/** What a noun in front may say of a secret without being more than a part of it. */
const partOf = /^(?:values?|contents?|text|string|half|halves|part|pieces?|rest|copy|one)$/i;
const ofName = /(?<![a-z])([a-z]+) (?:of|for|in|behind|on) (?:the )?["'`“]?$/i;
const secretNoun =
  /(?<![a-z])(?:pass(?:word|wd|phrase|code)?|pwd|pw|secret|token|pin|otp|key|credential|code)s?(?![a-z]|[-_][a-z])/i;

interface Said {
  readonly at: number;
  readonly said: string;
  readonly value: string;
}

/**
 * Whether the word for a secret that `said` begins with at `at` ends the name of a thing ("@garnetto/tokens", "the license of
 * design-tokens"): then what is said is said of that thing, unless a word for a secret comes behind it. Passwords and keys
 * have such names themselves ("the db-passwords"); so have tokens whose `value` was made by chance.
 */
export function isNameOfThing(text: string, { at, said, value }: Said): boolean {
  const front = /(?<![\w@./-])[\w@.-][\w@./-]*[/@.-]$/.exec(
    text.slice(Math.max(0, at - 80), at),
  )?.[0];
  const [, word = ""] = /^([a-z]+)/i.exec(said) ?? [];
  if (front === undefined || secretNoun.test(said.slice(word.length))) return false;
  if (/^@[\w.-]+\/[\w./-]*$/.test(front)) return true;
  const noun = ofName.exec(text.slice(Math.max(0, at - 160), at - front.length))?.[1];
  if (noun !== undefined) return !partOf.test(noun) && !secretNoun.test(noun);
  return front.endsWith("-") && /^tokens$/i.test(word) && !looksMade(value) && !looksStrong(value);
}
