import { prepositions } from "../claim/spans.ts";
import { stripStatement } from "../claim/strip-statement.ts";
import { type Subjects, spokenOf, type Word } from "../attributes/spoken-of.ts";
import type { Statement } from "../statement.ts";
import { changeVerbs, oneNouns } from "../words/lexicon.ts";
import { isEmpty, isLight, isWeak, meaningsOf } from "../words/meanings-of.ts";
import { stem } from "../words/stem.ts";
import { valueKey } from "../words/value-key.ts";
import { withoutCondition } from "./condition.ts";
import { type NamedIn, nameIn, type Spoken } from "./name-in.ts";
import { rootOf } from "./root.ts";
import type { Candidate, Told } from "./told.ts";
import { isKnownName } from "./value-families.ts";

/** What all sentences taught so far: values that were told plainly, and words that things are called by. */
export interface Known {
  readonly subjects: Subjects;
  readonly values: ReadonlySet<string>;
  readonly nameRoots: ReadonlySet<string>;
}

const valueMax = 3;

/** Undefined for what speaks of no known thing, or of more than one. */
export function takeApart(statement: Statement, known: Known): Told | undefined {
  const told = readApart(statement, known);
  return statement.isLearned ? asLearned(statement, told) : told;
}

/** What was read as others like it are is read well; only what it is called is added. */
function asLearned(statement: Statement, told: Told | undefined): Told | undefined {
  const { value, valueKey: key, oldKey, strong, weak } = statement.claim;
  const subject = statement.claim.subject.replace(/^`(.*)`$/, "$1");
  const own = new Set(meaningsOf(subject));
  const slot = [...strong, ...weak].filter((word) => !own.has(word)).toSorted();
  const isSame = told !== undefined && told.subject.toLowerCase() === subject.toLowerCase();
  if (key === "" || slot.length === 0) return undefined;
  return {
    statement,
    subject,
    value: { from: 0, to: 0, text: value, key, isTyped: false, isCode: value.includes(" ") && statement.text.includes(`\`${value}\``) },
    candidates: [],
    oldKey,
    roots: [...new Set(slot.map((word) => rootOf(word)))].toSorted(),
    phrases: isSame ? told.phrases : new Map(),
    name: isSame ? told.name : undefined,
    slot,
    condition: "",
  };
}

function readApart(statement: Statement, known: Known): Told | undefined {
  const whole = unmarked(withoutOpening(stripStatement(statement.text).text, known.subjects), known.subjects);
  const { text, condition } = withoutCondition(whole, {
    hasSubject: (part) => spokenOf(part, known.subjects) !== undefined,
    isValue: (part) => known.values.has(valueKey(part)) || isKnownName(part) || valueKey(part) === statement.claim.valueKey,
    hasValue: (part) => hasValue(part, known),
    isNamed: (root) => known.nameRoots.has(root),
  });
  const spoken = spokenOf(text, known.subjects);
  if (spoken === undefined || spoken.subjectAt === -1) return undefined;
  const { subjectAt } = spoken;
  const words = spoken.words.filter(
    (word, at) => !(at === subjectAt && word.kind === "word" && word.meant.some(isWeak) && !word.isApart && /^(?:project|service|app|application|repo|repository|package|module|component)$/.test(word.lower)),
  );
  const told = { text: spoken.text, words, subjectAt };
  const named = nameIn(told);
  const found = candidatesIn(told, { known, claim: statement.claim, named });
  const olds = found.filter((one) => isOld(one, words, spoken.text) || one.key === statement.claim.oldKey);
  const others = found.filter((one) => !olds.includes(one));
  const candidates = others.length > 0 ? others : doer(told);
  const value = valueOf(candidates, { told: named?.value, claim: statement.claim });
  const isChange = statement.claim.isChange || olds.length > 0;
  const taken = [...olds, ...found.filter(({ key }) => key === value?.key)];
  const left = words.map((word, at) => (taken.some(({ from, to }) => at >= from && at < to) ? undefined : word));
  return {
    statement,
    subject: spoken.subject,
    value,
    candidates,
    oldKey: olds[0]?.key ?? statement.claim.oldKey,
    ...rootsOf(left, { text: spoken.text, isChange }),
    name: named === undefined ? undefined : namedBy(named.words, isChange),
    slot: undefined,
    condition,
  };
}

/** A name that is marked as code is a name. */
function unmarked(text: string, subjects: Subjects): string {
  return text.replaceAll(/`([\w-]+)`/g, (whole, name: string) =>
    subjects.has(name.toLowerCase()) ? name : whole,
  );
}

function hasValue(part: string, known: Known): boolean {
  const spoken = spokenOf(part, known.subjects);
  return spoken !== undefined && spansIn(spoken, known, []).length > 0;
}

/** "As far as I can tell, …", "the run showed: …": who says so, and how, is nothing that is said. */
function withoutOpening(text: string, subjects: Subjects): string {
  const [whole = "", part = ""] = /^([^,:]{1,60})[,:]\s+/.exec(text) ?? [];
  const isTalk = /\b(?:i|we|you|me|us)\b|\b(?:says?|said|shows?|showed|states?|reports?|reported|confirms?|confirmed|notes?|according)\b/i.test(part);
  return isTalk && spokenOf(part, subjects) === undefined ? text.slice(whole.length) : text;
}

interface Span {
  readonly from: number;
  readonly to: number;
}

function candidatesIn(
  { text, words }: { readonly text: string; readonly words: readonly Word[] },
  of: { readonly known: Known; readonly claim: Statement["claim"]; readonly named: NamedIn | undefined },
): readonly Candidate[] {
  const found = spansIn({ text, words }, of.known, of.named?.words ?? []);
  const plain = of.named?.value ?? readSpan({ text, words }, of.claim);
  const spans = found.length > 0 ? found : [plain];
  return spans.flatMap((span) => {
    if (span === undefined) return [];
    const part = writtenIn(text, words.slice(span.from, span.to));
    const looks = isTyped(words.slice(span.from, span.to), text);
    const isCode = words[span.from]?.kind === "code" && part.includes(" ");
    return [{ ...span, text: part, key: keyOf(part), isTyped: looks, isCode }];
  });
}

/** "Ana owns S", where nothing else is a value. */
function doer({ text, words, subjectAt }: Spoken): readonly Candidate[] {
  const [first, second] = words;
  if (first?.kind !== "word" || second === undefined || subjectAt === 0) return [];
  const isDone = /^(?:is|took)$|[^s]s$/.test(second.lower) && !prepositions.has(first.lower);
  const part = writtenIn(text, [first]);
  return isDone && !/s$/.test(first.lower) ? [{ from: 0, to: 1, text: part, key: keyOf(part), isTyped: false, isCode: false }] : [];
}

/** Where the value stands that a grammar has read. */
function readSpan(
  { text, words }: { readonly text: string; readonly words: readonly Word[] },
  { valueKey: key }: Statement["claim"],
): Span | undefined {
  // "One of them" is no value.
  if (key === "" || key === "1") return undefined;
  for (let from = 0; from < words.length; from += 1)
    for (let to = Math.min(words.length, from + valueMax); to > from; to -= 1)
      if (keyOf(writtenIn(text, words.slice(from, to))) === key) return { from, to };
  return undefined;
}

/** Parts that are known to be values, or look like nothing else. */
function spansIn(
  { text, words }: { readonly text: string; readonly words: readonly Word[] },
  known: Known,
  named: readonly Word[],
): readonly Span[] {
  const found: Span[] = [];
  for (let from = 0; from < words.length; from += 1) {
    for (let to = Math.min(words.length, from + valueMax); to > from; to -= 1) {
      const part = words.slice(from, to);
      if (part.some((word) => named.includes(word)) || part.slice(1).some(({ isApart }) => isApart)) continue;
      const written = singular(writtenIn(text, part));
      const key = keyOf(written);
      const isValue = key.startsWith("flag ")
        ? isFlag(words, from, to)
        : isKnownName(written) || known.values.has(key) || isTyped(part, text);
      if (isValue) {
        found.push({ from, to });
        from = to - 1;
        break;
      }
    }
  }
  return found;
}

/** "is on in S", "turned off" */
function isFlag(words: readonly Word[], from: number, to: number): boolean {
  const next = words[to]?.lower;
  return (
    to === from + 1 &&
    /^(?:on|off|enabled|disabled)$/.test(words[from]?.lower ?? "") &&
    /^(?:is|are|was|turned|switched|set|now|stays|to)$/.test(words[from - 1]?.lower ?? "") &&
    (next === undefined || /^(?:in|for|of|now|by)$/.test(next))
  );
}

function isTyped(part: readonly Word[], text: string): boolean {
  const [one] = part;
  if (one === undefined) return false;
  const isFirst = one.start === 0;
  if (part.length > 1) return !isFirst && part.every(({ kind, text: word }) => kind === "word" && /^[A-Z][a-z]/.test(word)) && isJoined(part, text);
  if (one.kind === "number" || one.kind === "code" || one.kind === "url") return true;
  // "LOG_LEVEL" is what a value is of.
  if (one.kind === "name") return /[./:#@\d]|[a-z][A-Z]/.test(one.text) && !/^[A-Z]+(?:_[A-Z]+)+$/.test(one.text);
  return !isFirst && /^[A-Z]/.test(one.text);
}

function isJoined(part: readonly Word[], text: string): boolean {
  return part.every((word, at) => at === 0 || text.slice(part[at - 1]?.end ?? 0, word.start) === " ");
}

function keyOf(written: string): string {
  return valueKey(singular(written));
}

/** "Mondays" is Monday. */
function singular(written: string): string {
  return /^[a-z]+days$/i.test(written) ? written.slice(0, -1) : written;
}

function valueOf(
  candidates: readonly Candidate[],
  of: { readonly told: { readonly from: number; readonly to: number } | undefined; readonly claim: Statement["claim"] },
): Candidate | undefined {
  const { told } = of;
  if (told !== undefined) {
    const inside = candidates.filter(({ from, to }) => from >= told.from && to <= told.to);
    if (inside.length > 0) return inside.length === 1 ? inside[0] : inside.find(({ key }) => key === of.claim.valueKey);
  }
  if (new Set(candidates.map(({ key }) => key)).size === 1) return candidates[0];
  const same = candidates.filter(({ key }) => key === of.claim.valueKey);
  if (same.length === 1) return same[0];
  const sure = candidates.filter(({ text }) => isKnownName(singular(text)));
  if (sure.length === 1) return sure[0];
  const typed = candidates.filter(({ isTyped: looks }) => looks);
  if (typed.length === 1) return typed[0];
  const amounts = candidates.filter(({ text }) => /^[\d`]/.test(text));
  return amounts.length === 1 ? amounts[0] : undefined;
}

const leaving = /^(?:from|not|dropped|left|swapped|replaced|ditched|was|no|longer)$/;
const gone = /^\s*(?:is|was|are|were|has been|have been|got)?\s*(?:gone|removed|dropped|retired|history|no longer|not\b.*(?:any ?more|any longer)|any ?more|any longer)/i;

function isOld(one: Candidate, words: readonly Word[], text: string): boolean {
  const { to } = one;
  let { from } = one;
  // "from team Orchid", "from port 80"
  while (from > 1 && words[from - 1]?.kind === "word" && words[from - 1]?.meant.some((meant) => isWeak(meant) || oneNouns.has(meant)) === true) from -= 1;
  const before = words[from - 1];
  const pair = `${words[from - 2]?.lower ?? ""} ${before?.lower ?? ""}`;
  if (/^(?:instead of|rather than|no longer|away from|place of)$/.test(pair)) return true;
  const isChange = words.some(({ lower }) => changeVerbs.has(stem(lower)) || /^(?:went|now|left|took|dropped)$/.test(lower));
  if (before !== undefined && leaving.test(before.lower) && isChange && (before.lower !== "was" || before.isApart)) return true;
  return gone.test(text.slice(words[to - 1]?.end ?? text.length));
}

function rootsOf(
  left: readonly (Word | undefined)[],
  { text, isChange }: { readonly text: string; readonly isChange: boolean },
): Pick<Told, "roots" | "phrases"> {
  const roots = new Set<string>();
  const phrases = new Map<string, readonly string[]>();
  let phrase: string[] = [];
  const close = (): void => {
    const head = phrase.at(-1);
    if (head !== undefined) phrases.set(head, [...(phrases.get(head) ?? []), ...phrase.slice(0, -1)]);
    phrase = [];
  };
  for (const [at, word] of left.entries()) {
    const before = left[at - 1];
    const own = word === undefined ? [] : rootsIn(word, isChange);
    const isNext = before !== undefined && word !== undefined && text.slice(before.end, word.start) === " ";
    if (!isNext || own.length === 0) close();
    for (const root of own) roots.add(root);
    phrase.push(...own);
  }
  close();
  return { roots: [...roots].toSorted(), phrases };
}

/** Where something changed, the verb that says so is no word of what did. */
function rootsIn(word: Word, isChange: boolean): readonly string[] {
  // "the default branch" is not "the deploy branch".
  if (word.lower === "default") return ["default"];
  if (prepositions.has(word.lower)) return [];
  const told = word.meant.filter((meant) => !isLight(meant) && !isEmpty(meant) && !(isChange && changeVerbs.has(meant)) && !meant.startsWith("#"));
  return told.map((meant) => rootOf(meant));
}

function namedBy(words: readonly Word[], isChange: boolean): readonly string[] | undefined {
  const roots = [...new Set(words.flatMap((word) => rootsIn(word, isChange)))];
  return roots.length === 0 ? undefined : roots;
}

export function writtenIn(text: string, words: readonly Word[]): string {
  const [first, last] = [words[0], words.at(-1)];
  if (first === undefined || last === undefined) return "";
  return first === last ? first.text : text.slice(first.start, last.end);
}
