import type { MemoryEntry } from "../../model/memory-entry.ts";
import type { Fact } from "../../model/memory-fact.ts";
import type { Clean } from "../secrets/redact-value.ts";
import type { Hash } from "./fact-id.ts";
import { type Ledger, readLedger } from "./ledger.ts";
import { type Draft, makeFact } from "./make-fact.ts";
import { apart } from "./merge/apart.ts";
import { type Cluster, clusterOf } from "./merge/cluster.ts";
import { linkSlots } from "./merge/link-slots.ts";
import { slotsOf } from "./merge/slot.ts";
import { ownIds } from "./own-ids.ts";
import { takesPlace } from "./plain/takes-place.ts";
import { withTaken } from "./plain/with-taken.ts";
import { byTopic } from "./prose/by-topic.ts";
import { prune } from "./prune.ts";
import { readObservations } from "./read-observations.ts";
import { readingsIn, withReadings } from "./reading/readings-in.ts";
import { type Probed, type Resolved, resolveSlot } from "./resolve.ts";
import { learnRoom } from "./room.ts";
import { cleanDraft } from "./safety/clean-draft.ts";
import { settle } from "./settle.ts";
import { sourceName } from "./source-name.ts";
import { standing } from "./standing.ts";
import type { Statement } from "./statement.ts";
import { takenByEdits } from "./taken-by-edits.ts";

/** What a dream did, in numbers; for people it is told by what changed. */
export interface DreamFigures {
  readonly observations: number;
  /** Told only how a session went; they stay in the inbox. */
  readonly nothing: number;
  /** Keys that did not fit their text. */
  readonly corrected: number;
  readonly merged: number;
  readonly superseded: number;
  readonly quarantined: number;
  readonly concretised: number;
  readonly expired: number;
  readonly purged: number;
  readonly waiting: number;
  readonly active: number;
}

export interface Consolidated {
  /** By id. */
  readonly facts: readonly Fact[];
  readonly figures: DreamFigures;
}

export interface FactWorld {
  readonly now: number;
  readonly hash: Hash;
  readonly clean: Clean;
  readonly probed?: (fact: Fact) => boolean | undefined;
}

/**
 * The whole of memory, from the whole of its record: nothing is carried over from an earlier dream. So the order of the
 * inbox, and in how many dreams it was read, cannot matter, a second dream changes nothing, and a better rule mends what an
 * earlier one got wrong.
 */
export function consolidate(entries: Iterable<MemoryEntry>, world: FactWorld): Consolidated {
  const all = standing([...entries]);
  const ledger = readLedger(all);
  const own = ownIds(ledger.observations, world.hash);
  const observations = withReadings(own.observations, readingsIn(all), world.hash);
  const read = readObservations(observations, (one) => {
    const name = sourceName(one);
    return ledger.accepted.has(name) || ledger.uses.has(name);
  });
  const statements = byTopic(read.statements).map((one) =>
    withSessions(asAccepted(one, ledger), ledger),
  );
  const safe = said(statements, { ledger, edited: own.edited }, world);
  const drafts = [...dangers(statements, world.hash), ...safe].map((one) =>
    cleanDraft(withUses(one, ledger), world.clean),
  );
  const pruned = prune(drafts, { now: world.now, hash: world.hash });
  const count = (status: Fact["status"]): number =>
    pruned.facts.filter((fact) => fact.status === status).length;
  return {
    facts: pruned.facts,
    figures: {
      observations: ledger.observations.length,
      nothing: read.nothing,
      corrected: read.corrected,
      merged: read.statements.length - drafts.length,
      superseded: count("superseded"),
      quarantined: count("quarantined"),
      concretised: drafts.filter(({ isConcretised }) => isConcretised).length,
      expired: count("expired"),
      purged: pruned.purged,
      waiting: pruned.facts.filter(({ review }) => review !== null).length,
      active: count("active"),
    },
  };
}

/** What a person accepted counts as said by them, when they did. */
function asAccepted(statement: Statement, { accepted }: Ledger): Statement {
  const at = accepted.get(sourceName(statement.observation));
  return at === undefined
    ? statement
    : { ...statement, evidence: 4, time: Math.max(at, statement.time), danger: undefined };
}

/** Sessions whose lines are gone go on counting as support. */
function withSessions(statement: Statement, { alsoIn }: Ledger): Statement {
  const more = alsoIn.get(sourceName(statement.observation));
  return more === undefined
    ? statement
    : { ...statement, sessions: [...statement.sessions, ...more] };
}

/** What may not become memory by itself: each text once, and never near the slots that facts are resolved in. */
function dangers(statements: readonly Statement[], hash: Hash): readonly Draft[] {
  const byText = new Map<string, Statement[]>();
  for (const one of statements.filter(({ danger }) => danger !== undefined)) {
    const key = `${one.scope}\u0000${one.text.toLowerCase().replaceAll(/\s+/g, " ")}`;
    const held = byText.get(key);
    if (held === undefined) byText.set(key, [one]);
    else held.push(one);
  }
  return [...byText.values()].map((held) => {
    const draft = makeFact(clusterOf(held), hash);
    const fact = {
      ...draft.fact,
      kind: "fact" as const,
      status: "quarantined" as const,
      review: held[0]?.danger ?? "",
    };
    return { ...draft, fact };
  });
}

function said(
  statements: readonly Statement[],
  {
    ledger: { accepted },
    edited,
  }: { readonly ledger: Ledger; readonly edited: ReadonlyMap<string, string> },
  world: FactWorld,
): readonly Draft[] {
  const slots = slotsOf(statements.filter(({ danger }) => danger === undefined));
  const groups = linkSlots(slots).flatMap((group) =>
    apart(group.flatMap((slot) => slot.statements)),
  );
  const roomOf = learnRoom(groups);
  const made = new Map<Cluster, Draft>();
  const draftOf = (cluster: Cluster): Draft => {
    const held = made.get(cluster) ?? makeFact(cluster, world.hash);
    made.set(cluster, held);
    return held;
  };
  const probed: Probed = (cluster) => {
    // Nearly none has a probe, and comparing asks often.
    if (cluster.statements.every(({ observation }) => observation.verify == null)) return undefined;
    const { fact } = draftOf(cluster);
    return fact.verify === null ? undefined : world.probed?.({ ...fact, hash: "" });
  };
  const fails = (cluster: Cluster): boolean =>
    probed(cluster) === false &&
    !cluster.statements.some(({ observation }) => accepted.has(sourceName(observation)));
  const resolved: (readonly Resolved[])[] = [];
  for (const group of groups) {
    resolved.push(resolveSlot(group, probed, roomOf(group)));
  }
  const taken = new Map([...takenByEdits(statements, edited), ...takesPlace(statements)]);
  const drafts: Draft[] = [];
  for (const slot of withTaken(resolved, taken, probed)) {
    for (const draft of settle(slot, { draftOf, fails })) drafts.push(draft);
  }
  return drafts;
}

function withUses(draft: Draft, { uses }: Ledger): Draft {
  const read = draft.cluster.statements.flatMap(
    ({ observation }) => uses.get(sourceName(observation)) ?? [],
  );
  if (read.length === 0) return draft;
  const last_used = new Date(Math.max(...read.map(({ last }) => last))).toISOString();
  const use_count = read.reduce((sum, { times }) => sum + times, 0);
  return { ...draft, fact: { ...draft.fact, use_count, last_used } };
}
