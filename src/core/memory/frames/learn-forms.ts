import { conditions } from "../words/lexicon.ts";
import { isLight, meaningsOf } from "../words/meanings-of.ts";
import { valueKey } from "../words/value-key.ts";
import { findForms, type Fit, fitOf, type Forms, type Marked } from "./find-forms.ts";
import { findSubjects, subjectIn } from "./find-subjects.ts";
import { learnHomes } from "./home-of-values.ts";
import { type IsSlack, looseFitOf, slackFor, under } from "./loose-fit.ts";
import { sameForms, type Said } from "./same-forms.ts";
import { hole, type Part, type Spoken, spokenOf, subjectMark } from "./spoken.ts";

/** A statement as forms are learned from it. */
export interface Sample {
  readonly text: string;
  readonly time: number;
  /** Says that it was another way before. */
  readonly isChange: boolean;
  readonly predicate: string | undefined;
}

/** What is to be read, and whether it is only inferred: a guess has words around it that narrow nothing. */
export interface Unread {
  readonly text: string;
  readonly time: number;
  readonly isGuess: boolean;
}

/** A statement read by its form. */
export interface FormReading {
  /** As written. */
  readonly subject: string;
  readonly value: string;
  /** The value before, when it is named. */
  readonly old: string;
  /** What it holds under; empty when nothing says so. */
  readonly condition: string;
  /** Meanings of what is said beside subject and value; the same for all forms that say the same. */
  readonly slot: readonly string[];
  /** What keys call it, when most of them do. */
  readonly predicate: string | undefined;
}

export type ReadForm = (unread: Unread) => FormReading | undefined;

/** Fewer statements have no forms. */
const samplesMin = 12;

export interface Line {
  readonly sample: Sample;
  readonly spoken: Spoken;
  readonly subjectAt: Part;
  readonly subject: string;
  readonly fit: Fit;
  /** The statement with its subject marked, as written. */
  readonly written: readonly string[];
}

/**
 * Learns from all statements how things are said here: sentences that come back with another subject, another value. No
 * grammar is needed for what was said in such a form, and forms that give the same subjects the same values say the same.
 */
export function learnForms(samples: readonly Sample[], known: readonly string[]): ReadForm {
  const clean = samples.filter(({ text }) => !text.includes("[redacted]"));
  const unique = [...new Map(clean.map((one) => [one.text, one])).values()];
  if (unique.length < samplesMin) return () => undefined;
  const heard = unique.flatMap((sample) => {
    const spoken = spokenOf(sample.text);
    return spoken === undefined ? [] : [{ sample, spoken }];
  });
  const named = known.flatMap((name) => spokenName(name) ?? []);
  const subjects = new Map([
    ...findSubjects(heard.map(({ spoken }) => spoken.words)),
    ...named.map((name): [string, number] => [name, heard.length]),
  ]);
  const marked = heard.flatMap(({ spoken, sample: { isChange } }) => {
    const found = markedOf(spoken, subjects);
    return found === undefined ? [] : [{ ...found.marked, isChange }];
  });
  const forms = findForms(marked);
  const lines = heard.flatMap(
    ({ sample, spoken }) => lineOf({ sample, spoken, subjects, forms }) ?? [],
  );
  const roles = rolesOf(lines);
  const said = [...saidIn(lines, roles).values()];
  const group = sameForms(said);
  const slots = slotsOf(said, group);
  const predicates = predicatesOf(lines, { said, group });
  const at = new Map(said.map(({ form }, place) => [form, place]));
  const byValues = learnHomes(lines, { said, group, roles });
  const read = ({ text, time, isGuess }: Unread): FormReading | undefined => {
    const spoken = spokenOf(text);
    if (spoken === undefined) return undefined;
    const sample = { text, time, isChange: false, predicate: undefined };
    const line = lineOf({ sample, spoken, subjects, forms, slack: slackFor(isGuess) });
    const place = at.get(line?.fit.form.text ?? "");
    const role = roles.get(line?.fit.form.text ?? "");
    if (line !== undefined && place !== undefined && role !== undefined) {
      const number = group[place] ?? place;
      const trimmed = trimmedOf(line, role, slackFor(isGuess));
      if (trimmed !== undefined)
        return {
          subject: subjectOf(spoken, line.subjectAt),
          ...trimmed,
          slot: slots.get(number) ?? [],
          predicate: trimmed.condition === "" ? predicates.get(number) : undefined,
        };
      const part = (hole_: number | undefined): string =>
        hole_ === undefined ? "" : writtenIn(line, hole_);
      return {
        subject: subjectOf(spoken, line.subjectAt),
        value: part(role.value),
        old: part(role.old),
        condition: part(role.condition).toLowerCase(),
        slot: slots.get(number) ?? [],
        predicate: role.condition === undefined ? predicates.get(number) : undefined,
      };
    }
    const found = markedOf(spoken, subjects);
    if (found === undefined) return undefined;
    const home = byValues({
      spoken,
      subjectAt: found.part,
      subject: found.marked.subject,
      time,
      isGuess,
    });
    return home === undefined
      ? undefined
      : {
          subject: subjectOf(spoken, found.part),
          value: home.value,
          old: home.old,
          condition: "",
          slot: slots.get(home.group) ?? [],
          predicate: predicates.get(home.group),
        };
  };
  return read;
}

/** "546 (was 537)", "30 s for partners", "tabs, it seems": what stands behind a value that was given alone elsewhere. */
function trimmedOf(
  line: Line,
  role: Role,
  isSlack: IsSlack,
): Pick<FormReading, "value" | "old" | "condition"> | undefined {
  const part = line.fit.parts[role.value];
  const alone = line.fit.form.fillers[role.value];
  if (part === undefined || alone === undefined || role.old !== undefined) return undefined;
  const written = line.written.slice(part.from, part.to);
  const words = written.map((word) => word.toLowerCase());
  for (let to = words.length - 1; to > 0; to -= 1) {
    if (!alone.has(words.slice(0, to).join(" "))) continue;
    const rest = words.slice(to);
    const value = written.slice(0, to).join(" ");
    for (let from = 0; from < rest.length; from += 1)
      if (alone.has(rest.slice(from).join(" ")))
        return { value, old: rest.slice(from).join(" "), condition: "" };
    if (isSlack(rest, false)) return { value, old: "", condition: "" };
    return under.test(rest[0] ?? "") ? { value, old: "", condition: rest.join(" ") } : undefined;
  }
  return undefined;
}

function subjectOf(spoken: Spoken, { from, to }: Part): string {
  return spoken.written.slice(from, to).join(" ");
}

function spokenName(name: string): string | undefined {
  const words = spokenOf(`${name} x x`)?.words.slice(0, -2) ?? [];
  return words.length === 0 ? undefined : words.join(" ");
}

function markedOf(
  spoken: Spoken,
  subjects: ReadonlyMap<string, number>,
): { readonly marked: Omit<Marked, "isChange">; readonly part: Part } | undefined {
  const part = subjectIn(spoken.words, subjects);
  if (part === undefined) return undefined;
  const words = [...spoken.words.slice(0, part.from), subjectMark, ...spoken.words.slice(part.to)];
  return { marked: { words, subject: spoken.words.slice(part.from, part.to).join(" ") }, part };
}

function lineOf(of: {
  readonly sample: Sample;
  readonly spoken: Spoken;
  readonly subjects: ReadonlyMap<string, number>;
  readonly forms: Forms;
  readonly slack?: IsSlack;
}): Line | undefined {
  const { sample, spoken } = of;
  const found = markedOf(spoken, of.subjects);
  if (found === undefined) return undefined;
  const fit =
    fitOf(found.marked.words, of.forms) ??
    (of.slack === undefined ? undefined : looseFitOf(found.marked.words, of.forms, of.slack));
  if (fit === undefined) return undefined;
  const { part } = found;
  const written = [
    ...spoken.written.slice(0, part.from),
    subjectMark,
    ...spoken.written.slice(part.to),
  ];
  return { sample, spoken, subjectAt: part, subject: found.marked.subject, fit, written };
}

export function writtenIn(line: Line, at: number): string {
  const part = line.fit.parts[at];
  return part === undefined ? "" : line.written.slice(part.from, part.to).join(" ");
}

/** Which hole of a form has the value, which one the value before, or what it holds under. */
export interface Role {
  readonly value: number;
  readonly old: number | undefined;
  readonly condition: number | undefined;
}

function rolesOf(lines: readonly Line[]): ReadonlyMap<string, Role> {
  const byForm = Map.groupBy(lines, ({ fit }) => fit.form.text);
  return new Map([...byForm].map(([form, own]) => [form, roleOf(own, lines)]));
}

function roleOf(own: readonly Line[], all: readonly Line[]): Role {
  const [first] = own;
  if (first === undefined || first.fit.parts.length < 2)
    return { value: 0, old: undefined, condition: undefined };
  if (first.fit.form.isConditional) {
    const condition = conditionHoleOf(own);
    return { value: 1 - condition, old: undefined, condition };
  }
  const old = oldHoleOf(own, all);
  return { value: 1 - old, old, condition: undefined };
}

/** The hole whose words were said of the same subject before. */
function oldHoleOf(own: readonly Line[], all: readonly Line[]): number {
  const bySubject = Map.groupBy(all, ({ subject }) => subject);
  let vote = 0;
  for (const line of own) {
    const before = (bySubject.get(line.subject) ?? []).filter(
      (one) => one.sample.time < line.sample.time,
    );
    for (const at of [0, 1]) {
      const words = ` ${writtenIn(line, at).toLowerCase()} `;
      if (before.some(({ spoken }) => ` ${spoken.words.join(" ")} `.includes(words)))
        vote += at === 0 ? -1 : 1;
    }
  }
  return vote < 0 ? 0 : 1;
}

const kinds =
  /^(?:branch|version|release|revision|platform|environment|package|region|mode|tier|stage)$/;

/** What is exchanged while the other part stays the same for one subject, or stands behind a word such as "on". */
function conditionHoleOf(own: readonly Line[]): number {
  const weights = [0, 1].map((at) => {
    const part = own[0]?.fit.parts[at];
    const near = [(part?.from ?? 0) - 1, part?.to ?? 0].map(
      (place) => own[0]?.written[place]?.toLowerCase() ?? "",
    );
    const opens = under.test(near[0] ?? "") || near.some((word) => kinds.test(word)) ? 1 : 0;
    const isKnown = own.some((line) =>
      meaningsOf(writtenIn(line, at)).some((word) => conditions.has(word)),
    );
    return opens + (isKnown ? 2 : 0) + 4 * steadiness(own, 1 - at);
  });
  return (weights[0] ?? 0) >= (weights[1] ?? 0) ? 0 : 1;
}

/** How often one subject has the same words in this hole, and others in the other one. */
function steadiness(own: readonly Line[], at: number): number {
  const bySubject = Map.groupBy(own, ({ subject }) => subject);
  let found = 0;
  for (const lines of bySubject.values()) {
    const same = Map.groupBy(lines, (line) => writtenIn(line, at).toLowerCase());
    for (const held of same.values())
      if (new Set(held.map((line) => writtenIn(line, 1 - at).toLowerCase())).size > 1) found += 1;
  }
  return found;
}

function saidIn(
  lines: readonly Line[],
  roles: ReadonlyMap<string, Role>,
): ReadonlyMap<string, Said> {
  const found = new Map<
    string,
    Said & { readonly values: Map<string, Set<string>>; readonly olds: Map<string, Set<string>> }
  >();
  for (const line of lines) {
    const form = line.fit.form.text;
    const role = roles.get(form);
    if (role === undefined) continue;
    const held = found.get(form) ?? {
      form,
      lines: line.fit.form.lines,
      values: new Map<string, Set<string>>(),
      olds: new Map<string, Set<string>>(),
      isConditional: role.condition !== undefined,
    };
    add(held.values, line.subject, valueKey(writtenIn(line, role.value)));
    if (role.old !== undefined) add(held.olds, line.subject, valueKey(writtenIn(line, role.old)));
    found.set(form, held);
  }
  return found;
}

function add(into: Map<string, Set<string>>, name: string, value: string): void {
  into.set(name, (into.get(name) ?? new Set<string>()).add(value));
}

/** The words that stand for a group of forms: those of the form that was said most. */
function slotsOf(
  said: readonly Said[],
  group: readonly number[],
): ReadonlyMap<number, readonly string[]> {
  const best = new Map<number, Said>();
  for (const [at, one] of said.entries()) {
    const number = group[at] ?? at;
    const held = best.get(number);
    const isMore =
      held === undefined ||
      one.lines > held.lines ||
      (one.lines === held.lines && one.form < held.form);
    if (isMore) best.set(number, one);
  }
  const taken = new Set<string>();
  return new Map(
    [...best]
      .toSorted(([, a], [, b]) => b.lines - a.lines || (a.form < b.form ? -1 : 1))
      .map(([number, { form }]) => {
        const words = wordsOf(form);
        const name = words.toSorted().join(" ");
        const slot = taken.has(name) ? [...words, `form ${form}`] : words;
        taken.add(name);
        return [number, slot];
      }),
  );
}

function wordsOf(form: string): readonly string[] {
  const plain = form.split(" ").filter((word) => word !== hole && word !== subjectMark);
  const meant = meaningsOf(plain.join(" "));
  const full = meant.filter((word) => !isLight(word));
  return full.length > 0 ? full : meant;
}

/** Predicates that keys give the statements of a group, where nearly all of them agree. */
function predicatesOf(
  lines: readonly Line[],
  { said, group }: { readonly said: readonly Said[]; readonly group: readonly number[] },
): ReadonlyMap<number, string> {
  const at = new Map(said.map(({ form }, place) => [form, group[place] ?? place]));
  const counts = new Map<number, Map<string, number>>();
  for (const { sample, fit } of lines) {
    const number = at.get(fit.form.text);
    if (number === undefined || sample.predicate === undefined) continue;
    const held = counts.get(number) ?? new Map<string, number>();
    held.set(sample.predicate, (held.get(sample.predicate) ?? 0) + 1);
    counts.set(number, held);
  }
  return new Map(
    [...counts].flatMap(([number, held]) => {
      const all = [...held.values()].reduce((sum, one) => sum + one, 0);
      const [most] = [...held].toSorted((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
      return most !== undefined && most[1] >= 0.75 * all ? [[number, most[0]] as const] : [];
    }),
  );
}
