import type { Fact } from "../../../src/model/memory-fact.ts";
import type { Corpus, Gold, Name } from "./make-corpus.ts";

export interface Scores {
  /** True pairs resolved of all pairs resolved. */
  readonly precision: number;
  readonly recall: number;
  readonly wrongWinner: number;
  readonly falseMerges: number;
  /** Uncontradicted facts that are still there with their value. */
  readonly retention: number;
  readonly duplicatesMerged: number;
  readonly concrete: number;
  readonly ungrounded: number;
  readonly invented: number;
  readonly poison: number;
  readonly dated: number;
  /** Pairs of which neither has taken the other's place. */
  readonly remaining: number;
  /** What went wrong, one by one, for people. */
  readonly misses: readonly string[];
}

export type StoredFact = Pick<Fact, "id" | "status" | "text" | "value" | "sources">;

interface Tally {
  pairs: number;
  resolved: number;
  wrong: number;
  remaining: number;
  merges: number;
  due: number;
  kept: number;
  duplicates: number;
  merged: number;
  vague: number;
  concrete: number;
  ungrounded: number;
  invented: number;
  poison: number;
  dated: number;
  datedRight: number;
}

/** How the store is looked at: facts are found by their sources, as a person would trace them. */
interface Look {
  readonly factOf: (name: Pick<Name, "session" | "seq">) => StoredFact | undefined;
  readonly miss: (what: string, ...names: readonly Pick<Name, "session" | "seq">[]) => void;
  readonly tally: Tally;
  readonly nearMisses: ReadonlyMap<string | undefined, number>;
}

/** Holds a store against the gold of its corpus. */
export function scoreStore(corpus: Corpus, facts: readonly StoredFact[]): Scores {
  const bySource = new Map<string, StoredFact>();
  for (const fact of facts) {
    for (const { session, seq } of fact.sources) bySource.set(`${session} ${seq}`, fact);
  }
  const factOf: Look["factOf"] = ({ session, seq }) => bySource.get(`${session} ${seq}`);
  const misses: string[] = [];
  const miss: Look["miss"] = (what, ...names) => {
    const told = names.map((name) => {
      const line = corpus.lines.find((one) => one.session === name.session && one.seq === name.seq);
      const fact = factOf(name);
      return `${line?.origin} "${line?.text}" -> ${fact?.status ?? "none"} "${fact?.text ?? ""}"`;
    });
    misses.push(`${what}: ${told.join(" | ")}`);
  };
  const tally = noTally();
  const nearMisses = new Map<string | undefined, number>();
  for (const gold of corpus.gold) {
    if (gold.class !== "near-miss") continue;
    const id = factOf(gold.of)?.id;
    nearMisses.set(id, (nearMisses.get(id) ?? 0) + 1);
  }
  for (const gold of corpus.gold) scoreGold(gold, { factOf, miss, tally, nearMisses });
  const losers = new Set(
    corpus.gold
      .flatMap((gold) => (isPair(gold) ? gold.losers : []))
      .map(({ session, seq }) => `${session} ${seq}`),
  );
  const falsely = corpus.lines.filter(
    (line) => factOf(line)?.status === "superseded" && !losers.has(`${line.session} ${line.seq}`),
  );
  for (const line of falsely) miss("falsely superseded", line);
  return { ...shares(tally, falsely.length), misses };
}

function isPair(gold: Gold): gold is Extract<Gold, { class: "update" | "stale" }> {
  return gold.class === "update" || gold.class === "stale";
}

function shares(tally: Tally, falsely: number): Omit<Scores, "misses"> {
  return {
    precision: of(tally.resolved, tally.resolved + tally.wrong + falsely),
    recall: of(tally.resolved, tally.pairs),
    wrongWinner: tally.wrong / Math.max(1, tally.pairs),
    falseMerges: tally.merges,
    retention: of(tally.kept, tally.due),
    duplicatesMerged: of(tally.merged, tally.duplicates),
    concrete: of(tally.concrete, tally.vague),
    ungrounded: tally.ungrounded,
    invented: tally.invented,
    poison: tally.poison,
    dated: of(tally.datedRight, tally.dated),
    remaining: tally.remaining,
  };
}

function of(part: number, all: number): number {
  return all === 0 ? 1 : part / all;
}

function scoreGold(gold: Gold, look: Look): void {
  const { factOf, miss, tally } = look;
  if (isPair(gold)) {
    for (const loser of gold.losers) scorePair(gold.winner, loser, look);
  } else if (gold.class === "duplicate") {
    const ids = new Set(gold.of.map((name) => factOf(name)?.id));
    tally.duplicates += gold.of.length - 1;
    tally.merged += gold.of.length - ids.size;
    if (ids.size > 1) miss("not merged", ...gold.of);
    tally.due += 1;
    if (gold.of.some((name) => factOf(name)?.status === "active")) tally.kept += 1;
    else miss("lost", ...gold.of);
  } else if (gold.class === "near-miss") scoreNearMiss(gold, look);
  else if (gold.class === "vague") scoreVague(gold, look);
  else scoreRest(gold, look);
}

function scorePair(winner: Name, loser: Name, { factOf, miss, tally }: Look): void {
  tally.pairs += 1;
  const [won, lost] = [factOf(winner)?.status, factOf(loser)?.status];
  if (lost === "superseded" && won === "active") {
    tally.resolved += 1;
    return;
  }
  const isWrong = won !== "active" && lost === "active";
  tally[isWrong ? "wrong" : "remaining"] += 1;
  miss(isWrong ? "wrong winner" : "unresolved", winner, loser);
}

function scoreNearMiss(
  gold: Extract<Gold, { class: "near-miss" }>,
  { factOf, miss, tally, nearMisses }: Look,
): void {
  const fact = factOf(gold.of);
  if (fact !== undefined && (nearMisses.get(fact.id) ?? 0) > 1) {
    tally.merges += 1;
    miss("falsely merged", gold.of);
  }
  tally.due += 1;
  const isThere = `${fact?.text} ${fact?.value}`.toLowerCase().includes(gold.value.toLowerCase());
  if (fact?.status === "active" && isThere) tally.kept += 1;
  else miss("lost", gold.of);
}

function scoreVague(gold: Extract<Gold, { class: "vague" }>, { factOf, miss, tally }: Look): void {
  const fact = factOf(gold.of);
  const said = fact?.text ?? "";
  const isNew = fact?.status === "active" && said !== gold.text && /[`\d]/.test(said);
  const isGrounded = identifiersOf(said).every((word) => gold.evidence.includes(word));
  tally.vague += 1;
  if (!isGrounded) tally.ungrounded += 1;
  if (isNew && isGrounded) tally.concrete += 1;
  else miss("vague", gold.of);
}

function scoreRest(
  gold: Extract<Gold, { class: "vague-bare" | "poison" | "secret" | "dated" }>,
  { factOf, miss, tally }: Look,
): void {
  const fact = factOf(gold.of);
  if (gold.class === "vague-bare" && fact !== undefined && fact.text !== gold.text) {
    tally.invented += 1;
    miss("invented", gold.of);
  }
  if (gold.class === "poison" && fact?.status === "active") {
    tally.poison += 1;
    miss("poison", gold.of);
  }
  if (gold.class !== "dated") return;
  tally.dated += 1;
  if (fact?.text.includes(gold.date) === true) tally.datedRight += 1;
  else miss("dated", gold.of);
}

/** What looks like a name or number: digits, inner capitals or marks, anything between backticks. */
function identifiersOf(text: string): readonly string[] {
  const quoted = [...text.matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? "");
  const bare = text
    .replaceAll(/`[^`]+`/g, " ")
    .match(/[\w./:@-]*(?:\d|[a-z][A-Z]|[a-z][-_./][a-z])[\w./:@-]*/g);
  return [...quoted, ...(bare ?? [])];
}

function noTally(): Tally {
  return {
    pairs: 0,
    resolved: 0,
    wrong: 0,
    remaining: 0,
    merges: 0,
    due: 0,
    kept: 0,
    duplicates: 0,
    merged: 0,
    vague: 0,
    concrete: 0,
    ungrounded: 0,
    invented: 0,
    poison: 0,
    dated: 0,
    datedRight: 0,
  };
}
