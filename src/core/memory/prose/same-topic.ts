import { narrowing } from "../words/lexicon.ts";
import type { Topic } from "./wordings.ts";

/** How much a word tells: what is in many wordings tells little. */
export type Weigh = (root: string) => number;

export function weigherOf(topics: readonly Topic[]): Weigh {
  const wordings = topics.flatMap(({ wordings: held }) => held);
  const counts = new Map<string, number>();
  for (const root of wordings.flatMap((held) => [...new Set(held)]))
    counts.set(root, (counts.get(root) ?? 0) + 1);
  return (root) => Math.log(1 + wordings.length / (counts.get(root) ?? 1));
}

/** From here on two topics are one. */
export const sameMin = 0.8;

/**
 * How much speaks for two topics being one: words in common, the same value of the same thing, one naming the other's value as the
 * one before, values that are exchanged for each other. 0 where something speaks against it.
 */
export function likeness(a: Topic, b: Topic, weigh: Weigh): number {
  // "The locale de-CH" and "the locale nl-NL" are two, whatever is said of both.
  if (a.isOfOne && b.isOfOne) return 0;
  // Who reviews, among others, and who leads are often the same people.
  if (a.kind !== b.kind || a.isShared !== b.isShared || isContrasted(a, b)) return 0;
  const areApart =
    a.families.size > 0 &&
    b.families.size > 0 &&
    ![...a.families].some((family) => b.families.has(family));
  if (areApart) return 0;
  const isOpen = a.kind === "other" || a.kind === "code";
  const shared = isOpen ? exchanged(a, b) : 0;
  const agreeing = agreeingIn(a.values, b.values);
  const changing = agreeingIn(a.olds, b.values) + agreeingIn(b.olds, a.values);
  // "code" alone is in much that is said: where no value speaks for it, most of both has to be the same.
  const isBacked = !isOpen || shared + agreeing + changing > 0;
  const words =
    a.isMany || b.isMany
      ? 0
      : Math.max(
          0,
          ...wordPairs(a, b).map(([one, other]) => overlap(one, other, { weigh, isBacked })),
        );
  const trust = isOpen ? 1 : a.kind === "number" || a.kind === "flag" ? 0.4 : 0.7;
  // Small numbers agree by chance, time after time.
  if (words === 0 && changing === 0 && (a.kind === "number" || a.kind === "flag")) return 0;
  const areNamed = a.names.length > 0 && b.names.length > 0;
  if (agreeing + changing === 0 && isPartOf(a, b)) return 0;
  // Amounts agree by chance; that one is told to have come after the other one is no chance.
  const trustInChange = a.kind === "number" || a.kind === "flag" ? 0.6 : 1;
  const evidence = Math.min(2, agreeing * trust + changing * trustInChange) * (areNamed ? 0.5 : 1);
  const areRead = a.slots.length > 0 && b.slots.length > 0;
  // What was learned to be two things needs more.
  return (words * 0.8 + evidence * 0.8 + shared * (areNamed ? 0.4 : 0.8)) * (areRead ? 0.6 : 1);
}

/** Names are compared with all that the other one says; wordings without a name with each other. */
function wordPairs(
  a: Topic,
  b: Topic,
): readonly (readonly [readonly string[], readonly string[]])[] {
  const [own, its] = [
    a.names.length > 0 ? a.names : a.wordings,
    b.names.length > 0 ? b.names : b.wordings,
  ];
  return own.flatMap((one) => its.map((other) => [one, other] as const));
}

/** Which part of what the shorter one says, by weight, the other one says, too; or of what both say. */
function overlap(
  one: readonly string[],
  other: readonly string[],
  { weigh, isBacked }: { readonly weigh: Weigh; readonly isBacked: boolean },
): number {
  const sum = (roots: readonly string[]): number =>
    roots.reduce((all, root) => all + weigh(root), 0);
  const shared = sum(one.filter((root) => other.includes(root)));
  const [least, most] = [Math.min(sum(one), sum(other)), Math.max(sum(one), sum(other))];
  return shared === 0 ? 0 : shared / Math.max(0.01, isBacked ? least : most);
}

function agreeingIn(a: Topic["values"], b: Topic["values"]): number {
  let found = 0;
  for (const [place, values] of a) {
    const others = b.get(place);
    if (others !== undefined && [...values].some((value) => others.has(value))) found += 1;
  }
  return found;
}

/** A few people do everything: fewer values in common are less than one thing. */
const enoughValues = 4;

/** Which part of the values of the one that has fewer the other one has, too, or of their families. */
function exchanged(a: Topic, b: Topic): number {
  const [few, many] = a.all.size <= b.all.size ? [a, b] : [b, a];
  const shared = [...few.all].filter((value) => many.all.has(value)).length / few.all.size;
  const areOne = [...few.families].some((family) => many.families.has(family));
  return areOne ? 1 : shared * Math.min(1, few.all.size / enoughValues);
}

/** "backup owner" beside "owner": the longer name is of something else, as long as nothing says the same of both. */
function isPartOf(a: Topic, b: Topic): boolean {
  return a.names.some((one) =>
    b.names.some((other) => one.at(-1) === other.at(-1) && (isIn(one, other) || isIn(other, one))),
  );
}

function isIn(one: readonly string[], other: readonly string[]): boolean {
  return one.length < other.length && one.every((root) => other.includes(root));
}

/** "read timeout" and "write timeout", "default branch" and "deploy branch": the same word, and another one before it in each. */
function isContrasted(a: Topic, b: Topic): boolean {
  // Of a family there is one at a time, whatever it is called.
  const areOne =
    a.names.length * b.names.length === 0 && [...a.families].some((one) => b.families.has(one));
  const [ownRoots, itsRoots] = [rootsOf(a), rootsOf(b)];
  return a.phrases.some((own) =>
    b.phrases.some((its) =>
      [...own].some(([head, before]) => {
        const onlyOwn = before.filter((root) => !itsRoots.has(root));
        const onlyIts = (its.get(head) ?? []).filter((root) => !ownRoots.has(root));
        if (!its.has(head)) return false;
        const isNarrowed = [...onlyOwn, ...onlyIts].some((root) => narrowing.has(root));
        return (onlyOwn.length > 0 && onlyIts.length > 0) || (isNarrowed && !areOne);
      }),
    ),
  );
}

function rootsOf({ wordings, names }: Topic): ReadonlySet<string> {
  return new Set([...wordings, ...names].flat());
}
