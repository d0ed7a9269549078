import { placesOf } from "../words/places-of.ts";

/** What denies the verb it stands with. A bare "not" belongs to a name or an aside ("not sure", "not verified"). */
const denial =
  /\b(?:(?:is|are|was|were|be|been|do|does|did|has|have|had|can|could|will|would|shall|should|must|may|might|need|ought to)(?: \w+ly)? not|\w+n['’]t|cannot|never|no longer|nor|stopped|ceased|gave up|no more)\b/i;
/** Of what goes without it: no more than what stands right behind. */
const without = /\bwithout (?:\S+ ){0,2}$/i;
/** "does not start without V", "nobody merges without V", "what lacks V cannot run": then V it is. */
const needed = /\b(?:without|lacking|missing|lacks?|short of) (?:an? |the |at least )?$/i;
/** What turns a sentence round. "Does not fail without V" turns twice. */
const turns =
  /\b(?:no longer|not|cannot|no one|none|never|nobody|nothing|no|fails?|refuses?|refused|rejects?|rejected|breaks?|crash(?:es)?|dies|hangs?|stops?|useless|impossible|blocked|any ?more|any longer)\b|n['’]t\b/gi;
/** "never goes faster than V", "may not exceed V": how far it may go, and that is V. */
const bound =
  /\b(?:not?|never|cannot|\w+n['’]t) (?:\S+ ){0,3}?(?:(?:more|less|fewer|\w{2,}er)(?: \S+){0,2} than|exceed|surpass|pass|cross|(?:go |be |get |grow |rise |climb |run )?(?:over|above|beyond|below|under|past)) (?:\S+ )?$/i;
/** What opens a condition, and what denies in it. */
const opens = /\b(?:when|whenever|if|unless|until|once|as soon as)\b/i;
const denying = /\b(?:not|no longer)\b|n['’]t\b/i;
const measuring = /\b(?:over|above|below|beyond|under|past|than|after|at) $/i;
/** "lets nothing through under 85 %": what is denied is what does not reach it. */
const shortOf =
  /\b(?:not?|never|cannot|nothing|nobody|none|\w+n['’]t)\b[^,;]{0,60} (?:over|above|below|beyond|under|past|after) $/i;
const clauseEnd =
  /[;:()–—]\s?|,\s|\s-\s|\.\s+(?=[A-Z"'`])|\b(?:and|but|as|since|because|now that|so|while|which|after)\b\s?/i;

/** What was so is no more than that. */
const past = /\b(?:was|were|had|used|until|before|formerly|previously|earlier|once)\b/i;

/** "nobody, agents included, merges without V" */
const whoElse =
  /,? (?:agents?|bots?|assistants?|humans?|admins?|maintainers?|everyone|everybody)(?: (?:included|or not)),/i;

/**
 * Whether a text says of this value that it is not so: the part of a sentence that has the value denies it, and none says that it
 * is so ("tabs now, no longer 8-wide tabs").
 */
export function denies(given: string, value: string): boolean {
  const text = given.replace(whoElse, "");
  const plain = value.trim().toLowerCase();
  if (plain === "") return denial.test(text) || /\bwithout\b/i.test(text);
  const lower = text.toLowerCase();
  const bounded = placesOf(lower, plain);
  const places = bounded.length > 0 ? bounded : [lower.lastIndexOf(plain)].filter((at) => at >= 0);
  const isAmount = /^\d/.test(plain);
  const parts = places.map((at) => ({
    isAmount,
    isMeasure: measuring.test(text.slice(0, at)),
    before: text.slice(0, at).split(clauseEnd).at(-1) ?? "",
    after: text.slice(at + plain.length).split(clauseEnd)[0] ?? "",
  }));
  const [denied, said] = [
    parts.filter((part) => isDenied(part)),
    parts.filter((part) => !isDenied(part)),
  ];
  return denied.length > 0 && said.every(({ before, after }) => past.test(`${before} ${after}`));
}

function isDenied(part: {
  readonly before: string;
  readonly after: string;
  readonly isAmount: boolean;
  readonly isMeasure: boolean;
}): boolean {
  const { after } = part;
  const before = part.before.replace(/["'`]+$/, "");
  if (bound.test(before) || isCondition(before)) return false;
  if (part.isAmount && shortOf.test(before)) return false;
  if (needed.test(before)) {
    const clause = `${
      before
        .replace(needed, " ")
        .split(/\bthat\b/)
        .at(-1) ?? ""
    } ${after}`;
    if ((clause.match(turns) ?? []).length % 2 === 1) return false;
  }
  // "functions over V are never inlined": what is denied is said of something that V only measures.
  return denial.test(part.isMeasure ? before : `${before} ${after}`) || without.test(before);
}

/** "resets when it is not fed for V", "unless it was not touched in V": when something happens, and no denial. */
function isCondition(before: string): boolean {
  const last = before.slice(Math.max(before.lastIndexOf(","), before.lastIndexOf(";")) + 1);
  const at = last.search(opens);
  return at !== -1 && denying.test(last.slice(at));
}
