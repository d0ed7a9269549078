import { conditionKey, qualifierOf } from "../claim/conditions-said.ts";
import { commonest } from "../words/commonest.ts";
import { sharedDeeds } from "../words/lexicon.ts";
import { tokensOf } from "../words/tokens.ts";
import { isAmountKey, valueKindOf } from "../words/value-key.ts";
import type { Told } from "./told.ts";
import { familiesOf } from "./value-families.ts";

/** Sentences about one thing, as far as it is known by now: first those of one wording, then of all that say the same. */
export interface Topic {
  readonly told: readonly Told[];
  /** Roots of each wording. */
  readonly wordings: readonly (readonly string[])[];
  /** What it is called. */
  readonly names: readonly (readonly string[])[];
  /** Slots that its sentences were read to be about. */
  readonly slots: readonly (readonly string[])[];
  readonly phrases: readonly ReadonlyMap<string, readonly string[]>[];
  readonly kind: Kind;
  /** Values by subject and what they hold under. */
  readonly values: ReadonlyMap<string, ReadonlySet<string>>;
  /** Values that are named as those before, likewise. */
  readonly olds: ReadonlyMap<string, ReadonlySet<string>>;
  readonly all: ReadonlySet<string>;
  readonly families: ReadonlySet<string>;
  /** By its verbs alone, there can be several values. */
  readonly isMany: boolean;
  /** What several people do, each for themselves. */
  readonly isShared: boolean;
  /** What it is called has a name or a number in it: "the locale de-CH". */
  readonly isOfOne: boolean;
}

/** Values of one kind can take each other's place. */
export type Kind = "number" | "duration" | "size" | "share" | "flag" | "code" | "other";

export function kindOf(value: Told["value"]): Kind {
  const key = value?.key ?? "";
  if (value?.isCode === true) return "code";
  const kind = valueKindOf(key);
  if (familiesOf(key).length > 0) return "other";
  if (key.endsWith(" ms")) return "duration";
  if (key.endsWith(" bytes")) return "size";
  if (kind === "flag" || key.startsWith("flag ")) return "flag";
  if (key.endsWith(" %") || key.endsWith("%")) return "share";
  return isAmountKey(key) ? "number" : "other";
}

/** One topic for each wording with one kind of value; what says nothing beside subject and value is alone. */
export function wordingsOf(told: readonly Told[]): readonly Topic[] {
  const groups = Map.groupBy(
    // A day is when something happened, and not what something is.
    told.filter(({ value }) => value !== undefined && !/^\d{4}-\d\d-\d\d/.test(value.key)),
    (one) => {
      const kind = kindOf(one.value);
      if (one.slot !== undefined) return ["slot", kind, one.slot.join(" ")].join("\u0000");
      if (one.name !== undefined) return ["name", one.name.join(" ")].join("\u0000");
      const said = one.roots;
      const family = familiesOf(one.value?.key ?? "").join(" ");
      const alone = said.length === 0 && family === "" ? one.value?.key : "";
      return ["", kind, said.join(" "), family, alone].join("\u0000");
    },
  );
  return [...groups]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, own]) => {
      return topicOf(own, {
        wordings: unique(own.map(({ roots }) => roots)),
        names: unique(own.flatMap(({ name }) => (name === undefined ? [] : [name]))),
      });
    });
}

export function joinedTopics(a: Topic, b: Topic): Topic {
  return topicOf([...a.told, ...b.told], {
    wordings: unique([...a.wordings, ...b.wordings]),
    names: unique([...a.names, ...b.names]),
  });
}

function topicOf(told: readonly Told[], of: Pick<Topic, "wordings" | "names">): Topic {
  const values = new Map<string, Set<string>>();
  const olds = new Map<string, Set<string>>();
  for (const one of told) {
    const place = placeOf(one);
    add(values, place, one.value?.key ?? "");
    if (one.oldKey !== "") add(olds, place, one.oldKey);
  }
  const all = new Set([...values.values(), ...olds.values()].flatMap((held) => [...held]));
  const families = [...all].map((key) => familiesOf(key)).filter((held) => held.length > 0);
  return {
    told,
    ...of,
    slots: unique(told.flatMap(({ slot }) => (slot === undefined ? [] : [slot]))),
    phrases: [
      ...new Map(told.map(({ phrases }) => [JSON.stringify([...phrases]), phrases])).values(),
    ],
    kind: commonest(told.map(({ value }) => kindOf(value))) ?? "other",
    values,
    olds,
    all,
    families: new Set(families.flat()),
    isMany:
      of.names.length === 0 &&
      told.filter(({ statement }) => statement.claim.isMany).length * 2 > told.length,
    isOfOne: told.some(({ called }) => tokensOf(called ?? "").some(({ kind }) => kind === "name")),
    isShared: of.wordings.every((roots) => roots.some((root) => sharedDeeds.has(root))),
  };
}

/** What a sentence speaks of, and under what: of one such, a topic has one value at a time. */
export function placeOf({ subject, condition, statement }: Told): string {
  const said = condition === "" ? {} : qualifierOf(condition, new Map());
  const under = [said, statement.qualifiers].flatMap((held) =>
    Object.values(held).map((place) => conditionKey(place)),
  );
  return [statement.scope, subject.toLowerCase(), [...new Set(under)].toSorted().join(" ")].join(
    "\u0000",
  );
}

function add(into: Map<string, Set<string>>, name: string, value: string): void {
  into.set(name, (into.get(name) ?? new Set<string>()).add(value));
}

function unique(lists: readonly (readonly string[])[]): readonly (readonly string[])[] {
  return [...new Map(lists.map((list) => [list.join(" "), list])).values()].toSorted((a, b) =>
    a.join(" ") < b.join(" ") ? -1 : 1,
  );
}
