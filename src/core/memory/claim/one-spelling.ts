import type { KeyedObservation } from "../reading/readings-in.ts";
import { commonest } from "../words/commonest.ts";
import { meaningsOf } from "../words/meanings-of.ts";
import { partsOf } from "../words/tokens.ts";
import { valueKey } from "../words/value-key.ts";
import { shapeOfPredicate } from "./predicate-shape.ts";

interface Use {
  readonly subject: string;
  readonly predicate: string;
  readonly value: string;
}

/**
 * Keys as most spell them: `geofenceConsumer` is the geofence consumer.
 *
 * A predicate that some keys have in the singular and some in the plural is one: "log levels" is how somebody spells "log level". It is
 * two where things that have the plural have several values of it: "languages" (en, de) of what has a "language" (Go).
 */
export function inOneSpelling(
  observations: readonly KeyedObservation[],
): readonly KeyedObservation[] {
  const uses = observations.flatMap(({ subject, predicate, value }): readonly Use[] =>
    subject == null || predicate == null || value == null
      ? []
      : [{ subject: meaningsOf(subject).join(" "), predicate, value: valueKey(value) }],
  );
  const singular = new Map<string, string>();
  for (const [key, held] of Map.groupBy(uses, ({ predicate }) => inSingular(predicate))) {
    const many = held.filter(({ predicate }) => shapeOfPredicate(predicate).isPlural);
    const one = held.filter((use) => !many.includes(use));
    if (many.length === 0 || one.length === 0 || areSeveral(one, many)) continue;
    singular.set(key, commonest(one.map(({ predicate }) => predicate)) ?? key);
  }
  const subjects = spellings(observations.flatMap(({ subject }) => subject ?? []));
  const predicates = spellings(observations.flatMap(({ predicate }) => predicate ?? []));
  return observations.map((one) => {
    const { subject, predicate } = one;
    if (subject == null && predicate == null) return one;
    const spelt = predicate == null ? predicate : (predicates.get(letters(predicate)) ?? predicate);
    const isPlural = spelt != null && shapeOfPredicate(spelt).isPlural;
    return {
      ...one,
      subject: subject == null ? subject : (subjects.get(letters(subject)) ?? subject),
      predicate: isPlural ? (singular.get(inSingular(spelt)) ?? spelt) : spelt,
    };
  });
}

/** For what is spelt in more than one way, as most spell it; `x/y` is not `xy`. */
function spellings(names: readonly string[]): ReadonlyMap<string, string> {
  return new Map(
    [...Map.groupBy(names, (name) => letters(name))].flatMap(([key, held]) =>
      new Set(held).size < 2 ? [] : [[key, commonest(held) ?? key] as const],
    ),
  );
}

function letters(name: string): string {
  return name.toLowerCase().replaceAll(/[\s_-]+/g, "");
}

/** So much oftener than the plural, the singular is what it is called. */
const rareShare = 2;

/** More things have several values in the plural than have one beside one in the singular. */
function areSeveral(one: readonly Use[], many: readonly Use[]): boolean {
  if (one.length > many.length * rareShare) return false;
  const named = new Set(one.map(({ subject }) => subject));
  const counts = [...Map.groupBy(many, ({ subject }) => subject)].map(([subject, held]) => ({
    isNamed: named.has(subject),
    values: new Set(held.map(({ value }) => value)).size,
  }));
  const several = counts.filter(({ values }) => values > 1).length;
  return several > counts.filter(({ isNamed, values }) => isNamed && values === 1).length;
}

/** Its words in small letters, none with an s that makes a plural. */
function inSingular(predicate: string): string {
  return partsOf(predicate.replace(/(?<=[A-Z]{2})s$/, ""))
    .map((word) =>
      word
        .toLowerCase()
        .replace(/ies$/, "y")
        .replace(/([^su])s$/, "$1"),
    )
    .join(" ");
}
