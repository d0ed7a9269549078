import { invalid } from "../refusal.ts";
import type { Refusal } from "../refusal.ts";

/** Fields of the beta API, with the header that opens each (any of them). */
const betaFields: ReadonlyMap<string, readonly string[]> = new Map([
  ["compaction", ["compact-2026-09-04"]],
  ["context_management", ["context-management-2025-06-27", "compact-2026-01-12"]],
  ["thread", ["message-threads-2026-08-12"]],
  ["fallbacks", ["server-side-fallback-2026-07-01"]],
  ["fallback_credit_token", ["server-side-fallback-2026-07-01"]],
]);

/** Fields of the stable API that this server has no answer for. */
const notSimulated: ReadonlySet<string> = new Set([
  "container",
  "diagnostics",
  "inference_geo",
  "user_profile_id",
]);

/**
 * Fields that the shape does not know are refused there as extra inputs. This says, for the real ones among them,
 * that the server knows the field and does not simulate it: accepting it and doing nothing would be a false witness.
 */
export function checkBetaFields(body: object, betas: ReadonlySet<string>): Refusal | undefined {
  for (const field of Object.keys(body)) {
    const headers = betaFields.get(field);
    if (headers !== undefined && !headers.some((header) => betas.has(header))) {
      return invalid(`${field}: Extra inputs are not permitted`);
    }
    if (headers !== undefined || notSimulated.has(field)) {
      return invalid(`${field}: the offline server does not simulate this field`);
    }
  }
  return undefined;
}
