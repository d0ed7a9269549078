import {
  formOf,
  hole,
  isFiller,
  isTelling,
  isWhole,
  type Part,
  partsIn,
  subjectMark,
  tellingWords,
  textIn,
} from "./spoken.ts";

/** A statement whose subject is marked. */
export interface Marked {
  readonly words: readonly string[];
  readonly subject: string;
  /** Says that it was another way before. */
  readonly isChange: boolean;
}

/** A sentence that was said of several subjects with other words in its holes. */
export interface Form {
  readonly text: string;
  readonly lines: number;
  /** What was in each hole, in order. */
  readonly fillers: readonly ReadonlySet<string>[];
  /** Several subjects have many of these at once: one part says under what the other one holds. */
  readonly isConditional: boolean;
  /** One part says what was before the other one. */
  readonly isChange: boolean;
}

const linesMin = 3;
const subjectsMin = 2;
const comparedMax = 2_000;
/** Of so many subjects a sentence of two parts was said so often: it lists what holds under what. */
const listedMin = 3;
const listingMin = 2;
/** Sentences of more words have too many pairs of parts. */
const pairedWordsMax = 14;

interface Tally {
  lines: number;
  changes: number;
  /** How often it was said of each subject. */
  readonly subjects: Map<string, number>;
  readonly fillers: readonly Set<string>[];
}

export type Forms = ReadonlyMap<string, Form>;

/** Forms with one hole, and with two. */
export function findForms(statements: readonly Marked[]): Forms {
  const grouped = [...Map.groupBy(statements, ({ words }) => words.join(" ")).values()];
  const some = grouped.slice(0, comparedMax);
  return new Map([
    ...formsOf(some, (words) => fillersIn(words).map((part) => [part])),
    ...formsOf(some, (words) => pairsIn(words, fillersIn(words))),
  ]);
}

function fillersIn(words: readonly string[]): readonly Part[] {
  return partsIn(words).filter((part) => isFiller(textIn(words, part)) && !hasSubject(words, part));
}

function hasSubject(words: readonly string[], { from, to }: Part): boolean {
  return words.slice(from, to).includes(subjectMark);
}

function pairsIn(words: readonly string[], parts: readonly Part[]): readonly (readonly Part[])[] {
  if (words.length > pairedWordsMax) return [];
  return parts.flatMap((one) =>
    parts.filter(({ from }) => from > one.to).map((other) => [one, other]),
  );
}

function formsOf(
  statements: readonly (readonly Marked[])[],
  holesIn: (words: readonly string[]) => readonly (readonly Part[])[],
): Forms {
  const tallies = new Map<string, Tally>();
  for (const same of statements) {
    const words = same[0]?.words ?? [];
    for (const parts of holesIn(words)) {
      const text = formOf(words, parts);
      const held = tallies.get(text) ?? {
        lines: 0,
        changes: 0,
        subjects: new Map<string, number>(),
        fillers: parts.map(() => new Set<string>()),
      };
      held.lines += same.length;
      held.changes += same.filter(({ isChange }) => isChange).length;
      for (const { subject } of same)
        held.subjects.set(subject, (held.subjects.get(subject) ?? 0) + 1);
      for (const [at, part] of parts.entries()) held.fillers[at]?.add(textIn(words, part));
      tallies.set(text, held);
    }
  }
  return new Map(
    [...tallies].flatMap(([text, tally]) => {
      const form = formFrom(text, tally);
      return form === undefined ? [] : [[text, form]];
    }),
  );
}

function formFrom(text: string, { lines, changes, subjects, fillers }: Tally): Form | undefined {
  const isSeen = lines >= linesMin && subjects.size >= subjectsMin;
  const isOpen = fillers.every((one) => one.size >= 2 && isWhole(one));
  if (!isSeen || !isOpen || !saysSomething(text, fillers.length)) return undefined;
  const [one, other] = fillers;
  if (one === undefined || other === undefined)
    return { text, lines, fillers, isConditional: false, isChange: false };
  const isChange = changes * 2 > lines || [...one].some((filler) => other.has(filler));
  const listing = [...subjects.values()].filter((count) => count >= listedMin).length;
  const isConditional = !isChange && listing >= listingMin;
  return isChange || isConditional ? { text, lines, fillers, isConditional, isChange } : undefined;
}

/** A form of two holes and a verb fits too much. */
function saysSomething(text: string, holes: number): boolean {
  const telling = tellingWords(text);
  return holes === 1 ? telling.length > 0 : telling.some((word) => isTelling(word));
}

export interface Fit {
  readonly form: Form;
  readonly parts: readonly Part[];
}

/** The form that says most of a statement itself, and leaves least to its holes; before all, one that lists. */
export function fitOf(words: readonly string[], forms: Forms): Fit | undefined {
  let best: Fit | undefined;
  const single = fillersIn(words);
  const pairs = pairsIn(words, single);
  for (const parts of [...single.map((part) => [part]), ...pairs]) {
    const form = forms.get(formOf(words, parts));
    if (form === undefined) continue;
    if (best === undefined || isBetter(form, best.form)) best = { form, parts };
  }
  if (best === undefined) return undefined;
  return openedOf(best, { words, pairs, forms }) ?? widened(best, words, forms);
}

/** "V (was 80)" where others were something else: the value before is no word of the form. */
function openedOf(
  { form, parts }: Fit,
  at: {
    readonly words: readonly string[];
    readonly pairs: readonly (readonly Part[])[];
    readonly forms: Forms;
  },
): Fit | undefined {
  const [part] = parts;
  if (parts.length > 1 || part === undefined) return undefined;
  for (const pair of at.pairs) {
    if (!pair.some(({ from, to }) => from === part.from && to === part.to)) continue;
    const opened = at.forms.get(formOf(at.words, pair));
    if (opened?.isChange === true && opened.lines > form.lines)
      return { form: opened, parts: pair };
  }
  return undefined;
}

/** "the growth [team]" where others are only a name: the hole takes the noun in when more was said so. */
function widened(fit: Fit, words: readonly string[], forms: Forms): Fit {
  const [part] = fit.parts;
  if (fit.parts.length > 1 || part === undefined) return fit;
  for (const wide of [
    { from: part.from, to: part.to + 1 },
    { from: part.from - 1, to: part.to },
  ]) {
    if (wide.from < 0 || wide.to > words.length || hasSubject(words, wide)) continue;
    const form = isFiller(textIn(words, wide)) ? forms.get(formOf(words, [wide])) : undefined;
    const isShorter = [...(form?.fillers[0] ?? [])].some(
      (filler) => filler.split(" ").length < wide.to - wide.from,
    );
    if (form !== undefined && isShorter && form.lines > fit.form.lines)
      return { form, parts: [wide] };
  }
  return fit;
}

function isBetter(a: Form, b: Form): boolean {
  if (a.isConditional !== b.isConditional) return a.isConditional;
  const said = ({ text }: Form): number => text.split(" ").filter((word) => word !== hole).length;
  return said(a) - said(b) > 0 || (said(a) === said(b) && a.lines > b.lines);
}
