import { writtenIn } from "../attributes/explicit.ts";
import { type Subjects, spokenOf } from "../attributes/spoken-of.ts";
import { stripStatement } from "../claim/strip-statement.ts";
import type { Statement } from "../statement.ts";
import { isWeak, meaningsOf } from "../words/meanings-of.ts";
import { tokensOf } from "../words/tokens.ts";
import { valueKey, withUnitOf } from "../words/value-key.ts";
import { withoutCondition } from "./condition.ts";
import { isOld } from "./is-old.ts";
import { nameIn, type Spoken } from "./name-in.ts";
import { rootOf } from "./root.ts";
import { namedBy, rootsOf } from "./roots-in.ts";
import type { Candidate, Told } from "./told.ts";
import { isKnownName } from "./value-families.ts";
import { candidatesIn, doer, spansIn, valueOf } from "./values-in.ts";

/** What all sentences taught so far: values that were told plainly, and words that things are called by. */
export interface Known {
  readonly subjects: Subjects;
  readonly values: ReadonlySet<string>;
  readonly nameRoots: ReadonlySet<string>;
}

/** Undefined for what speaks of no known thing, or of more than one. */
export function takeApart(statement: Statement, known: Known): Told | undefined {
  const told = readApart(statement, known);
  return statement.isLearned ? asLearned(statement, told) : told;
}

/** What was read as others like it are is read well; only what it is called is added. */
function asLearned(statement: Statement, told: Told | undefined): Told | undefined {
  const { predicate, value, valueKey: key, oldKey, strong, weak } = statement.claim;
  const subject = statement.claim.subject.replace(/^`(.*)`$/, "$1");
  const own = new Set(meaningsOf(subject));
  const slot = [...strong, ...weak].filter((word) => !own.has(word)).toSorted();
  const isSame = told !== undefined && told.subject.toLowerCase() === subject.toLowerCase();
  if (key === "" || slot.length === 0) return undefined;
  const named =
    statement.observation.isTold === true
      ? meaningsOf(predicate).map((word) => rootOf(word))
      : undefined;
  return {
    statement,
    subject,
    value: {
      from: 0,
      to: 0,
      text: value,
      key,
      isTyped: false,
      isCode: value.includes(" ") && statement.text.includes(`\`${value}\``),
    },
    oldKey,
    roots: [...new Set(slot.map((word) => rootOf(word)))].toSorted(),
    phrases: isSame ? told.phrases : new Map(),
    name: named ?? (isSame ? told.name : undefined),
    called: statement.observation.isTold === true ? predicate : isSame ? told.called : undefined,
    slot,
    condition: "",
  };
}

function readApart(statement: Statement, known: Known): Told | undefined {
  const { subjects, values } = known;
  const { claim } = statement;
  if (!isNamedIn(statement.text, subjects)) return undefined;
  const whole = unmarked(withoutOpening(stripStatement(statement.text).text, subjects), subjects);
  const { text, condition } = withoutCondition(whole, {
    hasSubject: (part) => isNamedIn(part, subjects),
    isValue: (part) =>
      values.has(valueKey(part)) || isKnownName(part) || valueKey(part) === claim.valueKey,
    hasValue: (part) => {
      const spoken = spokenOf(part, subjects);
      return spoken !== undefined && spansIn(spoken, values, []).length > 0;
    },
    isNamed: (root) => known.nameRoots.has(root),
  });
  const spoken = spokenOf(text, subjects);
  if (spoken === undefined || spoken.subjectAt === -1) return undefined;
  const told = withoutKind(spoken);
  const named = nameIn(told);
  const found = candidatesIn(told, { values, claim, named });
  const olds = found.filter((one) => isOld(one, told.words, text) || one.key === claim.oldKey);
  const others = found.filter((one) => !olds.includes(one));
  const value = valueOf(others.length > 0 ? others : doer(told), { told: named?.value, claim });
  const isChange = claim.isChange || olds.length > 0;
  const taken = [
    ...olds,
    ...(value === undefined ? [] : [value]),
    ...found.filter(({ key }) => key === value?.key),
  ];
  const left = told.words.map((word, at) =>
    taken.some(({ from, to }) => at >= from && at < to) ? undefined : word,
  );
  return {
    statement,
    subject: spoken.subject,
    value,
    oldKey: oldOf(value, olds[0]) ?? claim.oldKey,
    ...rootsOf(left, { text: told.text, isChange }),
    name: named === undefined ? undefined : namedBy(named.words, isChange),
    called: named === undefined ? undefined : writtenIn(told.text, named.words),
    slot: undefined,
    condition: [condition, ...unsaid(told, taken)].join(" ").trim(),
  };
}

function oldOf(value: Candidate | undefined, old: Candidate | undefined): string | undefined {
  return old === undefined ? undefined : valueKey(withUnitOf(value?.text ?? "", old.text));
}

/** Longest name of a subject, in words. */
const nameMax = 3;

function isNamedIn(part: string, subjects: Subjects): boolean {
  const tokens = tokensOf(part);
  return tokens.some(({ start }, at) =>
    tokens
      .slice(at, at + nameMax)
      .some(({ text, end }, more) =>
        subjects.has((more === 0 ? text : part.slice(start, end)).toLowerCase()),
      ),
  );
}

const kinds = /^(?:project|service|app|application|repo|repository|package|module|component)$/;

/** "the web project" is web. */
function withoutKind({ text, words, subjectAt }: Spoken): Spoken {
  const next = words[subjectAt];
  const isKind = next !== undefined && !next.isApart && next.meant.some(isWeak);
  return isKind && kinds.test(next.lower)
    ? { text, words: words.filter((word) => word !== next), subjectAt }
    : { text, words, subjectAt };
}

/** "In version 2 of web": a number or a path that is neither the value nor the one before narrows what is said. */
function unsaid(
  { words }: Spoken,
  taken: readonly { readonly from: number; readonly to: number }[],
): readonly string[] {
  return words.flatMap(({ kind, text, lower }, at) => {
    const isTaken = taken.some(({ from, to }) => at >= from && at < to);
    const isExact = kind === "number" || kind === "date" || (kind === "name" && /\d/.test(text));
    return isExact && !isTaken ? [lower] : [];
  });
}

/** A name that is marked as code is a name. */
function unmarked(text: string, subjects: Subjects): string {
  return text.replaceAll(/`([\w-]+)`/g, (whole, name: string) =>
    subjects.has(name.toLowerCase()) ? name : whole,
  );
}

/** "As far as I can tell, …", "the run showed: …": who says so, and how, is nothing that is said. */
function withoutOpening(text: string, subjects: Subjects): string {
  const [whole = "", part = ""] = /^([^,:]{1,60})[,:]\s+/.exec(text) ?? [];
  const isTalk =
    /\b(?:i|we|you|me|us)\b|\b(?:says?|said|shows?|showed|states?|reports?|reported|confirms?|confirmed|notes?|according)\b/i.test(
      part,
    );
  return isTalk && !isNamedIn(part, subjects) ? text.slice(whole.length) : text;
}
