import { meaning, narrowing } from "../words/lexicon.ts";
import { isAmountKey } from "../words/value-key.ts";
import { sinceLast, under } from "./loose-fit.ts";
import { hole, isTelling, subjectMark } from "./spoken.ts";

/** What was said in one form: values by subject. */
export interface Said {
  readonly form: string;
  readonly lines: number;
  readonly values: ReadonlyMap<string, ReadonlySet<string>>;
  /** Values that it names as the ones before, by subject. */
  readonly olds: ReadonlyMap<string, ReadonlySet<string>>;
  /** It has a condition beside its value; only the same form says the same. */
  readonly isConditional: boolean;
}

/** With what is asked of it in every comparison. */
interface Seen extends Said {
  readonly bare: string;
  readonly roots: ReadonlyMap<string, Place>;
  readonly all: ReadonlySet<string>;
}

/**
 * Which forms say one thing in other words: they give several subjects the same values, or have a word in common that says
 * of what the value is. Gives a number for each form; forms of one thing have the same one.
 */
export function sameForms(forms: readonly Said[]): readonly number[] {
  const said = forms.map((one): Seen => {
    const { form, values } = one;
    return { ...one, bare: bare(form), roots: rootsIn(form), all: allOf(values) };
  });
  const group = said.map((_, at) => at);
  const join = (a: number, b: number): void => {
    const [low, high] = [
      Math.min(group[a] ?? a, group[b] ?? b),
      Math.max(group[a] ?? a, group[b] ?? b),
    ];
    for (const [at, one] of group.entries()) if (one === high) group[at] = low;
  };
  for (const [a, one] of said.entries()) {
    for (const [b, other] of said.entries()) {
      if (b > a && group[a] !== group[b] && isOne(one, other)) join(a, b);
    }
  }
  for (const [at, one] of said.entries()) {
    if (group.filter((other) => other === group[at]).length > 1) continue;
    const home = homeOf(one, { said, group });
    if (home !== undefined) join(at, home);
  }
  return group;
}

function isOne(a: Seen, b: Seen): boolean {
  if (a.isConditional || b.isConditional) return false;
  if (a.bare === b.bare) return true;
  if (isExchanged(a.form, b.form)) return false;
  const [agreeing, differing] = compared(a, b);
  if (agreeing >= 2 && agreeing >= differing) return true;
  const { common, isTold } = wordsOf(a.roots, b.roots);
  const shared = overlap(a.all, b.all);
  return (
    common > 0 && !isTold && (shared >= 2 || (shared === 1 && agreeing > 0) || replaces(a, b) > 0)
  );
}

/** A form without what says from when on it holds. */
function bare(form: string): string {
  const words = form.split(" ");
  const from = words.findLastIndex(
    (_, at) => at > words.lastIndexOf(hole) && sinceLast.test(words.slice(at).join(" ")),
  );
  const kept = from === -1 ? words : words.slice(0, from);
  return kept.includes(subjectMark) ? kept.join(" ") : form;
}

/** Values of one kind agree by chance in one of four subjects or so; a form of the same thing agrees in more. */
const agreeingMin = 0.3;

/** A form that is alone belongs to the one thing that has its values, and gives a subject the same one or follows it. */
function homeOf(
  one: Seen,
  { said, group }: { readonly said: readonly Seen[]; readonly group: readonly number[] },
): number | undefined {
  if (one.isConditional) return undefined;
  if ([...one.all].every(isAmountKey)) return undefined;
  const homes = new Map<number, { readonly at: number; agreeing: number; differing: number }>();
  for (const [at, other] of said.entries()) {
    const number = group[at] ?? at;
    if (other === one || other.isConditional || overlap(one.all, other.all) === 0) continue;
    const home = homes.get(number) ?? { at, agreeing: 0, differing: 0 };
    const [agreeing, differing] = compared(one, other);
    const isNear = !isExchanged(one.form, other.form);
    home.agreeing += isNear ? agreeing + 2 * replaces(one, other) : 0;
    home.differing += differing;
    homes.set(number, home);
  }
  const [home] = homes.values();
  if (homes.size !== 1 || home === undefined) return undefined;
  const share = home.agreeing / Math.max(1, home.agreeing + home.differing);
  return share >= agreeingMin ? home.at : undefined;
}

/** Subjects of which both say the same, and of which they do not. */
function compared(a: Said, b: Said): readonly [number, number] {
  let [agreeing, differing] = [0, 0];
  for (const [subject, values] of a.values) {
    const others = b.values.get(subject);
    if (others === undefined) continue;
    if (overlap(values, others) > 0) agreeing += 1;
    else differing += 1;
  }
  return [agreeing, differing];
}

/** Of how many subjects one names as the value before what the other one says. */
function replaces(a: Said, b: Said): number {
  let found = 0;
  for (const [one, other] of [
    [a, b],
    [b, a],
  ] as const) {
    for (const [subject, olds] of one.olds)
      if (overlap(olds, other.values.get(subject) ?? new Set()) > 0) found += 1;
  }
  return found;
}

/** "uses V in production", "uses V in staging": the same but for one part that says something. */
function isExchanged(a: string, b: string): boolean {
  const [one, other] = [a.split(" "), b.split(" ")];
  let start = 0;
  while (start < Math.min(one.length, other.length) && one[start] === other[start]) start += 1;
  let end = 0;
  while (
    end < Math.min(one.length, other.length) - start &&
    one.at(-1 - end) === other.at(-1 - end)
  )
    end += 1;
  const parts = [one.slice(start, one.length - end), other.slice(start, other.length - end)];
  return (
    start + end >= 2 &&
    parts.every(
      (part) => part.length <= 2 && part.every(isPlain) && part.some((word) => isTelling(word)),
    ) &&
    !(parts[0] ?? []).some(
      (word) => isTelling(word) && parts[1]?.map(meaning).includes(meaning(word)),
    )
  );
}

function isPlain(word: string): boolean {
  return word !== hole && word !== subjectMark;
}

/** How many telling words they have in common, and whether what only one has tells another thing. */
function wordsOf(
  one: ReadonlyMap<string, Place>,
  other: ReadonlyMap<string, Place>,
): { readonly common: number; readonly isTold: boolean } {
  const common = new Set([...one.keys()].filter((word) => other.has(word)));
  const isTold = (own: ReadonlyMap<string, Place>, its: ReadonlyMap<string, Place>): boolean =>
    [...own].some(([word, { meant, before, after }]) => {
      const isLimit = limits.has(meant) && ![...its.values()].some((one) => limits.has(one.meant));
      if (its.has(word) || isLimit) return false;
      const isNarrow = narrowing.has(meant);
      const isVerb = before === subjectMark && !isNarrow;
      return (common.has(after) && !isVerb) || (isNarrow && under.test(before)) || /\d/.test(word);
    });
  return { common: common.size, isTold: isTold(one, other) || isTold(other, one) };
}

const limits = new Set(["max", "min"]);

interface Place {
  readonly meant: string;
  readonly before: string;
  readonly after: string;
}

/** Telling words of a form, each with what stands beside it: "read" before "timeout" says which one. */
function rootsIn(form: string): ReadonlyMap<string, Place> {
  const words = form.split(" ");
  return new Map(
    words.flatMap((word, at) =>
      isPlain(word) && isTelling(word)
        ? [
            [
              rootOf(word),
              {
                meant: meaning(word),
                before: words[at - 1] ?? "",
                after: rootOf(words[at + 1] ?? ""),
              },
            ] as const,
          ]
        : [],
    ),
  );
}

/** What "approve", "approver" and "approval" have in common: so many letters. */
const rootMax = 6;

function rootOf(word: string): string {
  return meaning(word).slice(0, rootMax);
}

function allOf(values: ReadonlyMap<string, ReadonlySet<string>>): ReadonlySet<string> {
  return new Set([...values.values()].flatMap((held) => [...held]));
}

function overlap(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let found = 0;
  for (const one of a) if (b.has(one)) found += 1;
  return found;
}
