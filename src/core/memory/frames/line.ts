import { type Fit, fitOf, type Forms, type Marked } from "./find-forms.ts";
import { subjectIn } from "./find-subjects.ts";
import { type IsSlack, looseFitOf } from "./loose-fit.ts";
import { type Part, type Spoken, subjectMark, writtenIn } from "./spoken.ts";

/** A statement as forms are learned from it. */
export interface Sample {
  readonly text: string;
  readonly time: number;
  /** Says that it was another way before. */
  readonly isChange: boolean;
  /** The key that it came with. */
  readonly predicate: string | undefined;
  /** What it is named in its own words, where it is. */
  readonly attribute: string | undefined;
  readonly qualifiers: Readonly<Record<string, string>>;
}

/** A statement with the form that it has. */
export interface Line {
  readonly sample: Sample;
  readonly spoken: Spoken;
  readonly subjectAt: Part;
  readonly subject: string;
  readonly fit: Fit;
}

export type Subjects = ReadonlyMap<string, number>;

export interface Found {
  readonly marked: Omit<Marked, "isChange">;
  readonly part: Part;
}

export function markedOf(spoken: Spoken, subjects: Subjects): Found | undefined {
  const part = subjectIn(spoken.words, subjects);
  if (part === undefined) return undefined;
  const words = [...spoken.words.slice(0, part.from), subjectMark, ...spoken.words.slice(part.to)];
  return { marked: { words, subject: spoken.words.slice(part.from, part.to).join(" ") }, part };
}

export function lineOf(of: {
  readonly sample: Sample;
  readonly spoken: Spoken;
  readonly subjects: Subjects;
  readonly forms: Forms;
  readonly slack?: IsSlack;
}): Line | undefined {
  const { sample, spoken } = of;
  const found = markedOf(spoken, of.subjects);
  if (found === undefined) return undefined;
  const { words, subject } = found.marked;
  const fit =
    fitOf(words, of.forms) ??
    (of.slack === undefined ? undefined : looseFitOf(words, of.forms, of.slack));
  return fit === undefined ? undefined : { sample, spoken, subjectAt: found.part, subject, fit };
}

/** What is in a hole of a statement. */
export function filledIn(line: Line, at: number): string {
  const part = line.fit.parts[at];
  return part === undefined ? "" : writtenIn(line.spoken, unmarked(line, part));
}

/** A part of the statement whose subject is marked, in the statement itself. */
export function unmarked({ subjectAt }: Pick<Line, "subjectAt">, { from, to }: Part): Part {
  const more = subjectAt.to - subjectAt.from - 1;
  return from > subjectAt.from ? { from: from + more, to: to + more } : { from, to };
}
