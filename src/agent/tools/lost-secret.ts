import { redacted } from "../../core/secrets/redact.ts";

/**
 * Why a text must not be written: it has the mark that stands for a secret in more places than the file it is for. The
 * agent copied what it was shown, and the secret itself would be gone.
 */
export function lostSecret(before: string, after: string): string | undefined {
  return countOf(after) > countOf(before)
    ? `the new text holds ${redacted}, which stands for a secret that you were not shown; written, the secret would be lost. Change the lines around it with Edit, and leave its line alone`
    : undefined;
}

function countOf(text: string): number {
  return text.split(redacted).length - 1;
}
