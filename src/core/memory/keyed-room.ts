import { roomName } from "./claim/keyed-claim.ts";
import { shapeOfPredicate } from "./claim/predicate-shape.ts";
import { roomSaid } from "./claim/room-said.ts";
import type { Statement } from "./statement.ts";
import { meaningsOf } from "./words/meanings-of.ts";
import { isAmountKey } from "./words/value-key.ts";

/** What speaks for one value at a time, and for several. Each thing said counts, up to so often; the words of a key count once. */
const points = {
  replaced: 3,
  changed: 1.5,
  definite: 1,
  amount: 2,
  number: 2,
  restated: 0.5,
  more: 3,
  indefinite: 2,
  ofKind: 1,
  listed: 3,
  plural: 3,
  verbal: 1.5,
  noun: 2,
};
const countedMax = 3;
/** Where so many keys, and such a share of them, are said so that it shows that there is one of it, silence speaks for several. */
const tellingMin = 12;
const tellingShare = 0.5;
/** Shorter values are found in any text by chance. */
const nameMin = 3;

/**
 * What all sentences under a key say of its room, by `roomName`; `listed` is how many subjects have a list of it. Left out is what
 * speaks as much for one as for several.
 */
export function keyedRoom(
  statements: readonly Statement[],
  listed: (name: string) => number,
): ReadonlyMap<string, "one" | "many"> {
  const keyed = statements.filter(
    ({ observation, claim }) => observation.predicate != null && claim.valueKey !== "",
  );
  const weighed = [...Map.groupBy(keyed, ({ claim }) => roomName(claim))].map(([name, own]) => ({
    name,
    ...weigh(own, listed(name)),
  }));
  const told = weighed.filter(({ one }) => one >= points.definite).length;
  const isTelling = weighed.length >= tellingMin && told >= tellingShare * weighed.length;
  const isSilent = ({ one, many }: (typeof weighed)[number]): boolean =>
    isTelling && one === 0 && many === 0;
  return new Map(
    weighed
      .filter((of) => of.one !== of.many || isSilent(of))
      .map((of) => [of.name, of.one > of.many ? "one" : "many"] as const),
  );
}

function weigh(
  statements: readonly Statement[],
  listed: number,
): { readonly one: number; readonly many: number } {
  const given = statements.filter(({ observation }) => observation.value != null);
  const values = new Map(given.map(({ claim }) => [claim.valueKey, claim.value]));
  const others = [...values]
    .filter(([key, value]) => value.length >= nameMin && !isAmountKey(key))
    .map(([, value]) => value.toLowerCase());
  const said = statements.map(({ claim, text }) => ({
    claim,
    ...roomSaid({ ...claim, text }, others),
  }));
  const times = (test: (one: (typeof said)[number]) => boolean): number =>
    Math.min(countedMax, said.filter((one) => test(one)).length);
  const { isPlural, isVerbal, room } = shapeOfPredicate(statements[0]?.claim.predicate ?? "");
  const isEvery = (of: RegExp): boolean => [...values.keys()].every((key) => of.test(key));
  const isMore = ({ claim }: (typeof said)[number]): boolean => claim.isMore && !claim.isChange;
  const one =
    points.replaced * times((one) => !isMore(one) && (one.isReplaced || one.claim.oldKey !== "")) +
    points.changed * times(({ claim }) => claim.isChange && !claim.isMore) +
    (isPlural ? 0 : points.definite * times(({ isDefinite }) => isDefinite)) +
    (isEvery(/^[<>=~^]*\d[\d.]* \w+$|^\d+$|^flag /) ? points.amount : 0) +
    (isEvery(/^\W*\d/) ? points.number : 0) +
    points.restated * Math.min(countedMax, restated(statements)) +
    (room === "one" ? points.noun : 0);
  const many =
    points.more * times(isMore) +
    points.indefinite * times(({ isIndefinite }) => isIndefinite) +
    points.ofKind * times(({ isOfKind }) => isOfKind) +
    (one < points.changed ? points.listed * Math.min(countedMax, listed) : 0) +
    (isPlural ? points.plural : 0) +
    (isVerbal || said.some(({ isDeed }) => isDeed) ? points.verbal : 0) +
    (room === "many" ? points.noun : 0);
  return { one, many };
}

/** How often a value is said of one subject in more than one way. */
function restated(statements: readonly Statement[]): number {
  const said = Map.groupBy(
    statements,
    ({ claim }) => `${meaningsOf(claim.subject).join(" ")}\u0000${claim.valueKey}`,
  );
  return [...said.values()].filter((held) => new Set(held.map(({ text }) => text)).size > 1).length;
}
