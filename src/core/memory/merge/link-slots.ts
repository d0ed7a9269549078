import { piecesOf } from "../claim/spans.ts";
import { meaning, narrowing, oneNouns } from "../words/lexicon.ts";
import { isWeak, meaningsOf } from "../words/meanings-of.ts";
import { partsOf } from "../words/tokens.ts";
import { disjointSets } from "./disjoint-sets.ts";
import type { Slot } from "./slot.ts";

/** More slots than this with the same value are not compared with each other: the value says too little. */
const sameValueMax = 400;

/**
 * Phase 3, second half: two ways to speak of one thing. Slots are one when they have a value in common (or one names the
 * other's value as the one before) and differ in words that narrow nothing. Gives the groups.
 */
export function linkSlots(slots: readonly Slot[]): readonly (readonly Slot[])[] {
  const sets = disjointSets(slots.length);
  const plain = plainNames(slots);
  const shapes = slots.map((slot) => shapeOf(slot, plain));
  const links: (readonly [Shape, Shape])[] = [];
  const agreeing: (readonly [Shape, Shape])[] = [];
  for (const [a, b] of pairsOf(byValue(slots))) {
    const [one, other] = [shapes[a], shapes[b]];
    if (one === undefined || other === undefined) continue;
    if (isSame(one, other)) {
      links.push([one, other]);
      sets.join(a, b);
    } else if (agrees(one, other)) agreeing.push([one, other]);
  }
  const byKey = new Map(shapes.map((shape, at) => [keyOf(shape.prefix, [...shape.strong]), at]));
  for (const wording of [...wordings(links), ...wordings(agreeing)]) {
    for (const [at, shape] of shapes.entries()) {
      const other = byKey.get(otherKey(shape, wording) ?? "");
      if (other !== undefined) sets.join(at, other);
    }
  }
  const groups = new Map<number, Slot[]>();
  for (const [at, slot] of slots.entries()) {
    const root = sets.rootOf(at);
    const group = groups.get(root);
    if (group === undefined) groups.set(root, [slot]);
    else group.push(slot);
  }
  return [...groups.values()];
}

/** Two ways to word one thing, whatever it is about: "the test command of S" and "tests of S run with". */
interface Wording {
  readonly one: readonly string[];
  readonly other: readonly string[];
  readonly shared: readonly string[];
}

/**
 * So many different subjects have to be spoken of in both ways, before another one is taken to be; where both ways have a word
 * in common that says of what the value is, one is enough.
 */
const subjectsMin = 2;

/** What linked slots teach about all others. */
function wordings(links: readonly (readonly [Shape, Shape])[]): readonly Wording[] {
  const found = new Map<string, { readonly wording: Wording; readonly subjects: Set<string> }>();
  for (const [a, b] of links) {
    const one = [...a.strong].filter((word) => !b.strong.has(word)).toSorted();
    const other = [...b.strong].filter((word) => !a.strong.has(word)).toSorted();
    const common = [...a.strong].filter((word) => b.strong.has(word)).toSorted();
    const shared = common.filter((word) => !a.subject.has(word) && !b.subject.has(word));
    if (shared.length === 0 && (one.length === 0 || other.length === 0)) continue;
    const subject = common.filter((word) => !shared.includes(word)).join(" ");
    for (const wording of [
      { one, other, shared },
      { one: other, other: one, shared },
    ]) {
      const key = JSON.stringify(wording);
      const held = found.get(key) ?? { wording, subjects: new Set<string>() };
      held.subjects.add(subject);
      found.set(key, held);
    }
  }
  return [...found.values()]
    .filter(
      ({ wording, subjects }) => subjects.size >= (wording.shared.length > 0 ? 1 : subjectsMin),
    )
    .map(({ wording }) => wording);
}

function otherKey({ prefix, strong }: Shape, { one, other, shared }: Wording): string | undefined {
  if (![...one, ...shared].every((word) => strong.has(word))) return undefined;
  if (other.some((word) => strong.has(word))) return undefined;
  return keyOf(prefix, [...[...strong].filter((word) => !one.includes(word)), ...other]);
}

function keyOf(prefix: string, words: readonly string[]): string {
  return `${prefix}\u0000${words.toSorted().join(" ")}`;
}

function* pairsOf(buckets: readonly (readonly number[])[]): Generator<readonly [number, number]> {
  for (const bucket of buckets) {
    for (const [index, a] of bucket.entries()) {
      for (const b of bucket.slice(index + 1)) yield [a, b];
    }
  }
}

/** Places of the slots in which a value occurs, as it is or as it was, for each value of more than one. */
function byValue(slots: readonly Slot[]): readonly (readonly number[])[] {
  const found = new Map<string, Set<number>>();
  for (const [at, slot] of slots.entries()) {
    for (const name of valuesIn(slot)) {
      const held = found.get(name) ?? new Set<number>();
      found.set(name, held.add(at));
    }
  }
  return [...found.values()]
    .filter((held) => held.size > 1 && held.size <= sameValueMax)
    .map((held) => [...held].toSorted((a, b) => a - b));
}

function valuesIn({ scope, statements }: Slot): ReadonlySet<string> {
  return new Set(
    statements.flatMap(({ claim, qualifiers }) =>
      [claim.valueKey, claim.oldKey]
        .filter((key) => key !== "")
        .map((key) => `${scope}\u0000${JSON.stringify(qualifiers)}\u0000${key}`),
    ),
  );
}

interface Shape {
  /** Scope and qualifiers. */
  readonly prefix: string;
  readonly strong: ReadonlySet<string>;
  readonly subject: ReadonlySet<string>;
  /** Words of names: they tell one thing from another. */
  readonly names: ReadonlySet<string>;
  /** "read timeout": pairs of words that stand next to each other. */
  readonly pairs: ReadonlySet<string>;
  /** It came with a key that says of what it is; another key says of what else. */
  readonly isKeyed: boolean;
  readonly isNumber: boolean;
  readonly isMany: boolean;
  /** It has one value, or says where another one took its place. */
  readonly isSingle: boolean;
  readonly isNegated: boolean;
}

/** What keys call their subjects in one plain word, which nothing in a text tells from others: "human pages of glassplates". */
function plainNames(slots: readonly Slot[]): ReadonlySet<string> {
  const subjects = new Set(
    slots.flatMap(({ statements }) =>
      statements.flatMap(({ observation }) => observation.subject ?? []),
    ),
  );
  return new Set(
    [...subjects]
      .map((name) => meaningsOf(name))
      .flatMap((words) => (words.length === 1 ? words : [])),
  );
}

function shapeOf(slot: Slot, plain: ReadonlySet<string>): Shape {
  const [first] = slot.statements;
  const names = new Set([...slot.strong].filter((word) => plain.has(word)));
  const pairs = new Set<string>();
  const pieces = piecesOf(first?.text ?? "");
  for (const [at, piece] of pieces.entries()) {
    const next = pieces[at + 1];
    const meant = partsOf(piece.text).map((part) => meaning(part));
    const isNamed = at > 0 && /^[A-Z]/.test(piece.text) && !meant.some((one) => oneNouns.has(one));
    const isName = piece.kind === "name" || isNamed;
    if (isName) for (const word of meant) names.add(word);
    if (next === undefined || next.isApart) continue;
    pairs.add(`${meant.at(-1)} ${meaning(partsOf(next.text)[0] ?? "")}`);
  }
  return {
    prefix: slot.key.split("\u0000").slice(0, 2).join("\u0000"),
    strong: slot.strong,
    subject: new Set(meaningsOf(first?.claim.subject ?? "")),
    names,
    pairs,
    isKeyed: slot.statements.every(({ observation }) => observation.predicate != null),
    isNumber: /^[<>=~^]*[\d.]+$/.test(first?.claim.valueKey ?? ""),
    isMany: first?.claim.isMany === true,
    isSingle:
      first?.claim.isMany !== true &&
      (new Set(slot.statements.map(({ claim }) => claim.valueKey)).size <= 2 ||
        slot.statements.some(({ claim }) => claim.isChange)),
    isNegated: first?.claim.isNegated === true,
  };
}

/**
 * The same value, said of the same thing in other words. Once that is chance; of several things it is a way to word it
 * ("is compiled using" and "we build with"). Numbers and what has several values agree by chance too often.
 */
function agrees(a: Shape, b: Shape): boolean {
  if (a.isNegated || b.isNegated || a.isKeyed || b.isKeyed) return false;
  if (!a.isSingle || !b.isSingle || a.isNumber || b.isNumber) return false;
  const [onlyA, onlyB] = [
    [...a.strong].filter((word) => !b.strong.has(word)),
    [...b.strong].filter((word) => !a.strong.has(word)),
  ];
  const tells = (word: string, { names, subject }: Shape): boolean =>
    word.startsWith("#") || narrowing.has(word) || names.has(word) || subject.has(word);
  const isAbout = ({ subject }: Shape, other: Shape): boolean =>
    subject.size > 0 && [...subject].every((word) => other.strong.has(word) || isWeak(word));
  return (
    isAbout(a, b) &&
    isAbout(b, a) &&
    isShort(onlyA) &&
    isShort(onlyB) &&
    onlyA.length < a.strong.size &&
    !onlyA.some((word) => tells(word, a)) &&
    !onlyB.some((word) => tells(word, b))
  );
}

function isShort(words: readonly string[]): boolean {
  return words.length > 0 && words.length <= 3;
}

function isSame(a: Shape, b: Shape): boolean {
  if (a.isNegated !== b.isNegated || (a.isKeyed && b.isKeyed)) return false;
  const [onlyA, onlyB] = [
    [...a.strong].filter((word) => !b.strong.has(word)),
    [...b.strong].filter((word) => !a.strong.has(word)),
  ];
  const common = [...a.strong].filter((word) => b.strong.has(word));
  if (common.length === 0 || onlyA.length > 2 || onlyB.length > 2) return false;
  const tells = (word: string, shape: Shape): boolean =>
    word.startsWith("#") ||
    narrowing.has(word) ||
    shape.names.has(word) ||
    shape.subject.has(word) ||
    common.some((one) => shape.pairs.has(`${word} ${one}`));
  if (onlyA.some((word) => tells(word, a)) || onlyB.some((word) => tells(word, b))) return false;
  const aboutIt = common.filter((word) => !a.subject.has(word) && !b.subject.has(word));
  // Beside the subject, they must share a word that says of what the value is; or one says nothing of it.
  const isKnown = a.subject.size > 0 && b.subject.size > 0;
  if (onlyA.length > 0 && onlyB.length > 0) return isKnown && aboutIt.length > 0;
  if (!isKnown && common.length < 2) return false;
  return aboutIt.length > 0 || !(a.isNumber || b.isNumber);
}
