import { isLight, meaningsOf } from "../words/meanings-of.ts";
import { valueKey } from "../words/value-key.ts";
import { filledIn, type Line } from "./line.ts";
import type { Role } from "./roles.ts";
import type { Said } from "./same-forms.ts";
import { hole, subjectMark } from "./spoken.ts";

/** Forms, and for each the number of the thing that it says. */
export interface Grouped {
  readonly said: readonly Said[];
  readonly group: readonly number[];
}

/** What was said in each form. */
export function saidIn(
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
    add(held.values, line.subject, valueKey(filledIn(line, role.value)));
    if (role.old !== undefined) add(held.olds, line.subject, valueKey(filledIn(line, role.old)));
    found.set(form, held);
  }
  return found;
}

function add(into: Map<string, Set<string>>, name: string, value: string): void {
  into.set(name, (into.get(name) ?? new Set<string>()).add(value));
}

/** The words that stand for a group of forms: those of the form that was said most. */
export function slotsOf({ said, group }: Grouped): ReadonlyMap<number, readonly string[]> {
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

/** What the statements of a group are called by their keys, or by their own words, where nearly all of them agree. */
export function calledIn(
  lines: readonly Line[],
  { said, group }: Grouped,
  of: "predicate" | "attribute",
): ReadonlyMap<number, string> {
  const at = new Map(said.map(({ form }, place) => [form, group[place] ?? place]));
  const counts = new Map<number, Map<string, number>>();
  for (const { sample, fit } of lines) {
    const number = at.get(fit.form.text);
    const called = sample[of];
    if (number === undefined || called === undefined) continue;
    const held = counts.get(number) ?? new Map<string, number>();
    held.set(called, (held.get(called) ?? 0) + 1);
    counts.set(number, held);
  }
  return new Map(
    [...counts].flatMap(([number, held]) => {
      const most = mostOf(held);
      return most === undefined ? [] : [[number, most] as const];
    }),
  );
}

/** Groups that are called the same say the same: the words of the first one stand for all. Gives them by what they are called. */
export function slotsByName(
  slots: ReadonlyMap<number, readonly string[]>,
  called: ReadonlyMap<number, string>,
): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  for (const [number, slot] of slots) {
    const name = called.get(number);
    if (name !== undefined && !found.has(name)) found.set(name, slot);
  }
  return found;
}

/** What keys call that which the conditional forms hold under: "os", where they say `{os: "linux"}` of a line about Linux. */
export function qualifierNames(
  lines: readonly Line[],
  roles: ReadonlyMap<string, Role>,
): ReadonlyMap<string, string> {
  const counts = new Map<string, Map<string, number>>();
  for (const line of lines) {
    const form = line.fit.form.text;
    const condition = roles.get(form)?.condition;
    if (condition === undefined) continue;
    const said = valueKey(filledIn(line, condition));
    for (const [name, value] of Object.entries(line.sample.qualifiers)) {
      if (valueKey(value) !== said) continue;
      const held = counts.get(form) ?? new Map<string, number>();
      counts.set(form, held.set(name, (held.get(name) ?? 0) + 1));
    }
  }
  return new Map([...counts].flatMap(([form, held]) => [[form, mostOf(held) ?? ""]]));
}

const mostShare = 0.75;

function mostOf(counts: ReadonlyMap<string, number>): string | undefined {
  const all = [...counts.values()].reduce((sum, one) => sum + one, 0);
  const [most] = [...counts].toSorted((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  return most !== undefined && most[1] >= mostShare * all ? most[0] : undefined;
}
