import type { Observation } from "../../model/memory-observation.ts";
import { timeOf } from "../../model/memory-observation.ts";
import { absoluteDates } from "./absolute-dates.ts";
import type { ReadAttribute } from "./attributes/read-attribute.ts";
import type { CheckedKey, CheckKey } from "./claim/check-key.ts";
import type { Claim } from "./claim/claim.ts";
import { type Naming, qualifierOf } from "./claim/conditions-said.ts";
import { denies } from "./claim/denial.ts";
import {
  holdsValue,
  type Keyed,
  type KeyVocabulary,
  predicateKey,
} from "./claim/key-vocabulary.ts";
import { keyedClaim, slotOf } from "./claim/keyed-claim.ts";
import { readClaim } from "./claim/read-claim.ts";
import { stripStatement } from "./claim/strip-statement.ts";
import { evidenceOf } from "./evidence.ts";
import type { FormReading, Forms } from "./frames/learn-forms.ts";
import type { KeyedObservation } from "./reading/readings-in.ts";
import { instructs } from "./safety/instructs.ts";
import { isConcrete, isVague } from "./safety/is-vague.ts";
import { pointsAt } from "./safety/points-at.ts";
import { saysOnlyThat } from "./safety/says-only-that.ts";
import { shownBy } from "./safety/shown-by.ts";
import { scopeOf } from "./scope-of.ts";
import { meaningsOf } from "./words/meanings-of.ts";
import { valueKey } from "./words/value-key.ts";

/** An observation, read: what it claims, how much it counts, and what speaks against keeping it. */
export interface Statement {
  readonly observation: KeyedObservation;
  /** Those that said it: its own, and others whose lines a compaction took out. */
  readonly sessions: readonly string[];
  /** What it says, without the frame around it (`claim/framing.ts`), dates written out. */
  readonly text: string;
  /** The same with its frame. */
  readonly whole: string;
  /** Milliseconds since the epoch. */
  readonly time: number;
  readonly evidence: number;
  /** Folder of its fact: `user`, `project` or `agents/<role>`. */
  readonly scope: string;
  readonly qualifiers: Readonly<Record<string, string>>;
  readonly claim: Claim;
  /** Its key did not fit its text and was put right, or was not believed. */
  readonly isCorrected: boolean;
  /** Its words say nothing that somebody could act on; its evidence may. */
  readonly isVague: boolean;
  /** Its evidence names what its words do not, and is told with them. */
  readonly needsEvidence: boolean;
  /** Said without a key where keys are given: it stands alone. */
  readonly isAside: boolean;
  /** It was read as others like it are, not by its grammar alone. */
  readonly isLearned: boolean;
  /** Why it may not become memory by itself. */
  readonly danger: string | undefined;
}

/** What all observations taught about how things are said. */
export interface Learned extends Forms {
  readonly vocabulary: KeyVocabulary;
  /** Words of texts that narrow their keys. */
  readonly narrows: ReadonlySet<string>;
  readonly checkKey: CheckKey;
  readonly naming: Naming;
  readonly readAttribute: ReadAttribute;
}

export function keyOf({
  text,
  subject,
  predicate,
  value,
  qualifiers,
}: Observation): (Keyed & Pick<Observation, "qualifiers">) | undefined {
  if (subject == null || predicate == null || value == null) return undefined;
  return { text, subject, predicate, value, qualifiers };
}

/** What is said in a form that came back is read by it; everything else by its grammar. */
function claimOf(
  text: string,
  { origin, at }: Pick<Observation, "origin" | "at">,
  { readForm }: Learned,
): { readonly claim: Claim; readonly form: FormReading | undefined } {
  const claim = readClaim(text);
  const form = readForm({
    text: stripStatement(text).text,
    time: timeOf(at),
    isGuess: evidenceOf[origin] === 1,
    oldKey: claim.oldKey,
  });
  if (form === undefined || form.value.includes("redacted")) return { claim, form: undefined };
  // What was meant for the value before is no value.
  if (claim.oldKey !== "" && claim.oldKey === valueKey(form.value))
    return { claim, form: undefined };
  return {
    form,
    claim: {
      ...withSlot({ ...claim, subject: form.subject }, form.slot),
      value: form.value,
      valueKey: valueKey(form.value),
      isNegated: denies(text, form.value),
      oldKey: form.old === "" ? claim.oldKey : valueKey(form.old),
      isChange: claim.isChange || form.old !== "",
    },
  };
}

/** A claim about its subject in the words of a slot. */
function withSlot(claim: Claim, slot: readonly string[]): Claim {
  return { ...claim, ...slotOf(claim.subject, slot) };
}

/** What a key makes of what was read: one that came whole, one whose parts the text completes, or none. */
function claimWithKey(
  observation: KeyedObservation,
  read: Claim,
  learned: Learned & { readonly form: FormReading | undefined },
): { readonly key: CheckedKey | undefined; readonly claim: Claim; readonly isPartly: boolean } {
  const given = keyOf(observation);
  if (given === undefined) {
    const claim = partlyKeyed(observation, read, learned);
    return { key: undefined, claim, isPartly: claim !== read };
  }
  const isTold = observation.isTold === true;
  const key = isTold
    ? { ...given, corrected: [], isRefused: false }
    : learned.checkKey(given, read);
  if (key.isRefused) return { key, claim: read, isPartly: false };
  const value = absoluteDates(key.value, observation.at);
  const narrows = isTold ? new Set<string>() : learned.narrows;
  return { key, claim: keyedClaim({ ...key, value }, read, narrows), isPartly: false };
}

/** Reads an observation, whose text has no frame around it any more. */
export function statementOf(
  heard: KeyedObservation,
  { whole, isBeside }: { readonly whole: string; readonly isBeside: boolean },
  learned: Learned,
): Statement {
  const observation = { ...heard, text: whole };
  // What somebody noted as a question is no answer to it.
  const isAside = isBeside || observation.kind === "open_question";
  const { at, origin, cites } = observation;
  const dated = (text: string): string => absoluteDates(text, at, observation.value ?? "");
  const text = dated(heard.text);
  const { claim: told, form } = claimOf(text, observation, learned);
  const read = withOld(told, observation.old);
  const given = keyOf(observation);
  const { key, claim, isPartly } = claimWithKey({ ...observation, text }, read, {
    ...learned,
    form,
  });
  const known = [observation.subject, claim.subject].filter((name) => name !== "");
  const names = known.filter((name) => name != null);
  const bare = stripStatement(text).text;
  const evidence = cites ?? [];
  const about = observation.subject ?? "";
  const isSaid =
    given !== undefined &&
    observation.isTold !== true &&
    (isConcrete(given.value, []) ||
      /\p{Lu}\p{Ll}/u.test(given.value) ||
      !(isVague(given.value) || pointsAt(given.value)));
  const shown =
    !isSaid || saysOnlyThat(given.predicate)
      ? shownBy({ text: bare, subject: about, claim: readClaim(text), cites: evidence })
      : undefined;
  // A key whose value says something makes up for the words around it.
  const vague =
    shown === "instead" ||
    (isVague(bare, names) &&
      !isSaid &&
      (form === undefined || isVague(form.value, names) || evidence.length > 0));
  const { scope, rest } = scopeOf(observation.scope ?? "project");
  // What is vague is no value of anything, and what lost a secret is not known any more.
  const unsaid = vague || isAside || text.includes("[redacted]");
  return {
    observation,
    sessions: [observation.session],
    text,
    whole: dated(whole),
    time: timeOf(at),
    evidence: evidenceOf[origin],
    scope,
    qualifiers: {
      ...conditionOf(observation, form, learned.naming),
      ...qualifiersOf(observation),
      ...rest,
    },
    claim: isAside && !vague ? withoutReading(claim) : unsaid ? withoutValue(claim) : claim,
    isCorrected: key !== undefined && (key.isRefused || key.corrected.length > 0),
    isVague: vague,
    needsEvidence: shown !== undefined,
    isAside,
    isLearned: key !== undefined || form !== undefined || isPartly,
    danger:
      instructs(withoutRole(observation.text, scope), origin) ??
      (cites ?? []).map(({ excerpt }) => takeoverIn(excerpt)).find((why) => why !== undefined),
  };
}

function withoutValue(claim: Claim): Claim {
  return { ...claim, valueKey: "", oldKey: "" };
}

/** Whoever gives keys gave it none: only its text counts. */
function withoutReading(claim: Claim): Claim {
  return { ...withoutValue(claim), predicate: "", value: "" };
}

/** What a model read to be the value before. */
function withOld(claim: Claim, old: string | undefined): Claim {
  return old === undefined ? claim : { ...claim, isChange: true, oldKey: valueKey(old) };
}

/** "For the tester agent, …" in memory of the tester says whose it is, and speaks to nobody. */
function withoutRole(text: string, scope: string): string {
  const [, role] = /^agents\/(.+)$/.exec(scope) ?? [];
  return role === undefined
    ? text
    : text.replace(
        new RegExp(
          `\\b(?:for|when|while|if) the ${role.replaceAll("-", "[- ]")} agents?(?: (?:works?|runs?))?[,:]? `,
          "i",
        ),
        "",
      );
}

/** Evidence is quoted in facts, so it must not speak to agents either. */
function takeoverIn(excerpt: string): string | undefined {
  const why = instructs(excerpt, "model");
  return why?.includes("instructions") || why?.includes("hidden")
    ? `its evidence: ${why}`
    : undefined;
}

/** A key without its value: the text has it, as one that this predicate is known to take or as it is read. */
function partlyKeyed(
  { text, subject, predicate }: Observation,
  read: Claim,
  {
    vocabulary,
    narrows,
    readAttribute,
    named,
    form,
  }: Learned & { readonly form: FormReading | undefined },
): Claim {
  if (subject == null && predicate == null && form?.predicate !== undefined)
    return keyedClaim(
      { text, subject: form.subject, predicate: form.predicate, value: form.value },
      read,
    );
  if (subject == null && predicate == null && form === undefined) {
    const told = readAttribute(stripStatement(text).text, read.oldKey);
    if (told !== undefined) {
      const claim = keyedClaim({ text, ...told }, read);
      const slot = told.isKey ? undefined : named.get(told.predicate);
      return slot === undefined ? claim : withSlot(claim, slot);
    }
  }
  if (subject == null && predicate == null) return read;
  if (subject == null || predicate == null)
    return { ...read, subject: subject ?? read.subject, predicate: predicate ?? read.predicate };
  const known = vocabulary.values.get(predicateKey(predicate)) ?? new Map<string, string>();
  const there = known.has(read.valueKey)
    ? []
    : [...known].filter(([key, value]) => key !== read.oldKey && holdsValue(text, value));
  const [only] = there;
  const value = there.length === 1 && only !== undefined ? only[1] : read.value;
  return value === ""
    ? { ...read, subject, predicate }
    : keyedClaim({ text, subject, predicate, value }, read, narrows);
}

/**
 * What the form says that it holds under, where no key says so. What a key says to be its value is none: then the form has them
 * the other way round ("keeps [debug] records for [30 days]").
 */
function conditionOf(
  { qualifiers, subject, predicate, value }: Observation,
  form: FormReading | undefined,
  naming: Naming,
): Readonly<Record<string, string>> {
  const isNamed = Object.keys(qualifiers ?? {}).length > 0;
  if (form === undefined || form.condition === "" || isNamed) return {};
  const plain = form.condition.toLowerCase().replaceAll("`", "");
  if (value == null || !plain.startsWith(value.toLowerCase().replaceAll("`", "")))
    return form.qualifier === undefined
      ? qualifierOf(form.condition, naming)
      : { [form.qualifier]: form.condition };
  const own = new Set([subject ?? "", predicate ?? ""].flatMap((part) => meaningsOf(part)));
  const isOwn = meaningsOf(form.value).every((word) => own.has(word));
  return isOwn || form.value === value ? {} : { [form.qualifier ?? "under"]: form.value };
}

export function qualifiersOf({ qualifiers }: Observation): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(qualifiers ?? {})
      .filter(([, value]) => value !== "")
      .map(([name, value]): [string, string] => [
        // `customerTier` is the customer tier.
        name
          .trim()
          .replaceAll(/([a-z\d])([A-Z])/g, "$1 $2")
          .toLowerCase(),
        value,
      ])
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );
}
