import type { Fact, Source } from "../../model/memory-fact.ts";
import { timeOf } from "../../model/memory-observation.ts";
import { concretise } from "./concretise.ts";
import { confidenceOf, mayProbe, userEvidence } from "./evidence.ts";
import { factId, type Hash } from "./fact-id.ts";
import { kindOf } from "./kind-of.ts";
import type { Cluster } from "./merge/cluster.ts";
import { bearingOn } from "./safety/bears-on.ts";
import { bySource } from "./source-name.ts";
import type { Statement } from "./statement.ts";
import { partsOf, tokensOf } from "./words/tokens.ts";

/** Most sources named in a fact: the first ones and the latest. `support` counts all. */
export const sourcesMax = 24;

/** A fact before it is known whether it stays. */
export interface Draft {
  readonly fact: Omit<Fact, "hash">;
  readonly cluster: Cluster;
  /** Vague, and nothing seen that would say more. */
  readonly isVague: boolean;
  readonly isConcretised: boolean;
}

export function makeFact(cluster: Cluster, hash: Hash): Draft {
  // When a person accepted it is later than when it was said.
  const [first] = cluster.statements
    .map(({ observation, scope }) => ({ observation, scope, time: timeOf(observation.at) }))
    .toSorted((a, b) => a.time - b.time || bySource(a.observation, b.observation));
  const best = representative(cluster);
  if (first === undefined || best === undefined)
    throw new Error("Internal error: a cluster without statements");
  const cites = cluster.statements.flatMap(({ text, observation }) =>
    bearingOn(text, observation.cites ?? []),
  );
  const vague = cluster.statements.every((one) => one.isVague);
  const needsEvidence = cluster.statements.every((one) => one.isVague || one.needsEvidence);
  const concrete = needsEvidence ? concretise(best.bare, cites) : undefined;
  const { claim } = best;
  const value = (vague || claim.value === "" ? concrete?.seen : undefined) ?? claim.value;
  const support = cluster.support;
  const kind = kindOf(cluster);
  const stillVague = vague && concrete === undefined;
  const fact = {
    id: editedId(cluster) ?? factId({ ...first.observation, time: first.time }, hash),
    kind,
    scope: first.scope,
    status: "active" as const,
    subject: claim.subject,
    predicate: claim.predicate,
    value: value.slice(0, 1_000),
    qualifiers: { ...best.qualifiers },
    text: concrete?.text ?? best.whole,
    valid_from: validFrom(best.text) ?? iso(first.time).slice(0, 10),
    valid_to: null,
    observed_at: iso(first.time),
    recorded_at: iso(Math.max(...cluster.statements.map(({ time }) => time))),
    sources: sourcesOf(cluster.statements),
    evidence: cluster.evidence,
    confidence: confidenceOf({
      evidence: cluster.evidence,
      support,
      isHedged: cluster.statements.every((one) => one.claim.isHedged),
      isCorrected: cluster.statements.every((one) => one.isCorrected),
      isVague: stillVague,
    }),
    support,
    last_used: null,
    use_count: 0,
    supersedes: [],
    superseded_by: null,
    verify: probeOf(cluster),
    review: null,
  };
  return {
    fact,
    cluster,
    // "`feed-sync` is a known flaky test of web" names what somebody can look at: it stays.
    isVague: stillVague && !namesMore(best),
    isConcretised: concrete !== undefined,
  };
}

/** The id of what a person edited, the oldest of several that came to say one thing. */
function editedId({ statements }: Cluster): string | undefined {
  return statements.flatMap(({ observation }) => observation.fact ?? []).toSorted()[0];
}

/** What a person said is not taken down by a probe that a file brings. */
function probeOf({ statements, evidence }: Cluster): Fact["verify"] {
  const probing = statements.findLast(
    (one) => one.observation.verify != null && (evidence < userEvidence || mayProbe(one)),
  );
  return probing?.observation.verify ?? null;
}

/** Whether a text names something beside what it is about. */
function namesMore({ bare, claim }: Statement): boolean {
  const own = new Set(partsOf(claim.subject).map((part) => part.toLowerCase()));
  return tokensOf(bare).some(
    ({ kind, text, start }) =>
      (kind !== "word" || (start > 0 && /^\p{Lu}\p{Ll}+$/u.test(text))) &&
      !partsOf(text).every((part) => own.has(part.toLowerCase())),
  );
}

/** The best-founded statement speaks for all; of those the latest that fits its key and is no guess. */
function representative(cluster: Cluster): Statement | undefined {
  const best = cluster.statements.filter((one) => one.evidence === cluster.evidence);
  return (
    best.findLast((one) => !one.isCorrected && !one.claim.isHedged && one.claim.value !== "") ??
    best.findLast((one) => !one.isCorrected) ??
    best.at(-1)
  );
}

function sourcesOf(statements: readonly Statement[]): Source[] {
  const kept =
    statements.length <= sourcesMax
      ? statements
      : [...statements.slice(0, sourcesMax / 2), ...statements.slice(-sourcesMax / 2)];
  return kept.map(({ observation: { session, seq, artifact, commit } }) => ({
    session,
    seq,
    ...(artifact == null ? {} : { artifact }),
    ...(commit == null ? {} : { commit }),
  }));
}

/** "since 2026-03-01" says from when on. */
function validFrom(text: string): string | undefined {
  return /\b(?:since|as of|from|starting|effective)(?: on)? (\d{4}-\d\d-\d\d)\b/i.exec(text)?.[1];
}

export function iso(time: number): string {
  return new Date(time).toISOString();
}
