import type { Observation } from "../../../model/memory-observation.ts";
import { redacted } from "../../secrets/redact.ts";
import { instructs } from "../safety/instructs.ts";
import { saysNothing } from "../safety/says-nothing.ts";

/**
 * Whether a model may be asked what an observation says: it has no key, says something, is none of those that wait for a person,
 * and has lost no secret, whose place a model could only guess about.
 */
export function mayBeRead(one: Observation): boolean {
  const { text, origin, subject, predicate, value } = one;
  return (
    (subject ?? predicate ?? value) == null &&
    !text.includes(redacted) &&
    !saysNothing(one) &&
    instructs(text, origin) === undefined
  );
}
