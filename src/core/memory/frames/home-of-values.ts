import { meaning, narrowing } from "../words/lexicon.ts";
import { isAmountKey, valueKey } from "../words/value-key.ts";
import { filledIn, type Line } from "./line.ts";
import { under } from "./loose-fit.ts";
import type { Role } from "./roles.ts";
import type { Said } from "./same-forms.ts";
import {
  hole,
  isTelling,
  type Part,
  partsIn,
  type Spoken,
  subjectMark,
  textIn,
  writtenIn,
} from "./spoken.ts";

/** A statement that has no form, but values that are known. */
interface Homeless {
  readonly spoken: Spoken;
  readonly subjectAt: Part;
  readonly subject: string;
  readonly time: number;
  readonly isGuess: boolean;
  readonly oldKey: string;
}

interface Home {
  readonly group: number;
  readonly value: string;
  readonly old: string;
  readonly condition: "";
}

interface Learned {
  readonly said: readonly Said[];
  readonly group: readonly number[];
  readonly roles: ReadonlyMap<string, Role>;
}

/**
 * Reads what was said in words of its own by the values in it: "we threw out A, B does it for S now" is about what both A and B
 * have been values of, if that is one thing only. Two values of it are needed, or one and a word of a form of it.
 */
export function learnHomes(
  lines: readonly Line[],
  { said, group, roles }: Learned,
): (homeless: Homeless) => Home | undefined {
  const groupOf = new Map(
    said.map(({ form, isConditional }, at) => [form, isConditional ? -1 : (group[at] ?? at)]),
  );
  const homes = new Map<string, Set<number>>();
  const history = new Map<string, { readonly time: number; readonly key: string }[]>();
  const words = new Map<number, Set<string>>();
  for (const line of lines) {
    const { text: form } = line.fit.form;
    const [number, role] = [groupOf.get(form), roles.get(form)];
    if (number === undefined || number === -1 || role === undefined) continue;
    const key = valueKey(filledIn(line, role.value));
    homes.set(key, (homes.get(key) ?? new Set<number>()).add(number));
    const name = `${number} ${line.subject}`;
    history.set(name, [...(history.get(name) ?? []), { time: line.sample.time, key }]);
    const own = words.get(number) ?? new Set<string>();
    for (const word of form.split(" "))
      if (word !== hole && word !== subjectMark && isTelling(word)) own.add(meaning(word));
    words.set(number, own);
  }
  return (homeless) => {
    const values = valuesIn(homeless, homes);
    const [first, second] = values;
    if (first === undefined || values.length > 2) return undefined;
    const shared = [...(homes.get(first.key) ?? [])].filter(
      (number) => second === undefined || homes.get(second.key)?.has(number) === true,
    );
    const left = leftIn(homeless, values);
    const fitting = shared.filter((number) =>
      left.some(({ meant }) => words.get(number)?.has(meant) === true),
    );
    const among = fitting.length > 0 ? fitting : shared;
    const [home] = among;
    if (home === undefined || among.length > 1) return undefined;
    const own = words.get(home) ?? new Set<string>();
    const strange = left.filter(({ meant }) => !own.has(meant));
    if (strange.some((word) => tells(word, own))) return undefined;
    if (second === undefined) {
      const isDone = strange.every(({ word }) => word.endsWith("ed"));
      const most = homeless.isGuess ? 4 : isDone || !isAmountKey(first.key) ? 1 : 0;
      return fitting.length > 0 && strange.length <= most
        ? { group: home, value: first.text, old: "", condition: "" }
        : undefined;
    }
    if (fitting.length === 0 && isAmountKey(first.key)) return undefined;
    const known = history.get(`${home} ${homeless.subject}`) ?? [];
    const oldKey = oldOf(homeless, { known, values: [first.key, second.key] });
    if (oldKey === undefined) return undefined;
    const [fresh, old] = oldKey === first.key ? [second, first] : [first, second];
    return { group: home, value: fresh.text, old: old.text, condition: "" };
  };
}

/** Which of two values was said of the subject before, or is named as the one before. */
function oldOf(
  { time, oldKey }: Homeless,
  of: {
    readonly known: readonly { readonly time: number; readonly key: string }[];
    readonly values: readonly string[];
  },
): string | undefined {
  const before = of.values.filter((key) =>
    of.known.some((one) => one.key === key && one.time < time),
  );
  if (before.length === 1) return before[0];
  return of.values.includes(oldKey) ? oldKey : undefined;
}

interface Value extends Part {
  readonly key: string;
  readonly text: string;
}

/** Known values in a statement, the longest first where they overlap. */
function valuesIn(
  { spoken, subjectAt }: Homeless,
  homes: ReadonlyMap<string, ReadonlySet<number>>,
): readonly Value[] {
  const found = partsIn(spoken.words)
    .filter(({ from, to }) => to <= subjectAt.from || from >= subjectAt.to)
    .map((part) => ({
      ...part,
      key: valueKey(textIn(spoken.words, part)),
      text: writtenIn(spoken, part),
    }))
    .filter(({ key }) => homes.has(key))
    .toSorted((a, b) => b.to - b.from - (a.to - a.from) || a.from - b.from);
  const kept: Value[] = [];
  for (const one of found) {
    if (kept.some(({ from, to }) => one.from < to && from < one.to)) continue;
    if (!kept.some(({ key }) => key === one.key)) kept.push(one);
  }
  return kept.toSorted((a, b) => a.from - b.from);
}

interface Left {
  readonly word: string;
  readonly meant: string;
  readonly before: string;
  readonly after: string;
}

/** What a statement says beside its subject and its values. */
function leftIn({ spoken, subjectAt }: Homeless, values: readonly Value[]): readonly Left[] {
  return spoken.words.flatMap((word, at) => {
    const isTaken = [subjectAt, ...values].some(({ from, to }) => at >= from && at < to);
    if (isTaken || !isTelling(word)) return [];
    const [before = "", after = ""] = [spoken.words[at - 1], spoken.words[at + 1]];
    return [{ word, meant: meaning(word), before, after: meaning(after) }];
  });
}

/** "read" in front of "timeout", "in staging": whether a word makes another thing of it. */
function tells({ word, meant, before, after }: Left, own: ReadonlySet<string>): boolean {
  return narrowing.has(meant) || /\d/.test(word) || own.has(after) || under.test(before);
}
