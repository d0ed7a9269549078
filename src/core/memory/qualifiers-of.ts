import type { Observation } from "../../model/memory-observation.ts";
import { type Naming, qualifierOf } from "./claim/conditions-said.ts";
import type { FormReading } from "./frames/learn-forms.ts";
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
  const named = new Set([subject ?? "", predicate ?? ""].flatMap((part) => meaningsOf(part)));
  // "the build [command] of web is [make]": a word of the key is nothing that it holds under.
  const said = meaningsOf(form.condition);
  if (value != null && said.every((word) => named.has(word))) return {};
  // So is the key with words of its own: "health [check] path".
  const key = meaningsOf(predicate ?? "");
  if (value != null && key.length > 1 && key.every((word) => said.includes(word))) return {};
  const plain = form.condition.toLowerCase().replaceAll("`", "");
  // A part of the value: "a rate limit of [120 requests] per minute".
  if (value != null && value.length > plain.length && value.toLowerCase().includes(plain))
    return {};
  // "commit style ticket-prefixed" is all that the key says.
  const isKey = meaningsOf(plain).some((word) => named.has(word));
  if (value != null && isKey && plain.includes(value.toLowerCase())) return {};
  if (value == null || !plain.startsWith(value.toLowerCase().replaceAll("`", "")))
    return form.qualifier === undefined
      ? qualifierOf(form.condition, naming)
      : { [form.qualifier]: form.condition };
  const isOwn = meaningsOf(form.value).every((word) => named.has(word));
  return isOwn || form.value === value ? {} : { [form.qualifier ?? "under"]: form.value };
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
