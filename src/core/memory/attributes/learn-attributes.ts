import type { Keyed } from "../claim/key-vocabulary.ts";
import { agreed } from "../words/commonest.ts";
import { narrowing } from "../words/lexicon.ts";
import { remembered } from "../words/remembered.ts";
import { valueKey, type ValueKind, valueKindOf } from "../words/value-key.ts";
import { attributeKey, explicitIn, subjectsOf } from "./explicit.ts";
import { type SpokenOf, spokenOf } from "./spoken-of.ts";

/** What is said of many subjects by the same name: "owner", "request timeout". */
export interface Attribute {
  /** As keys write it, or as it is written most. */
  readonly name: string;
  /** Sets of meanings, each enough to know it by. */
  readonly wordings: readonly (readonly string[])[];
  readonly values: ReadonlySet<string>;
  /** Keys name it so. */
  readonly isKey: boolean;
  /** What sort of value it nearly always has. */
  readonly kind: ValueKind | undefined;
}

export interface Attributes {
  /** A statement with the one known subject that it speaks of taken out. */
  readonly spoken: (text: string) => SpokenOf | undefined;
  readonly all: readonly Attribute[];
}

interface Seen {
  readonly key: string;
  readonly names: Map<string, number>;
  readonly subjects: Set<string>;
  /** `subject\0value` */
  readonly said: Set<string>;
  readonly values: Map<string, ValueKind>;
  isKey: boolean;
}

/** Of so many subjects it has to be said. */
const subjectsMin = 2;
const kindShare = 0.7;

/**
 * Learns what is said of things by name, from keys and from the sentences that name it. Nothing but names is taken from them:
 * which values belong together is for the slots to say.
 */
export function learnAttributes(texts: readonly string[], keyed: readonly Keyed[]): Attributes {
  const unique = [...new Set(texts)].toSorted();
  const subjects = subjectsOf(unique, [...new Set(keyed.map(({ subject }) => subject))]);
  const spoken = remembered((text) => spokenOf(text, subjects));
  const seen = new Map<string, Seen>();
  const add = (
    key: string,
    of: { name: string; subject: string; value: string; isKey: boolean },
  ): void => {
    const held = seen.get(key) ?? {
      key,
      names: new Map<string, number>(),
      subjects: new Set<string>(),
      said: new Set<string>(),
      values: new Map<string, ValueKind>(),
      isKey: false,
    };
    seen.set(key, held);
    held.isKey ||= of.isKey;
    const name = of.isKey ? `0${of.name}` : `1${of.name}`;
    held.names.set(name, (held.names.get(name) ?? 0) + 1);
    held.subjects.add(of.subject.toLowerCase());
    held.said.add(`${of.subject.toLowerCase()}\u0000${valueKey(of.value)}`);
    held.values.set(valueKey(of.value), valueKindOf(of.value));
  };
  for (const { subject, predicate, value } of keyed) {
    const key = attributeKey(predicate);
    if (key !== "") add(key, { name: predicate, subject, value, isKey: true });
  }
  for (const text of unique) {
    const said = spoken(text);
    const explicit = said === undefined ? undefined : explicitIn(said);
    if (explicit !== undefined) add(explicit.key, { ...explicit, isKey: false });
  }
  const known = [...seen.values()]
    .filter((one) => one.subjects.size >= subjectsMin)
    .toSorted((a, b) => (a.key < b.key ? -1 : 1));
  return { spoken, all: joined(known).map((group) => attributeOf(group)) };
}

/** "broker" is "message broker" where there is no other broker, and both say the same of something. */
function joined(known: readonly Seen[]): readonly (readonly Seen[])[] {
  const home = new Map<Seen, Seen>();
  for (const one of known) {
    const words = one.key.split(" ");
    const longer = known.filter((other) => {
      const its = new Set(other.key.split(" "));
      return other !== one && its.size > words.length && words.every((word) => its.has(word));
    });
    const [only] = longer;
    if (only === undefined || longer.length > 1) continue;
    const extra = only.key.split(" ").filter((word) => !words.includes(word));
    const isSaid = [...one.said].some((said) => only.said.has(said));
    const isShared = [...one.values].some(
      ([value, kind]) => kind === "words" && only.values.has(value),
    );
    if ((isSaid || isShared) && !extra.some((word) => narrowing.has(word))) home.set(one, only);
  }
  const rootOf = (one: Seen): Seen => {
    const next = home.get(one);
    return next === undefined ? one : rootOf(next);
  };
  const groups = new Map<Seen, Seen[]>();
  for (const one of known) {
    const root = rootOf(one);
    groups.set(root, [...(groups.get(root) ?? []), one]);
  }
  return [...groups.values()];
}

function attributeOf(group: readonly Seen[]): Attribute {
  const names = group
    .flatMap(({ names: of }) => [...of])
    .toSorted(([a, m], [b, n]) => (a[0] === b[0] ? n - m || (a < b ? -1 : 1) : a < b ? -1 : 1));
  const values = new Map(group.flatMap((one) => [...one.values]));
  return {
    name: names[0]?.[0].slice(1) ?? "",
    wordings: group.map(({ key }) => key.split(" ")),
    values: new Set(values.keys()),
    isKey: group.some(({ isKey }) => isKey),
    kind: agreed([...values.values()], kindShare),
  };
}
