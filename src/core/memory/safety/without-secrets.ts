import type { MemoryEntry } from "../../../model/memory-entry.ts";
import { type Observation, timeOf } from "../../../model/memory-observation.ts";
import { type Clean, redactValue } from "../../secrets/redact-value.ts";
import { redacted } from "../../secrets/redact.ts";
import { removedFrom } from "../../secrets/removed-from.ts";
import { redactProse } from "./redact-prose.ts";

/**
 * Secrets go before anything is written: what is one in one field is none in another only because nothing there says so.
 * A value that is a secret by the name of its key goes, too.
 */
export function withoutSecrets(entry: MemoryEntry, clean: Clean): MemoryEntry {
  if (entry.type === "read") return hasSecret(entry, clean) ? { ...entry, key: null } : entry;
  if (entry.type !== "observed") return entry;
  // An id is drawn by chance, and looks so; a password may be a day, or the name of an origin.
  const { fact: _fact, kind: _kind, at, origin, ...said } = entry.observation;
  const { observation } = cleaned({ ...said, at: "", origin: "user" }, clean);
  return {
    type: "observed",
    observation: { ...entry.observation, ...observation, at: momentOf(at), origin },
  };
}

/** A date may be written with a remark in it. */
function momentOf(at: string): string {
  return /^[\d:.TZ+-]+$/.test(at) ? at : new Date(timeOf(at)).toISOString();
}

/** The secrets in an observation, the longest first. */
export function secretsIn(observation: Observation, clean: Clean): readonly string[] {
  return cleaned(observation, clean).secrets;
}

function cleaned(
  observation: Observation,
  clean: Clean,
): { readonly observation: Observation; readonly secrets: readonly string[] } {
  const secrets = new Set<string>();
  const cleanProse = (text: string): string => {
    const left = redactProse(clean(text));
    for (const secret of removedFrom(text, left)) secrets.add(secret);
    return left;
  };
  const taken = redactValue(observation, cleanProse);
  const { subject, predicate, value, verify } = observation;
  // A value has the name of its predicate; "cost centre" of "design-tokens" is none.
  if (value != null)
    cleanProse(`${isOfSubject.test(predicate ?? "") ? subject : predicate} is ${value}`);
  // ".db.password" equals a password.
  if (verify?.kind === "jq")
    cleanProse(`${/[\w-]+(?="?\]?$)/.exec(verify.expr)?.[0]} is ${verify.equals}`);
  const known = [...secrets].toSorted((a, b) => b.length - a.length);
  const gone = redactValue(taken, (text) =>
    isPartOf(text, known)
      ? redacted
      : known.reduce((left, secret) => left.replaceAll(secret, redacted), text),
  );
  // What a probe would look for is not known any more.
  const isProbeLost = JSON.stringify(gone.verify) !== JSON.stringify(verify);
  return { observation: isProbeLost ? { ...gone, verify: null } : gone, secrets: known };
}

const isOfSubject = /^(?:value|content|is)?$/i;
const partMin = 8;

/** The half of a secret that a key has for its value is most of it. */
function isPartOf(text: string, secrets: readonly string[]): boolean {
  return text.length >= partMin && secrets.some((secret) => secret.includes(text));
}

/** A name that a model gave may tell that the value is one. */
function hasSecret({ key }: Extract<MemoryEntry, { type: "read" }>, clean: Clean): boolean {
  if (key === null) return false;
  const { subject, predicate, value, old, qualifiers = {} } = key;
  const said = [value, old ?? ""].map((one) => `${subject} ${predicate} is ${one}`);
  const all = [...said, ...Object.entries(qualifiers).map(([name, held]) => `${name} is ${held}`)];
  return all.some((text) => redactProse(clean(text)) !== text);
}
