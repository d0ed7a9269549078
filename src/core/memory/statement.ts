import type { Observation } from "../../model/memory-observation.ts";
import { timeOf } from "../../model/memory-observation.ts";
import { absoluteDates } from "./absolute-dates.ts";
import { checkKey } from "./claim/check-key.ts";
import type { Claim } from "./claim/claim.ts";
import { type Keyed, learnKeys } from "./claim/key-vocabulary.ts";
import { keyedClaim } from "./claim/keyed-claim.ts";
import { readClaim } from "./claim/read-claim.ts";
import { evidenceOf } from "./evidence.ts";
import { instructs } from "./safety/instructs.ts";
import { isVague } from "./safety/is-vague.ts";
import { saysNothing } from "./safety/says-nothing.ts";

/** An observation, read: what it claims, how much it counts, and what speaks against keeping it. */
export interface Statement {
  readonly observation: Observation;
  /** What it says, dates written out. */
  readonly text: string;
  /** Milliseconds since the epoch. */
  readonly time: number;
  readonly evidence: number;
  /** Folder of its fact: `user`, `project` or `agents/<role>`. */
  readonly scope: string;
  readonly qualifiers: Readonly<Record<string, string>>;
  readonly claim: Claim;
  /** Its key did not fit its text and was put right, or was not believed. */
  readonly isCorrected: boolean;
  readonly isVague: boolean;
  /** Why it may not become memory by itself. */
  readonly danger: string | undefined;
}

export interface ReadObservations {
  readonly statements: readonly Statement[];
  /** Those that tell only how a session went. */
  readonly nothing: number;
  readonly corrected: number;
}

/** Phase 2: reads all observations. Keys are checked against what all of them teach, so all have to be there. */
export function* readObservations(
  observations: readonly Observation[],
): Generator<void, ReadObservations, void> {
  const telling = observations.filter((one) => !saysNothing(one));
  yield;
  const vocabulary = learnKeys(telling.flatMap((one) => keyOf(one) ?? []));
  const statements: Statement[] = [];
  for (const one of telling) {
    yield;
    statements.push(statementOf(one, vocabulary));
  }
  return {
    statements,
    nothing: observations.length - telling.length,
    corrected: statements.filter(({ isCorrected }) => isCorrected).length,
  };
}

function keyOf({ text, subject, predicate, value }: Observation): Keyed | undefined {
  if (subject == null || predicate == null || value == null) return undefined;
  return { text, subject, predicate, value };
}

function statementOf(
  observation: Observation,
  vocabulary: ReturnType<typeof learnKeys>,
): Statement {
  const { at, origin, cites } = observation;
  const text = absoluteDates(observation.text, at);
  const read = readClaim(text);
  const given = keyOf(observation);
  const key = given === undefined ? undefined : checkKey({ ...given, text }, read, vocabulary);
  const claim =
    key === undefined
      ? partlyKeyed(observation, read)
      : key.isRefused
        ? read
        : keyedClaim({ ...key, value: absoluteDates(key.value, at) }, read);
  const known = [observation.subject, claim.subject].filter((name) => name != null && name !== "");
  const vague = isVague(text, known as readonly string[]);
  const { scope, rest } = scopeOf(observation.scope ?? "project");
  return {
    observation,
    text,
    time: timeOf(at),
    evidence: evidenceOf[origin],
    scope,
    qualifiers: { ...qualifiersOf(observation), ...rest },
    // What is vague is no value of anything, and what lost a secret is not known any more.
    claim: vague || text.includes("[redacted]") ? { ...claim, valueKey: "", oldKey: "" } : claim,
    isCorrected: key !== undefined && (key.isRefused || key.corrected.length > 0),
    isVague: vague,
    danger:
      instructs(observation.text, origin) ??
      (cites ?? []).map(({ excerpt }) => takeoverIn(excerpt)).find((why) => why !== undefined),
  };
}

/** Evidence is quoted in facts, so it must not speak to agents either. */
function takeoverIn(excerpt: string): string | undefined {
  const why = instructs(excerpt, "model");
  return why?.includes("instructions") || why?.includes("hidden")
    ? `its evidence: ${why}`
    : undefined;
}

function partlyKeyed(observation: Observation, read: Claim): Claim {
  return {
    ...read,
    subject: observation.subject ?? read.subject,
    predicate: observation.predicate ?? read.predicate,
  };
}

function qualifiersOf({ qualifiers }: Observation): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(qualifiers ?? {})
      .filter(([, value]) => value !== "")
      .map(([name, value]): [string, string] => [name.trim().toLowerCase(), value])
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );
}

/** A scope that is none of ours narrows the fact like any other qualifier. */
function scopeOf(given: string): {
  readonly scope: string;
  readonly rest: Readonly<Record<string, string>>;
} {
  const scope = given.trim().toLowerCase();
  if (scope === "user" || scope === "project") return { scope, rest: {} };
  const [, role = ""] = /^agents?[/:](.+)$/.exec(scope) ?? [];
  const slug = role
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 40);
  return slug === ""
    ? { scope: "project", rest: { scope: given.trim() } }
    : { scope: `agents/${slug}`, rest: {} };
}
