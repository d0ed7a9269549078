import { redacted } from "../../secrets/redact.ts";

/** Whether nothing is left of a text that its secrets were taken out of. */
export function isOnlySecret(clean: string): boolean {
  return clean.includes(redacted) && !/[\p{L}\p{N}]/u.test(clean.replaceAll(redacted, ""));
}
