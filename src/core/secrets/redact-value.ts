import { redact, redacted } from "./redact.ts";
import { secretName } from "./secret-name.ts";
import { secretValue } from "./secret-value.ts";

/** A function that takes secrets out of text on its way to the disk, bound to the secrets known by value. */
export type Clean = (text: string) => string;

export function cleanWith(known: readonly string[]): Clean {
  return (text) => redact(text, known);
}

/**
 * A value of JSON as it may be written: every string in it clean, and gone where the name of its field says that it is
 * a secret. The shape stays, so that what reads it again finds what it expects.
 */
export function redactValue<T>(value: T, clean: Clean): T {
  return cleaned(value, clean) as T;
}

function cleaned(value: unknown, clean: Clean): unknown {
  if (typeof value === "string") return clean(value);
  if (Array.isArray(value)) return value.map((item) => cleaned(item, clean));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, held]) => [
      clean(name),
      isNamedSecret(name, held) ? redacted : cleaned(held, clean),
    ]),
  );
}

/** Only by names that leave no doubt: a `signature` is how a model's thoughts are proved to be its own. */
function isNamedSecret(name: string, held: unknown): boolean {
  return (
    typeof held === "string" &&
    secretName(name) === "sure" &&
    secretValue(held, { isQuoted: true, isSetting: false })
  );
}
