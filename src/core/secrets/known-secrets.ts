import { secretName } from "./secret-name.ts";
import { secretValue } from "./secret-value.ts";

/**
 * Values known to be secret without a look at the text they stand in: the API key in use, and what the environment
 * holds under names of secrets. Plain words are left out there: a password `development` is in every second line.
 */
export function knownSecrets(
  apiKey: string,
  env: Readonly<Record<string, string | undefined>>,
): readonly string[] {
  const held = Object.entries(env).flatMap(([name, value = ""]) =>
    secretName(name) === "sure" && secretValue(value, { isQuoted: true, isSetting: false })
      ? [value]
      : [],
  );
  // Longer ones first: one may begin with another, and its rest would stay.
  return [...new Set([apiKey, ...held])].toSorted((a, b) => b.length - a.length);
}
