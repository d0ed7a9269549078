import { err, ok, type Result } from "../../model/result.ts";

const reference = /\$\{([A-Za-z_]\w*)(?::-([^}]*))?\}/g;

/**
 * `${NAME}` and `${NAME:-default}` in the texts of a server, from the variables a person named for that and no others: a
 * file of a repository must not be able to send the environment somewhere. The error names what is missing.
 */
export function expandVariables(
  text: string,
  known: Readonly<Record<string, string>>,
): Result<string, string> {
  const missing: string[] = [];
  const expanded = text.replaceAll(reference, (whole, name: string, other: string | undefined) => {
    const value = (Object.hasOwn(known, name) ? known[name] : undefined) ?? other;
    if (value === undefined) missing.push(name);
    return value ?? whole;
  });
  return missing.length === 0 ? ok(expanded) : err(missing.join(", "));
}
