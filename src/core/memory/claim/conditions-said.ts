import type { Observation } from "../../../model/memory-observation.ts";
import { conditions, meaning } from "../words/lexicon.ts";
import { isLight, meaningsOf } from "../words/meanings-of.ts";
import { isPurpose } from "./places.ts";

const nouns = /^(?:branch|version|release|tenant|region)$/;

/** What keys call a condition, by what it means. */
export type Naming = ReadonlyMap<string, string>;

/** What keys call the conditions that they have. */
export function namingOf(observations: readonly Pick<Observation, "qualifiers">[]): Naming {
  return new Map(
    observations.flatMap(({ qualifiers }) =>
      Object.entries(qualifiers ?? {}).map(([name, held]): [string, string] => [
        conditionKey(held),
        name,
      ]),
    ),
  );
}

/** What a condition means, however it is written. */
export function conditionKey(place: string): string {
  // "iOS" and "ios"
  const words = meaningsOf(place.toLowerCase());
  return words.length === 0 ? place.toLowerCase() : words.toSorted().join(" ");
}

/** "branch next", "the next branch"; "linux machines" is Linux. */
export function qualifierOf(place: string, naming: Naming): Readonly<Record<string, string>> {
  if (isPurpose(place)) return {};
  const words = place.toLowerCase().replaceAll("`", "").split(" ");
  const noun = words.find((word) => nouns.test(word));
  const known = words.filter((word) => conditions.has(meaning(word)));
  const rest =
    known.length > 0 ? known : words.filter((word) => !nouns.test(word) && !isLight(meaning(word)));
  const held = rest.length > 0 ? rest.join(" ") : place.toLowerCase();
  return { [naming.get(conditionKey(held)) ?? noun ?? "under"]: held };
}
