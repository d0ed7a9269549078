import { roomName } from "./claim/keyed-claim.ts";
import { keyedRoom } from "./keyed-room.ts";
import type { Statement } from "./statement.ts";
import { meaningsOf } from "./words/meanings-of.ts";

/** Whether there is one value at a time of something, or several; undefined where nothing was seen that tells. */
export type Room = "one" | "many" | undefined;

/** Of so many subjects it must have been seen. */
const seenMin = 2;
/** Of so many subjects without a list, one change is enough. */
const knownMin = 4;
/** So many values at once that nobody says took each other's place are a list. */
const listedMin = 3;

/**
 * Learns from all subjects what the words of one do not tell: where values are said to have changed there is one at a time;
 * what nearly every subject has three of, and never a word of change, is a list. What is said with a key says more.
 */
export function learnRoom(
  groups: readonly (readonly Statement[])[],
): (group: readonly Statement[]) => Room {
  const seen = new Map<string, { changed: number; listed: number; all: number }>();
  for (const group of groups) {
    const sure = group.filter(({ claim, evidence }) => claim.valueKey !== "" && evidence > 1);
    const values = new Set(sure.map(({ claim }) => claim.valueKey)).size;
    const isChanged =
      values > 1 && sure.some(({ claim }) => claim.isChange && !claim.isMore && !claim.isNegated);
    for (const name of namesOf(group)) {
      const held = seen.get(name) ?? { changed: 0, listed: 0, all: 0 };
      held.all += 1;
      if (isChanged) held.changed += 1;
      else if (values >= listedMin) held.listed += 1;
      seen.set(name, held);
    }
  }
  const byKey = keyedRoom(groups.flat(), (name) => seen.get(name)?.listed ?? 0);
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
    const isList = all.some((one) => one.listed >= seenMin && one.listed * 2 > one.all);
    return isList && all.every(({ changed }) => changed === 0) ? "many" : undefined;
  };
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
