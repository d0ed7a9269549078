import type { Word } from "../attributes/spoken-of.ts";
import { changeVerbs, oneNouns } from "../words/lexicon.ts";
import { isWeak } from "../words/meanings-of.ts";
import { stem } from "../words/stem.ts";
import type { Candidate } from "./told.ts";

const leaving = /^(?:from|not|dropped|left|swapped|replaced|ditched|was|no|longer)$/;
const gone =
  /^\s*(?:is|was|are|were|has been|have been|got)?\s*(?:gone|removed|dropped|retired|history|no longer|not\b.*(?:any ?more|any longer)|any ?more|any longer)/i;

/** Whether a sentence says of a value that it was the one before: "from V", "instead of V", "V is gone". */
export function isOld(one: Candidate, words: readonly Word[], text: string): boolean {
  const { to } = one;
  let { from } = one;
  // "from team Orchid", "from port 80"
  while (
    from > 1 &&
    words[from - 1]?.kind === "word" &&
    words[from - 1]?.meant.some((meant) => isWeak(meant) || oneNouns.has(meant)) === true
  )
    from -= 1;
  const before = words[from - 1];
  const pair = `${words[from - 2]?.lower ?? ""} ${before?.lower ?? ""}`;
  if (/^(?:instead of|rather than|no longer|away from|place of)$/.test(pair)) return true;
  const isChange = words.some(
    ({ lower }) => changeVerbs.has(stem(lower)) || /^(?:went|now|left|took|dropped)$/.test(lower),
  );
  if (
    before !== undefined &&
    leaving.test(before.lower) &&
    isChange &&
    (before.lower !== "was" || before.isApart)
  )
    return true;
  return gone.test(text.slice(words[to - 1]?.end ?? text.length));
}
