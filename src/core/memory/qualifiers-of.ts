import type { Observation } from "../../model/memory-observation.ts";
import { type Naming, qualifierOf } from "./claim/conditions-said.ts";
import type { FormReading } from "./frames/learn-forms.ts";
import { rootOf } from "./prose/root.ts";
import { meaningsOf } from "./words/meanings-of.ts";

/**
 * What the form says that it holds under, where no key says so. What a key says to be its value is none: then the form has them
 * the other way round ("keeps [debug] records for [30 days]").
 */
export function conditionOf(
  { qualifiers, subject, predicate, value }: Observation,
  form: FormReading | undefined,
  naming: Naming,
): Readonly<Record<string, string>> {
  if (form === undefined || form.condition === "" || hasQualifiers({ qualifiers })) return {};
  const isTurned = value != null && bare(form.condition).startsWith(bare(value));
  const held = isTurned ? form.value : form.condition;
  if (value != null && isOfKey(held, { subject, predicate, value })) return {};
  if (form.qualifier !== undefined) return { [form.qualifier]: held };
  return isTurned ? { under: held } : qualifierOf(held, naming);
}

/**
 * Whether it only says what the key says: "the build [command] of web is [make]", the key with words of its own ("health [check] path"), a
 * part of the value ("a rate limit of [120 requests] per minute"), or the value with words around it ("[probably 150]").
 */
function isOfKey(
  held: string,
  {
    subject,
    predicate,
    value,
  }: { readonly [part in "subject" | "predicate"]: string | null | undefined } & {
    readonly value: string;
  },
): boolean {
  const [words, key, own] = [rootsIn(held), rootsIn(predicate ?? ""), rootsIn(value)];
  const named = [...rootsIn(subject ?? ""), ...key];
  return (
    words.every((word) => named.includes(word)) ||
    (key.length > 1 && key.every((word) => words.includes(word))) ||
    bare(value).includes(bare(held)) ||
    (own.length > 0 && own.every((word) => words.includes(word)))
  );
}

function rootsIn(text: string): readonly string[] {
  return meaningsOf(text).map((word) => rootOf(word));
}

function bare(text: string): string {
  return text.toLowerCase().replaceAll("`", "");
}

export function hasQualifiers({ qualifiers }: Pick<Observation, "qualifiers">): boolean {
  return Object.keys(qualifiers ?? {}).length > 0;
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
