import { agreed } from "../words/commonest.ts";
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
  return agreedOn(
    lines.flatMap(({ sample, fit }) => {
      const number = at.get(fit.form.text);
      const called = sample[of];
      return number === undefined || called === undefined ? [] : [[number, called] as const];
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
  return agreedOn(
    lines.flatMap((line) => {
      const form = line.fit.form.text;
      const condition = roles.get(form)?.condition;
      if (condition === undefined) return [];
      const said = valueKey(filledIn(line, condition));
      return Object.entries(line.sample.qualifiers).flatMap(([name, value]) =>
        valueKey(value) === said ? [[form, name] as const] : [],
      );
    }),
  );
}

const mostShare = 0.75;

/** The name that nearly all give to a thing; what has no such name is not there. */
function agreedOn<Thing>(
  given: readonly (readonly [thing: Thing, name: string])[],
): ReadonlyMap<Thing, string> {
  const byThing = Map.groupBy(given, ([thing]) => thing);
  return new Map(
    [...byThing].flatMap(([thing, held]) => {
      const most = agreed(
        held.map(([, name]) => name),
        mostShare,
      );
      return most === undefined ? [] : [[thing, most] as const];
    }),
  );
}
