import { byHand, type Observation } from "../../../model/memory-observation.ts";
import type { KeyedObservation } from "../reading/readings-in.ts";
import { tokensOf } from "../words/tokens.ts";

/** So many keys of an origin show that it gives them. */
const keysMin = 20;
/** Longest name or value that is looked for in a text, in words. */
const spanMax = 5;

/**
 * Tells what was said without a key where keys are given to what holds: in a session that has keys, by an origin that gives
 * them, and in words that never had one. Whoever gave the others saw this, too, and found that it says of nothing what it is:
 * talk, a guess, a plan, a joke, which may name all that a statement names. So it speaks neither for nor against what has a key.
 * What somebody noted on purpose says so by its kind, or was typed in by hand.
 */
export function besideKeys(
  observations: readonly KeyedObservation[],
): (one: KeyedObservation) => boolean {
  const keyed = observations.filter((one) => one.predicate != null && one.isRead !== true);
  if (keyed.length < keysMin) return () => false;
  const sessions = new Set(keyed.map(({ session }) => session));
  const counts = new Map<Observation["origin"], number>();
  for (const { origin } of keyed) counts.set(origin, (counts.get(origin) ?? 0) + 1);
  // What comes from outside has keys from those who took it in.
  counts.set("external", keyed.length);
  const hasForm = formsOf(keyed);
  return ({ subject, predicate, value, kind, session, origin, text }) =>
    (subject ?? predicate ?? value ?? kind) == null &&
    session !== byHand &&
    sessions.has(session) &&
    (counts.get(origin) ?? 0) >= keysMin &&
    !hasForm(text);
}

/** Whether a text is word for word one that had a key, of another known thing or with another known value. */
function formsOf(keyed: readonly KeyedObservation[]): (text: string) => boolean {
  const forms = new Set<string>();
  const given = keyed.map(({ text, subject, value }) => ({
    text,
    name: plain(subject ?? ""),
    value: plain(value ?? ""),
  }));
  for (const { text, name, value } of given)
    for (const form of formsIn(text, knownOf([name], [value]))) forms.add(form);
  const known = knownOf(
    given.map(({ name }) => name),
    given.map(({ value }) => value),
  );
  return (text) => formsIn(text, known).some((form) => forms.has(form));
}

interface Known {
  readonly names: ReadonlySet<string>;
  readonly values: ReadonlySet<string>;
  /** They, and their first words. */
  readonly first: ReadonlySet<string>;
}

function knownOf(names: readonly string[], values: readonly string[]): Known {
  const first = [...names, ...values].flatMap((one) => [one, one.split(" ")[0] ?? ""]);
  return { names: new Set(names), values: new Set(values), first: new Set(first) };
}

/** The text with a name and a value left out, in all ways in which it has one of each. */
function formsIn(text: string, known: Known): readonly string[] {
  const tokens = tokensOf(text);
  const [names, values]: [Span[], Span[]] = [[], []];
  for (const [at, { start, text: word }] of tokens.entries()) {
    if (!known.first.has(plain(word))) continue;
    for (const { end } of tokens.slice(at, at + spanMax)) {
      const span = plain(text.slice(start, end));
      if (known.names.has(span)) names.push([start, end]);
      if (known.values.has(span)) values.push([start, end]);
    }
  }
  return names.flatMap((name) =>
    values.flatMap((value) => {
      const isFirst = name[0] < value[0];
      const [[a, b], [c, d]] = isFirst ? [name, value] : [value, name];
      const rest = plain(`${text.slice(0, a)}\u0001${text.slice(b, c)}\u0001${text.slice(d)}`);
      return b > c ? [] : `${isFirst} ${rest}`;
    }),
  );
}

type Span = readonly [start: number, end: number];

function plain(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[`"“”'.]/g, "")
    .replaceAll(/\s+/g, " ")
    .trim();
}
