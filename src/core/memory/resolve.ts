import { mayProbe, userEvidence } from "./evidence.ts";
import type { Cluster } from "./merge/cluster.ts";
import { byTime, clustersOf } from "./merge/cluster.ts";
import type { Room } from "./room.ts";
import type { Statement } from "./statement.ts";

/** What became of the clusters of one slot. */
export interface Resolved {
  readonly cluster: Cluster;
  /** The one that took its place. */
  readonly by: Cluster | undefined;
  /** It cannot be told from this one which of them holds: a person has to say. */
  readonly tiedWith: Cluster | undefined;
}

/** What a live look at the world said of a value: it holds, it does not. */
export type Probed = (cluster: Cluster) => boolean | undefined;

/**
 * Phase 4. Where a slot has room for one value, the best-founded one stays: a live look, then evidence, then the newest, then
 * support. Where there can be several, only what is named as gone goes.
 */
export function resolveSlot(
  statements: readonly Statement[],
  probed: Probed,
  room?: Room,
): readonly Resolved[] {
  const clusters = clustersOf(statements);
  if (isMeasurement(statements, clusters)) return clusters.map((cluster) => stays(cluster));
  if (clusters.length === 1) return clusters.map((cluster) => stays(cluster));
  const isMany = room === undefined ? hasRoom(statements, clusters) : room === "many";
  return isMany ? namedAsGone(clusters, probed) : oneWins(clusters, probed);
}

/**
 * So many different values of one thing, and never a word of change: they were measured or happened, nobody set them.
 * Numbers change by themselves sooner than names do, and who gives a key means something that lasts.
 */
const measuredMin = 4;
const isState = /\b(?:is|are|runs?|uses?|needs?|takes?|lives?|stays?)\b/i;
const happenedMin = 8;

function isMeasurement(statements: readonly Statement[], clusters: readonly Cluster[]): boolean {
  if (clusters.length < measuredMin || statements.some(({ claim }) => claim.isChange)) return false;
  // A person says how it is, and not what they have measured.
  const isTold = statements.every(
    ({ evidence, text }) => evidence >= userEvidence && isState.test(text),
  );
  if (isTold) return false;
  const isKeyed = statements.some(({ observation }) => observation.subject != null);
  const isNumber = statements.every(({ claim }) => /^[<>=~^]*\d/.test(claim.valueKey));
  return clusters.length >= (isNumber && !isKeyed ? measuredMin : happenedMin);
}

function stays(cluster: Cluster): Resolved {
  return { cluster, by: undefined, tiedWith: undefined };
}

function oneWins(clusters: readonly Cluster[], probed: Probed): readonly Resolved[] {
  // What gives no value says nothing against one.
  const said = clusters.filter(({ isNegated, valueKey }) => !isNegated && valueKey !== "");
  const ranked = said.toSorted((a, b) => compare(b, a, probed));
  const [winner, second] = ranked;
  const tied =
    winner !== undefined && second !== undefined && compare(winner, second, probed) === 0;
  // As long as a person has not said which of two it is, what was known before them holds.
  const holder = tied ? ranked.find((one) => compare(one, winner, probed) !== 0) : winner;
  return clusters.map((cluster) => {
    if (!cluster.isNegated) {
      if (tied && compare(cluster, winner, probed) === 0) {
        return { cluster, by: undefined, tiedWith: cluster === winner ? second : winner };
      }
      if (cluster !== holder && cluster.valueKey !== "")
        return { cluster, by: holder, tiedWith: undefined };
    }
    const against = clusters.find(
      (one) => one.isNegated !== cluster.isNegated && one.valueKey === cluster.valueKey,
    );
    return against !== undefined && compare(against, cluster, probed) > 0
      ? { cluster, by: against, tiedWith: undefined }
      : stays(cluster);
  });
}

/** "no longer depends on X", "Y instead of X": only X goes, when that was said later and on as good a ground. */
function namedAsGone(clusters: readonly Cluster[], probed: Probed): readonly Resolved[] {
  return clusters.map((cluster) => {
    if (probed(cluster) === true) return stays(cluster);
    const by = clusters
      .filter((other) => other !== cluster)
      .filter((other) => {
        const denies = other.isNegated !== cluster.isNegated && other.valueKey === cluster.valueKey;
        const names =
          !cluster.isNegated &&
          other.statements.some(({ claim }) => claim.oldKey === cluster.valueKey);
        return (denies || names) && compare(other, cluster, probed) > 0;
      })
      .toSorted((a, b) => compare(b, a, probed))[0];
    return { cluster, by, tiedWith: undefined };
  });
}

/** Positive when `a` is better founded. */
export function compare(a: Cluster, b: Cluster, probed: Probed): number {
  const live = (cluster: Cluster, other: Cluster): number => {
    // What a file says does not prove itself against a person's word.
    if (other.evidence >= userEvidence && !cluster.statements.some(probes)) return 0;
    const said = probed(cluster);
    return said === undefined ? 0 : said ? 1 : -1;
  };
  return (
    live(a, b) - live(b, a) ||
    a.evidence - b.evidence ||
    a.time - b.time ||
    sameSession(a, b) ||
    a.support - b.support
  );
}

/** Whether a statement brings a probe that counts against a person. */
function probes(statement: Statement): boolean {
  return statement.observation.verify != null && mayProbe(statement);
}

/** Within a moment of one session the later line is the newer one. */
function sameSession(a: Cluster, b: Cluster): number {
  const [one, other] = [
    a.statements.at(-1)?.observation.session,
    b.statements.at(-1)?.observation.session,
  ];
  return one === other ? a.seq - b.seq : 0;
}

/**
 * Whether a slot has room for several values. Words decide first (`depends on`, `supports`, a plural predicate); without
 * such words, what was seen does: "also", or values that take turns over time without a word of change.
 */
function hasRoom(statements: readonly Statement[], clusters: readonly Cluster[]): boolean {
  const many = statements.filter(({ claim }) => claim.isMany).length;
  if (many * 2 > statements.length) return true;
  if (statements.some(({ text }) => isAmong.test(text))) return true;
  const isMeasured = statements.every(({ claim }) => /^(?:[<>=~^]*\d|flag )/.test(claim.valueKey));
  if (isMeasured) return false;
  if (statements.some(({ claim }) => claim.isMore && !claim.isChange)) return true;
  if (clusters.length >= listedMin && isListed(statements)) return true;
  return clusters.length > 1 && takesTurns(statements);
}

const isAmong = /\b(?:is|are) among (?:the|its|our|those)\b/i;
/** So many values, all in one sentence, whose verb does not say that there is only one. */
const listedMin = 3;

/** "S runs on A", "S runs on B", "S runs on C"; "the port of S is A" says that there is one port. */
function isListed(statements: readonly Statement[]): boolean {
  if (statements.some(({ claim }) => claim.isChange || claim.isHedged)) return false;
  const frames = new Set(
    statements.map(({ text, claim }) => text.toLowerCase().replace(claim.value.toLowerCase(), "")),
  );
  const [frame = ""] = frames;
  return frames.size === 1 && !/\b(?:is|are|has|have)\b|:/.test(frame);
}

/** A, B, A, B: nobody takes a correction back so often without saying so. A, B, C is only two changes. */
function takesTurns(statements: readonly Statement[]): boolean {
  if (statements.some(({ claim }) => claim.isChange)) return false;
  const order = statements.toSorted(byTime).map(({ claim }) => claim.valueKey);
  const back = order.filter((key, at) => key !== order[at - 1] && order.slice(0, at).includes(key));
  return back.length >= 2;
}
