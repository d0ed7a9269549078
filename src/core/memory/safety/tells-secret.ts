import { redacted } from "../../secrets/redact.ts";
import { secretName } from "../../secrets/secret-name.ts";

/**
 * Whether a line of evidence lost a secret, or gives a value to what is called one, however little that value looks like it: such
 * a line is quoted in no fact. What a token may do is no token: `id-token: write`.
 */
export function tellsSecret(line: string): boolean {
  return (
    line.includes(redacted) ||
    [
      ...line.matchAll(
        /(?<![\w-])([\w-]{1,80})["'`]?\s*[:=]\s*(?!(?:read|write|none|true|false|null)\b)\S/g,
      ),
    ].some(([, name = ""]) => secretName(name) === "sure")
  );
}
