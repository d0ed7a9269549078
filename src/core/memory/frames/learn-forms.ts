import { redacted } from "../../secrets/redact.ts";
import { findForms } from "./find-forms.ts";
import { findSubjects } from "./find-subjects.ts";
import { learnHomes } from "./home-of-values.ts";
import {
  filledIn,
  type Line,
  lineOf,
  markedOf,
  type Sample,
  type Subjects,
  unmarked,
} from "./line.ts";
import { type IsSlack, slackFor, under } from "./loose-fit.ts";
import { type Role, rolesOf } from "./roles.ts";
import { sameForms } from "./same-forms.ts";
import { calledIn, qualifierNames, saidIn, slotsByName, slotsOf } from "./slots.ts";
import { spokenOf, writtenIn } from "./spoken.ts";

/** What is to be read, and whether it is only inferred: a guess has words around it that narrow nothing. */
export interface Unread {
  readonly text: string;
  readonly time: number;
  readonly isGuess: boolean;
  /** The value before, where the words around it say so; a `valueKey`. */
  readonly oldKey: string;
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
  /** What keys call the condition, where they do. */
  readonly qualifier: string | undefined;
  /** Meanings of what is said beside subject and value; the same for all forms that say the same. */
  readonly slot: readonly string[];
  /** What keys call it, when most of them do. */
  readonly predicate: string | undefined;
}

/** What all statements taught, and the slots of forms by the names that their statements give to what they say. */
export interface Forms {
  readonly readForm: ReadForm;
  readonly named: ReadonlyMap<string, readonly string[]>;
}

export type ReadForm = (unread: Unread) => FormReading | undefined;

/** Fewer statements have no forms. */
const samplesMin = 12;

/**
 * Learns from all statements how things are said here: sentences that come back with another subject, another value. No
 * grammar is needed for what was said in such a form, and forms that give the same subjects the same values say the same.
 */
export function learnForms(samples: readonly Sample[], known: readonly string[]): Forms {
  const unique = firstOfEach(samples);
  if (unique.length < samplesMin) return { readForm: () => undefined, named: new Map() };
  const { subjects, forms, lines } = linesIn(unique, known);
  const heard = new Map(lines.map((line) => [line.sample.text, line]));
  const roles = rolesOf(lines);
  const said = [...saidIn(lines, roles).values()];
  const grouped = { said, group: sameForms(said) };
  const groupOf = new Map(said.map(({ form }, at) => [form, grouped.group[at] ?? at]));
  const slots = slotsOf(grouped);
  const predicates = calledIn(lines, grouped, "predicate");
  const attributes = calledIn(lines, grouped, "attribute");
  const named = slotsByName(slots, attributes);
  const qualifiers = qualifierNames(lines, roles);
  const homeOf = learnHomes(lines, { ...grouped, roles });
  const slotOf = (group: number): readonly string[] =>
    named.get(attributes.get(group) ?? "") ?? slots.get(group) ?? [];
  const readForm: ReadForm = ({ text, time, isGuess, oldKey }) => {
    const spoken = spokenOf(text);
    const found = spoken === undefined ? undefined : markedOf(spoken, subjects);
    if (spoken === undefined || found === undefined) return undefined;
    const sample = {
      text,
      time,
      isChange: false,
      predicate: undefined,
      attribute: undefined,
      qualifiers: {},
    };
    const isSlack = slackFor(isGuess);
    const line = heard.get(text) ?? lineOf({ sample, spoken, subjects, forms, slack: isSlack });
    const form = line?.fit.form.text ?? "";
    const role = roles.get(form);
    const read =
      line === undefined || role === undefined
        ? homeOf({
            spoken,
            subjectAt: found.part,
            subject: found.marked.subject,
            time,
            isGuess,
            oldKey,
          })
        : { group: groupOf.get(form) ?? -1, ...holesOf(line, role, isSlack) };
    if (read === undefined) return undefined;
    return {
      subject: writtenIn(spoken, found.part),
      value: read.value,
      old: read.old,
      condition: read.condition,
      qualifier: qualifiers.get(form),
      slot: slotOf(read.group),
      predicate: read.condition === "" ? predicates.get(read.group) : undefined,
    };
  };
  return { readForm, named };
}

/** The statements that have a form, with the forms and with what they speak of. */
function linesIn(
  unique: readonly Sample[],
  known: readonly string[],
): {
  readonly subjects: Subjects;
  readonly forms: ReturnType<typeof findForms>;
  readonly lines: readonly Line[];
} {
  const heard = unique.flatMap((sample) => {
    const spoken = spokenOf(sample.text);
    return spoken === undefined ? [] : [{ sample, spoken }];
  });
  const subjects = new Map([
    ...findSubjects(heard.map(({ spoken }) => spoken.words)),
    ...known.flatMap((name) => nameOf(name) ?? []).map((name) => [name, heard.length] as const),
  ]);
  const marked = heard.flatMap(({ spoken, sample: { isChange } }) => {
    const found = markedOf(spoken, subjects);
    return found === undefined ? [] : [{ ...found.marked, isChange }];
  });
  const forms = findForms(marked);
  const lines = heard.flatMap((one) => lineOf({ ...one, subjects, forms }) ?? []);
  return { subjects, forms, lines };
}

/** Each text once, as it was first said, in an order that the inbox has no part in; none that lost a secret. */
function firstOfEach(samples: readonly Sample[]): readonly Sample[] {
  const ordered = samples
    .filter(({ text }) => !text.includes(redacted))
    .toSorted((a, b) => b.time - a.time);
  const unique = new Map(ordered.map((one) => [one.text, one]));
  return [...unique.values()].toSorted((a, b) => a.time - b.time || (a.text < b.text ? -1 : 1));
}

/** A name as it stands in statements. */
function nameOf(name: string): string | undefined {
  const words = spokenOf(`${name} x x`)?.words.slice(0, -2) ?? [];
  return words.length === 0 ? undefined : words.join(" ");
}

type Holes = Pick<FormReading, "value" | "old" | "condition">;

function holesOf(line: Line, role: Role, isSlack: IsSlack): Holes {
  const part = (at: number | undefined): string => (at === undefined ? "" : filledIn(line, at));
  return (
    trimmedOf(line, role, isSlack) ?? {
      value: part(role.value),
      old: part(role.old),
      condition: part(role.condition),
    }
  );
}

/** "546 (was 537)", "30 s for partners", "tabs, it seems": what stands behind a value that was given alone elsewhere. */
function trimmedOf(line: Line, role: Role, isSlack: IsSlack): Holes | undefined {
  const marked = line.fit.parts[role.value];
  const alone = line.fit.form.fillers[role.value];
  if (marked === undefined || alone === undefined || role.old !== undefined) return undefined;
  const part = unmarked(line, marked);
  const { words } = line.spoken;
  for (let to = part.to - 1; to > part.from; to -= 1) {
    if (!alone.has(words.slice(part.from, to).join(" "))) continue;
    const value = writtenIn(line.spoken, { from: part.from, to });
    for (let from = to; from < part.to; from += 1)
      if (alone.has(words.slice(from, part.to).join(" ")))
        return { value, old: writtenIn(line.spoken, { from, to: part.to }), condition: "" };
    const rest = words.slice(to, part.to);
    if (isSlack(rest, false)) return { value, old: "", condition: "" };
    return under.test(rest[0] ?? "") ? { value, old: "", condition: rest.join(" ") } : undefined;
  }
  return undefined;
}
