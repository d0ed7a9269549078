import type { Observation } from "../../../model/memory-observation.ts";
import { timeOf } from "../../../model/memory-observation.ts";
import { absoluteDates } from "../absolute-dates.ts";
import type { ReadAttribute } from "../attributes/read-attribute.ts";
import { evidenceOf } from "../evidence.ts";
import type { FormReading, Forms } from "../frames/learn-forms.ts";
import type { KeyedObservation } from "../reading/readings-in.ts";
import { valueKey, withUnitOf } from "../words/value-key.ts";
import type { CheckedKey, CheckKey } from "./check-key.ts";
import type { Claim } from "./claim.ts";
import type { Naming } from "./conditions-said.ts";
import { denies } from "./denial.ts";
import { holdsValue, type Keyed, type KeyVocabulary, predicateKey } from "./key-vocabulary.ts";
import { keyedClaim, slotOf } from "./keyed-claim.ts";
import { readClaim } from "./read-claim.ts";
import { stripStatement } from "./strip-statement.ts";

/** What all observations taught about how things are said. */
export interface Learned extends Forms {
  readonly vocabulary: KeyVocabulary;
  readonly checkKey: CheckKey;
  /** Predicates that are two, though their words mean the same. */
  readonly apart: ReadonlySet<string>;
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
export function claimOf(
  text: string,
  { origin, at }: Pick<Observation, "origin" | "at">,
  { readForm }: Learned,
): { readonly claim: Claim; readonly form: FormReading | undefined } {
  const claim = readClaim(text);
  const form = withoutOld(
    readForm({
      text: stripStatement(text).text,
      time: timeOf(at),
      isGuess: evidenceOf[origin] === 1,
      oldKey: claim.oldKey,
    }),
  );
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

/** A form that was learned without what was before has it behind its value. */
function withoutOld(form: FormReading | undefined): FormReading | undefined {
  const [, value, old] = /^(.+) instead of (.+)$/.exec(form?.value ?? "") ?? [];
  return form === undefined || value === undefined || old === undefined
    ? form
    : { ...form, value, old: withUnitOf(value, old) };
}

/** A claim about its subject in the words of a slot. */
function withSlot(claim: Claim, slot: readonly string[]): Claim {
  return { ...claim, ...slotOf(claim.subject, slot) };
}

/** What a key makes of what was read: one that came whole, one whose parts the text completes, or none. */
export function claimWithKey(
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
  const isApart = learned.apart.has(key.predicate);
  const claim = keyedClaim({ ...key, value }, read, { isRead: false, isApart });
  return { key, claim, isPartly: false };
}

/** A key without its value: the text has it, as one that this predicate is known to take or as it is read. */
function partlyKeyed(
  { text, subject, predicate }: Observation,
  read: Claim,
  { vocabulary, readAttribute, named, form }: Learned & { readonly form: FormReading | undefined },
): Claim {
  if (subject == null && predicate == null && form?.predicate !== undefined)
    return keyedClaim(
      { text, subject: form.subject, predicate: form.predicate, value: form.value },
      read,
      { isRead: true },
    );
  if (subject == null && predicate == null && form === undefined) {
    const told = readAttribute(stripStatement(text).text, read.oldKey);
    if (told !== undefined) {
      const claim = keyedClaim({ text, ...told }, read, { isRead: true });
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
    : keyedClaim({ text, subject, predicate, value }, read, { isRead: true });
}
