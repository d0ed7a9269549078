import { roomName } from "./claim/keyed-claim.ts";
import { shapeOfPredicate } from "./claim/predicate-shape.ts";
import { roomSaid } from "./claim/room-said.ts";
import { saysOnlyThat } from "./safety/says-only-that.ts";
import type { Statement } from "./statement.ts";
import { meaningsOf } from "./words/meanings-of.ts";
import { isAmountKey } from "./words/value-key.ts";

/** Whether there is one value at a time of something, or several; undefined where nothing was seen that tells. */
export type Room = "one" | "many" | undefined;

/** Of so many subjects it must have been seen. */
const seenMin = 2;
/** Of so many subjects without a list, one change is enough. */
const knownMin = 4;
/** So many values at once that nobody says took each other's place are a list. */
const listedMin = 3;

/** Of so many things without a key, names that came one after another without a word of change: that happened, each time. */
const happenedMin = 3;
/** How something is, and nothing that happened: "is deployed to V", "web uses V". */
const isState = /\b(?:is|are|uses?|runs?|needs?|takes?|lives?)\b/i;

interface Seen {
  changed: number;
  listed: number;
  /** Groups with several names for values, whatever was said of them. */
  several: number;
  /** Groups of more than one statement. */
  repeated: number;
  all: number;
}

/**
 * Learns from all subjects what the words of one do not tell: where values are said to have changed there is one at a time;
 * what nearly every subject has three of, and never a word of change, is a list. What is said with a key says more.
 */
export function learnRoom(
  groups: readonly (readonly Statement[])[],
): (group: readonly Statement[]) => Room {
  const seen = new Map<string, Seen>();
  for (const group of groups) {
    const sure = group.filter(({ claim, evidence }) => claim.valueKey !== "" && evidence > 1);
    const values = new Set(sure.map(({ claim }) => claim.valueKey)).size;
    const isChanged =
      values > 1 && sure.some(({ claim }) => claim.isChange && !claim.isMore && !claim.isNegated);
    for (const name of namesOf(group)) {
      const held = seen.get(name) ?? { changed: 0, listed: 0, several: 0, repeated: 0, all: 0 };
      held.all += 1;
      if (group.length > 1) held.repeated += 1;
      if (
        values > 1 &&
        sure.every(({ claim, text }) => !isAmountKey(claim.valueKey) && !isState.test(text))
      )
        held.several += 1;
      if (isChanged) held.changed += 1;
      else if (values >= listedMin) held.listed += 1;
      seen.set(name, held);
    }
  }
  const byKey = keyedRoom(groups, seen);
  return (group) => {
    const names = namesOf(group);
    const keyed = names.map((name) => byKey.get(name)).find((room) => room !== undefined);
    if (keyed !== undefined) return keyed;
    const all = names.flatMap((name) => seen.get(name) ?? []);
    const isOne = all.some(
      (one) =>
        one.changed > one.listed &&
        (one.changed >= seenMin || (one.listed === 0 && one.all >= knownMin)),
    );
    if (isOne) return "one";
    const isList = all.some(
      (one) =>
        (one.listed >= seenMin && one.listed * 2 > one.all) ||
        (one.several >= happenedMin && one.several * 2 > one.repeated),
    );
    return isList && all.every(({ changed }) => changed === 0) ? "many" : undefined;
  };
}

/** What speaks for one value at a time, and for several. Each thing said counts, up to so often; the words of a key count once. */
const points = {
  replaced: 3,
  changed: 1.5,
  definite: 1,
  only: 1.5,
  disputed: 0.75,
  amount: 2,
  number: 2,
  more: 3,
  indefinite: 3,
  ofKind: 1,
  able: 2,
  listed: 3,
  plural: 3,
  verbal: 1.5,
  noun: 2,
  singular: 1.5,
};
const countedMax = 3;
/** Things that are told apart by numbers. */
const numbered = /^(?:ports|codes|ids|numbers|issues|tickets)$/;
/** What runs on one of these may run on the next, as on no host and on no version of something. */
const platform =
  /^(?:linux|windows|macos|mac|ios|ipados|android|freebsd|ubuntu|debian|alpine|fedora|switch|playstation|xbox|steam deck|chrome|chromium|firefox|safari|edge|x86|x86_64|x64|amd64|arm|arm64|armv7|aarch64|risc-?v(?:64)?|wasm)(?: \d[\d.]*)?$/i;
/** Shorter values are found in any text by chance. */
const nameMin = 3;

function keyedRoom(
  groups: readonly (readonly Statement[])[],
  seen: ReadonlyMap<string, Seen>,
): ReadonlyMap<string, Room> {
  const byName = new Map<string, Statement[]>();
  for (const one of groups.flat()) {
    if (one.observation.predicate == null || one.claim.valueKey === "") continue;
    const held = byName.get(roomName(one.claim));
    if (held === undefined) byName.set(roomName(one.claim), [one]);
    else held.push(one);
  }
  return new Map(
    [...byName].map(([name, statements]) => {
      const { listed = 0, all = 0 } = seen.get(name) ?? {};
      // One thing may have had three values one after the other; most things had not.
      return [
        name,
        roomOf(statements, listed >= seenMin && listed * 2 > all ? listed : 0),
      ] as const;
    }),
  );
}

/** Of so many things somebody only guesses another value than is known: whoever guesses thinks of one. */
function disputedIn(statements: readonly Statement[]): number {
  const bySubject = Map.groupBy(statements, ({ claim }) => claim.subject.toLowerCase());
  return [...bySubject.values()].filter((held) =>
    held.some(
      (guess) =>
        guess.claim.isHedged &&
        held.some((one) => !one.claim.isHedged && one.claim.valueKey !== guess.claim.valueKey),
    ),
  ).length;
}

function roomOf(statements: readonly Statement[], listed: number): Room {
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
  const predicate = statements[0]?.claim.predicate ?? "";
  if (saysOnlyThat(predicate)) return "many";
  const { isPlural, isVerbal, isOnly, head, room, words } = shapeOfPredicate(predicate);
  if ((isOnly && !isPlural) || isAssigned([...values.values()], predicate)) return "one";
  const isEvery = (of: RegExp): boolean => [...values.keys()].every((key) => of.test(key));
  // "needs 3 approvals" is how many.
  const isDeed = said.some((one) => one.isDeed) && !isEvery(/^\W*\d/);
  // "the lint rules are those in V": a file has them all, unless it is one of code.
  const isRow =
    isPlural &&
    !isEvery(
      /^[\w.-]+\/[\w./-]*\.(?!(?:[cm]?[jt]sx?|py|go|rs|java|kt|rb|c|cc|cpp|cs|swift|php|scala|exs?)$)\w{1,5}$/,
    );
  const disputed = disputedIn(given);
  // "ports", "error codes" and addresses: these numbers are names.
  const isAmount = !(isPlural && numbered.test(head)) && !isEvery(/^\d+(?:\.\d+){3}|^0x[\da-f]+$/i);
  const isMore = ({ claim }: (typeof said)[number]): boolean => claim.isMore && !claim.isChange;
  // Of the only one, too, some say "there is a V".
  const isOfOne =
    said.some(({ isDefinite }) => isDefinite) ||
    said.filter(({ isOfKind }) => isOfKind).length * 2 < said.length;
  const one =
    points.replaced * times((one) => !isMore(one) && (one.isReplaced || one.claim.oldKey !== "")) +
    points.changed * times(({ claim }) => claim.isChange && !claim.isMore) +
    (isPlural || room === "many" ? 0 : points.definite * times(({ isDefinite }) => isDefinite)) +
    points.only * times(({ isOnly }) => isOnly) +
    (room === "many" ? 0 : points.disputed * Math.min(countedMax, disputed)) +
    (isAmount && isEvery(/^[<>=~^]*\d[\d.]* \w+$|^[\d\s.,:+-]+$|^flag /) ? points.amount : 0) +
    (isAmount && isEvery(/^\W*\d/) ? points.number : 0) +
    (room === "one" ? points.noun : isRow || isVerbal || isDeed ? 0 : points.singular);
  const many =
    points.more * times(isMore) +
    points.indefinite * times(({ isIndefinite }) => isIndefinite) +
    (isOfOne ? 0 : points.ofKind * times(({ isOfKind }) => isOfKind)) +
    // "may take 15 minutes" is how far it goes.
    (isEvery(/^\W*\d/) ? 0 : points.able * times(({ isAble }) => isAble)) +
    // "a helix array", "a dish": each is one of its kind.
    ([...values.values()].every((value) => /^an? /i.test(value)) ? points.singular : 0) +
    (one <= points.singular ? points.listed * Math.min(countedMax, listed) : 0) +
    (isRow ? points.plural : 0) +
    (isVerbal || isDeed ? points.verbal : 0) +
    (words.at(-1) === "on" && isEvery(platform) ? points.noun : 0) +
    // Of features there are many flags; "--dump" is the one that does it.
    (room === "many" && ![...values.values()].every((value) => /^\W?-/.test(value))
      ? points.noun
      : 0);
  return one > many ? "one" : many > one ? "many" : undefined;
}

/** How far a flag is turned on. */
const state =
  /^(?:enabled|disabled|on|off|true|false|(?:in)?active|(?:rolled out (?:to|for) |on for )?\d+ ?%(?: of \w+)?)$/i;

/** "acks=0", "acks=all" of "acks": the same is set to each, however it is spelled. So is a flag; of percents alone there may be several. */
function isAssigned(values: readonly string[], predicate: string): boolean {
  const name = new RegExp(`^${predicate.replaceAll(/[^\w-]/g, "")}=[^\\s=]+$`, "i");
  const isSwitch =
    values.every((value) => state.test(value)) && values.some((value) => !/^\d+ ?%$/.test(value));
  return values.length > 1 && (isSwitch || values.every((value) => name.test(value)));
}

/** What a group says of its subject, whatever that is. */
function namesOf(group: readonly Statement[]): readonly string[] {
  return [
    ...new Set(
      group.map(({ claim, observation }) => {
        if (observation.predicate != null) return roomName(claim);
        const subject = new Set(meaningsOf(claim.subject));
        return claim.strong.filter((word) => !subject.has(word)).join(" ");
      }),
    ),
  ].filter((name) => name !== "");
}
