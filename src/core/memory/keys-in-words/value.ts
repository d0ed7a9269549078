import { prepositions } from "../claim/spans.ts";
import { lightVerbs, meaning } from "../words/lexicon.ts";

/** Words that tie a value to what it is of, and say nothing else. */
export const light = new Set(
  `the a an its our their is are be has have uses use using we they set to as for of in at now must should currently it value probably apparently
  appears seems default will shall keep keeps kept one list among include includes on also part`.split(
    /\s+/,
  ),
);
/** What has been done, and what nothing is said of, is no value. */
export function isValue(value: string): boolean {
  const words = value.split(" ");
  return (
    words.length <= 6 &&
    // "on" and "off"
    (words.length === 1 || !prepositions.has(words[0]?.toLowerCase() ?? "")) &&
    // "kept in S3"
    !(/(?:[^e]ed|ing|kept|made|put|set)$/i.test(words[0] ?? "") && isMore(value)) &&
    !/^(?:not|no|never|too|very|so|also|being|still|unclear|unknown|undecided)\b/i.test(value)
  );
}

/** "responses for 15 minutes" says more than a value. */
export function isMore(value: string): boolean {
  return value.split(" ").some((word) => prepositions.has(word.toLowerCase()));
}

/** Without the words at both ends that only tie, and without marks. */
export function bare(said: string): string {
  let words = said.trim().split(/\s+/);
  while (isLoose(words[0]) || isTie(words[0])) words = words.slice(1);
  while (isLoose(words.at(-1))) words = words.slice(0, -1);
  // "on" alone is a value.
  return (words.length === 0 ? said.trim() : words.join(" "))
    .replace(/[,:;]$/, "")
    .replace(/^(["'`])(.*)\1$/, "$2");
}

/** "runs at 80 MHz", "takes 3 s" */
function isTie(word: string | undefined): boolean {
  return word !== undefined && /^[a-z]+s$/.test(word) && lightVerbs.has(meaning(word));
}

function isLoose(word: string | undefined): boolean {
  return (
    word !== undefined &&
    (light.has(word.toLowerCase()) || /^(?:[\uE000\uE001:=,.–—-]+|['’]s)$/.test(word))
  );
}
