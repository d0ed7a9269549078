import { invalid } from "../refusal.ts";
import type { Refusal } from "../refusal.ts";

/** Fields of the beta API, with the header that opens each (any of them). */
const betaFields: ReadonlyMap<string, readonly string[]> = new Map([
  ["context_management", ["context-management-2025-06-27", "compact-2026-01-12"]],
  ["thread", ["message-threads-2026-08-12"]],
  ["fallbacks", ["server-side-fallback-2026-07-01"]],
  ["fallback_credit_token", ["server-side-fallback-2026-07-01"]],
]);

/** The header that each edit of the context needs. */
const editHeaders: ReadonlyMap<unknown, string> = new Map([
  ["clear_tool_uses_20250919", "context-management-2025-06-27"],
  ["compact_20260112", "compact-2026-01-12"],
]);

/** Fields that this server has no answer for. */
const notSimulated: ReadonlySet<string> = new Set([
  "thread",
  "fallbacks",
  "fallback_credit_token",
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
  if ("compaction" in body && body.compaction != null && !betas.has("compact-2026-09-04"))
    return invalid("compaction: requires anthropic-beta: compact-2026-09-04");
  for (const field of Object.keys(body)) {
    const headers = betaFields.get(field);
    if (headers !== undefined && !headers.some((header) => betas.has(header))) {
      return invalid(`${field}: Extra inputs are not permitted`);
    }
    if (notSimulated.has(field)) {
      return invalid(`${field}: the offline server does not simulate this field`);
    }
  }
  return checkEdits(body, betas);
}

function checkEdits(body: object, betas: ReadonlySet<string>): Refusal | undefined {
  const management: unknown = "context_management" in body ? body.context_management : undefined;
  if (typeof management !== "object" || management === null || !("edits" in management))
    return undefined;
  const edits: readonly unknown[] = Array.isArray(management.edits) ? management.edits : [];
  const closed = edits.findIndex((edit) => {
    const header =
      typeof edit === "object" && edit !== null && "type" in edit
        ? editHeaders.get(edit.type)
        : undefined;
    return header !== undefined && !betas.has(header);
  });
  return closed === -1
    ? undefined
    : invalid(`context_management.edits.${closed}: Extra inputs are not permitted`);
}
