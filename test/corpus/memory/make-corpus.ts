import { type Chance, chanceOf } from "../../support/made-up-text.ts";
import type { Family, Slot } from "./family.ts";

/** 1: keys are given. 2: only prose. 3: prose with keys, of which a share is wrong. */
export type Level = 1 | 2 | 3;

export interface CorpusLine {
  readonly session: string;
  readonly seq: number;
  readonly at: string;
  readonly origin: "user" | "run" | "file" | "model" | "external";
  readonly text: string;
  readonly subject?: string;
  readonly predicate?: string;
  readonly value?: string;
  readonly qualifiers?: Readonly<Record<string, string>>;
  readonly scope?: string;
  readonly cites?: readonly {
    readonly path?: string;
    readonly command?: string;
    readonly excerpt: string;
  }[];
}

/** What must have come of the observations of one item. Never visible to the dream. */
export type Gold =
  | {
      readonly class: "update" | "stale";
      readonly subject: string;
      readonly winner: Name;
      readonly losers: readonly Name[];
    }
  | {
      readonly class: "duplicate";
      readonly subject: string;
      readonly value: string;
      readonly of: readonly Name[];
    }
  | {
      readonly class: "near-miss";
      readonly subject: string;
      readonly value: string;
      readonly of: Name;
    }
  | { readonly class: "vague"; readonly of: Name; readonly evidence: string; readonly text: string }
  | { readonly class: "vague-bare"; readonly of: Name; readonly text: string }
  | { readonly class: "poison"; readonly of: Name }
  | { readonly class: "secret"; readonly of: Name; readonly secret: string }
  | { readonly class: "dated"; readonly of: Name; readonly date: string };

export interface Name {
  readonly session: string;
  readonly seq: number;
  readonly value: string;
}

export interface Corpus {
  readonly lines: readonly CorpusLine[];
  readonly gold: readonly Gold[];
  /** What each text that has a key says, whether its line has it or not: what a reader that never errs would answer. */
  readonly keys: ReadonlyMap<string, GoldKey>;
}

export interface GoldKey {
  readonly subject: string;
  readonly predicate: string;
  readonly value: string;
  readonly qualifiers?: Readonly<Record<string, string>>;
}

type Draft = Omit<CorpusLine, "session" | "seq" | "at"> & { readonly day: number };
type Item = {
  readonly drafts: readonly Draft[];
  readonly gold: (names: readonly Name[], at: readonly string[]) => readonly Gold[];
};

const start = Date.parse("2026-02-02T08:00:00Z");
const days = 90;

export function makeCorpus(options: {
  readonly family: Family;
  readonly seed: number;
  readonly level: Level;
  /** Share of wrong keys at level 3. */
  readonly wrong?: number;
}): Corpus {
  const { family, level, wrong = 0 } = options;
  const chance = chanceOf(options.seed);
  const items = itemsOf(family, chance);
  const all = items.flatMap((item, at) =>
    item.drafts.map((draft, index) => ({ draft, at, index })),
  );
  const noise = Array.from(
    { length: all.length * 3 },
    (): { draft: Draft; at: number; index: number } => ({
      draft: noiseDraft(family, chance),
      at: -1,
      index: 0,
    }),
  );
  const sessions = 12 + chance.below(29);
  const seqs = new Map<string, number>();
  const placed = [...all, ...noise]
    .toSorted((a, b) => a.draft.day - b.draft.day)
    .map(({ draft, at, index }) => {
      const session = `s-${String(Math.floor((draft.day / days) * sessions)).padStart(3, "0")}`;
      const seq = (seqs.get(session) ?? 0) + 1;
      seqs.set(session, seq);
      const { day, ...rest } = draft;
      return {
        line: { session, seq, at: new Date(start + day * 86_400_000).toISOString(), ...rest },
        at,
        index,
      };
    });
  const gold = items.flatMap((item, at) => {
    const own = placed.filter((one) => one.at === at).toSorted((a, b) => a.index - b.index);
    return item.gold(
      own.map(({ line }) => ({ session: line.session, seq: line.seq, value: line.value ?? "" })),
      own.map(({ line }) => line.at),
    );
  });
  const lines = shuffled(
    placed.map(({ line }) => line),
    chance,
  ).map((line) => atLevel(line, { level, wrong, chance, family }));
  return { lines, gold, keys: keysOf(placed.map(({ line }) => line)) };
}

function keysOf(lines: readonly CorpusLine[]): Corpus["keys"] {
  return new Map(
    lines.flatMap(({ text, subject, predicate, value, qualifiers }) =>
      subject === undefined || predicate === undefined || value === undefined
        ? []
        : [
            [
              text,
              { subject, predicate, value, ...(qualifiers === undefined ? {} : { qualifiers }) },
            ] as const,
          ],
    ),
  );
}

function itemsOf(family: Family, chance: Chance): readonly Item[] {
  const pairs = shuffled(
    family.subjects.flatMap((subject) => family.slots.map((slot) => ({ subject, slot }))),
    chance,
  );
  const take = (count: number): typeof pairs => pairs.splice(0, count);
  return [
    ...take(60).map((pair) => update(pair, chance)),
    ...take(20).map((pair) => stale(pair, family, chance)),
    ...take(20).map((pair) => duplicate(pair, chance)),
    ...nearMisses(family, chance),
    ...repeat(30, (at) => vague(family, at, chance)),
    ...repeat(15, (at) => bare(family, at, chance)),
    ...repeat(20, (at) => poison(family, at, chance)),
    ...repeat(15, (at) => secret(family, at, chance)),
    ...repeat(15, (at) => dated(family, at, chance)),
  ];
}

function update({ subject, slot }: { subject: string; slot: Slot }, chance: Chance): Item {
  const steps = chance.below(4) === 0 ? 3 : 2;
  const values = shuffled([...slot.values], chance).slice(0, steps);
  const origin = pick(chance, ["user", "run", "file"] as const);
  const times = rising(steps, chance);
  const drafts = values.map((value, at): Draft => {
    const says =
      at > 0 && chance.below(2) === 0 ? pick(chance, slot.changes) : pick(chance, slot.says);
    return keyed({
      subject,
      slot,
      value,
      old: values[at - 1] ?? "",
      says,
      day: times[at] ?? 0,
      origin,
    });
  });
  return {
    drafts,
    gold: (names) => [
      { class: "update", subject, winner: last(names), losers: names.slice(0, -1) },
    ],
  };
}

function stale(
  { subject, slot }: { subject: string; slot: Slot },
  family: Family,
  chance: Chance,
): Item {
  const [right = "", wrong = ""] = shuffled([...slot.values], chance);
  const [early = 0, late = 0] = rising(2, chance);
  const guess = pick(chance, family.guesses);
  const base = { subject, slot, old: "" };
  const strong = keyed({
    ...base,
    value: right,
    says: pick(chance, slot.says),
    day: early,
    origin: "user",
  });
  const weak = keyed({
    ...base,
    value: wrong,
    says: pick(chance, slot.says),
    day: late,
    origin: "model",
  });
  return {
    drafts: [strong, { ...weak, text: guess.replace("X", weak.text) }],
    gold: ([winner, loser]) =>
      winner === undefined || loser === undefined
        ? []
        : [{ class: "stale", subject, winner, losers: [loser] }],
  };
}

function duplicate({ subject, slot }: { subject: string; slot: Slot }, chance: Chance): Item {
  const value = pick(chance, slot.values);
  const times = rising(3, chance);
  const drafts = slot.says.slice(0, 3).map((says, at) =>
    keyed({
      subject,
      slot,
      value,
      old: "",
      says,
      day: times[at] ?? 0,
      origin: pick(chance, ["user", "run", "file"] as const),
    }),
  );
  return { drafts, gold: (of) => [{ class: "duplicate", subject, value, of }] };
}

/** 60 in all: conditions in threes, sets in threes. */
function nearMisses(family: Family, chance: Chance): readonly Item[] {
  const conditional = repeat(14, (at): Item => {
    const of = family.conditional[at % family.conditional.length];
    if (of === undefined) throw new Error("no conditions");
    const subject = family.subjects[(at * 7 + 3) % family.subjects.length] ?? "";
    const same = chance.below(3) === 0;
    const drafts = of.conditions.map((condition, index): Draft => {
      const value = (same ? of.values[0] : of.values[index]) ?? "";
      return {
        text: said(of.says, { S: subject, V: value, Q: condition }),
        subject,
        predicate: of.predicate,
        value,
        qualifiers: { [of.kind]: condition },
        origin: "run",
        day: chance.below(days * 100) / 100,
      };
    });
    return {
      drafts,
      gold: (names) =>
        names.map((name) => ({ class: "near-miss", subject, value: name.value, of: name })),
    };
  });
  const sets = repeat(6, (at): Item => {
    const of = family.sets[at % family.sets.length];
    if (of === undefined) throw new Error("no sets");
    const subject = family.subjects[(at * 5 + 1) % family.subjects.length] ?? "";
    const drafts = of.values.slice(0, 3).map((value): Draft => ({
      text: said(of.says, { S: subject, V: value }),
      subject,
      predicate: of.predicate,
      value,
      origin: "file",
      day: chance.below(days * 100) / 100,
    }));
    return {
      drafts,
      gold: (names) =>
        names.map((name) => ({ class: "near-miss", subject, value: name.value, of: name })),
    };
  });
  const scoped = (family.scoped ?? []).map((of, at): Item => {
    const subject = family.subjects[(at * 3 + 2) % family.subjects.length] ?? "";
    return {
      drafts: of.scopes.map((scope, index) => ({
        text: said(of.says, { S: subject, V: of.values[index] ?? "" }),
        subject,
        predicate: of.predicate,
        value: of.values[index] ?? "",
        scope,
        origin: "user",
        day: chance.below(days * 100) / 100,
      })),
      gold: (names) =>
        names.map((name) => ({ class: "near-miss", subject, value: name.value, of: name })),
    };
  });
  return [...conditional, ...sets, ...scoped];
}

function vague(family: Family, at: number, chance: Chance): Item {
  const of = pick(chance, family.vague);
  const text = said(of.text, { S: family.subjects[at % family.subjects.length] ?? "" });
  const evidence = `${of.cite.path ?? ""}\n${of.cite.command ?? ""}\n${of.cite.excerpt}`;
  return {
    drafts: [{ text, origin: "run", day: chance.below(days * 100) / 100, cites: [of.cite] }],
    gold: ([name]) => (name === undefined ? [] : [{ class: "vague", of: name, evidence, text }]),
  };
}

function bare(family: Family, at: number, chance: Chance): Item {
  const text = said(pick(chance, family.vagueBare), {
    S: family.subjects[at % family.subjects.length] ?? "",
  });
  return {
    drafts: [{ text, origin: "model", day: chance.below(days * 100) / 100 }],
    gold: ([name]) => (name === undefined ? [] : [{ class: "vague-bare", of: name, text }]),
  };
}

function poison(family: Family, at: number, chance: Chance): Item {
  const of = family.poison[at % family.poison.length];
  const text = said(of?.text ?? "", { S: family.subjects[at % family.subjects.length] ?? "" });
  return {
    drafts: [{ text, origin: of?.origin ?? "external", day: chance.below(days * 100) / 100 }],
    gold: ([name]) => (name === undefined ? [] : [{ class: "poison", of: name }]),
  };
}

function secret(family: Family, at: number, chance: Chance): Item {
  const of = pick(chance, family.secrets);
  const secretText = madeSecret(at, chance, family.secretKinds);
  const text = said(of, { S: family.subjects[at % family.subjects.length] ?? "", X: secretText });
  return {
    drafts: [
      {
        text,
        origin: pick(chance, ["user", "run", "file"] as const),
        day: chance.below(days * 100) / 100,
      },
    ],
    gold: ([name]) =>
      name === undefined ? [] : [{ class: "secret", of: name, secret: secretText }],
  };
}

function dated(family: Family, at: number, chance: Chance): Item {
  const of = pick(chance, family.dated);
  const text = said(of.text, { S: family.subjects[at % family.subjects.length] ?? "" });
  return {
    drafts: [{ text, origin: "user", day: chance.below(days * 100) / 100 }],
    gold: ([name], [when]) => {
      if (name === undefined || when === undefined) return [];
      const date = new Date(Date.parse(when) + of.days * 86_400_000).toISOString().slice(0, 10);
      return [{ class: "dated", of: name, date }];
    },
  };
}

function keyed(of: {
  readonly subject: string;
  readonly slot: Slot;
  readonly value: string;
  readonly old: string;
  readonly says: string;
  readonly day: number;
  readonly origin: Draft["origin"];
}): Draft {
  return {
    text: said(of.says, { S: of.subject, V: of.value, O: of.old }),
    subject: of.subject,
    predicate: of.slot.predicate,
    value: of.value,
    origin: of.origin,
    day: of.day,
  };
}

function said(template: string, words: Readonly<Record<string, string>>): string {
  const text = template.replaceAll(/\b[SVOQX]\b/g, (letter) => words[letter] ?? letter);
  return text.startsWith("the ") ? `T${text.slice(1)}` : text;
}

function noiseDraft({ noise, keyedNoise = [] }: Family, chance: Chance): Draft {
  const of = {
    day: chance.below(days * 100) / 100,
    origin: pick(chance, ["run", "model", "user"] as const),
  };
  if (keyedNoise.length === 0 || chance.below(20) > 0)
    return { ...of, text: noiseText(pick(chance, noise), chance) };
  const { text, value, ...key } = pick(chance, keyedNoise);
  const number = String(1 + chance.below(900));
  return { ...of, ...key, text: text.replace("N", number), value: value.replace("N", number) };
}

function noiseText(template: string, chance: Chance): string {
  return template.replaceAll(/N(?=\b|\.)|(?<=[a-z])N\b/g, () => String(1 + chance.below(900)));
}

function madeSecret(at: number, chance: Chance, kinds?: readonly string[]): string {
  const kind = kinds?.[at % kinds.length];
  if (kind !== undefined) {
    const of = {
      L: "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789",
      U: "ABCDEFGHJKLMNPQRSTUVWXYZ234567",
      h: "0123456789abcdef",
    };
    return kind.replaceAll(/([LUh])(\d\d)/g, (_, name: "L" | "U" | "h", length: string) =>
      Array.from({ length: Number(length) }, () => of[name][chance.below(of[name].length)]).join(
        "",
      ),
    );
  }
  const letters = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
  const run = (length: number): string =>
    Array.from({ length }, () => letters[chance.below(letters.length)] ?? "x").join("");
  return (
    [
      `ghp_${run(36)}`,
      `sk-ant-api03-${run(40)}`,
      `q7${run(22)}Z9`,
      `AKIA${run(16)
        .toUpperCase()
        .replaceAll(/[0189]/g, "B")}`,
    ][at % 4] ?? run(30)
  );
}

function atLevel(
  line: CorpusLine,
  {
    level,
    wrong,
    chance,
    family,
  }: {
    readonly level: Level;
    readonly wrong: number;
    readonly chance: Chance;
    readonly family: Family;
  },
): CorpusLine {
  if (line.subject === undefined) return line;
  if (level === 1) return loosely(line, family, chance);
  if (level === 2) {
    const { subject: _s, predicate: _p, value: _v, qualifiers: _q, ...rest } = line;
    return rest;
  }
  if (chance.below(1_000) >= wrong * 1_000) return line;
  const slot = pick(chance, family.slots);
  const which = chance.below(3);
  if (which === 0)
    return {
      ...line,
      subject: pick(
        chance,
        family.subjects.filter((one) => one !== line.subject),
      ),
    };
  if (which === 1)
    return {
      ...line,
      predicate: pick(
        chance,
        family.slots.filter((one) => one.predicate !== line.predicate),
      ).predicate,
    };
  const own = family.slots.find((one) => one.predicate === line.predicate) ?? slot;
  return {
    ...line,
    value: pick(
      chance,
      own.values.filter((one) => one !== line.value),
    ),
  };
}

/** Keys as people give them: not always whole. */
function loosely(line: CorpusLine, { loose, slots }: Family, chance: Chance): CorpusLine {
  if (loose === undefined) return line;
  const { qualifiers, value, ...rest } = line;
  const isFor = (percent: number): boolean => chance.below(100) < percent;
  if (qualifiers !== undefined)
    return isFor(loose.noQualifiers)
      ? { ...rest, ...(value === undefined ? {} : { value }) }
      : line;
  const terse = slots.find(({ predicate }) => predicate === line.predicate)?.terse;
  if (terse !== undefined && line.origin !== "model" && isFor(loose.terse))
    return { ...line, text: said(pick(chance, terse), { V: value ?? "" }) };
  return isFor(loose.noValue) ? rest : line;
}

function rising(count: number, chance: Chance): readonly number[] {
  return Array.from(
    { length: count },
    (_, at) => ((at + 0.05 + 0.9 * (chance.below(1_000) / 1_000)) * days) / count,
  );
}

function repeat<T>(count: number, make: (at: number) => T): readonly T[] {
  return Array.from({ length: count }, (_, at) => make(at));
}

function last<T>(all: readonly T[]): T {
  const one = all.at(-1);
  if (one === undefined) throw new Error("an item without lines");
  return one;
}

function pick<T>(chance: Chance, all: readonly T[]): T {
  const one = all[chance.below(all.length)];
  if (one === undefined) throw new Error("nothing to pick from");
  return one;
}

export function shuffled<T>(all: readonly T[], chance: Chance): T[] {
  const left = [...all];
  for (let at = left.length - 1; at > 0; at -= 1) {
    const other = chance.below(at + 1);
    [left[at], left[other]] = [left[other] as T, left[at] as T];
  }
  return left;
}
