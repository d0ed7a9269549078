import type * as z from "zod";

/** What a field has to be whose parts a person would have to look up. */
const due: Readonly<Record<string, string>> = {
  qualifiers: "values by name are due, as {os: linux}",
  verify: "{kind: test, file}, {kind: grep, file, text} or {kind: jq, file, expr, equals} is due",
};
const shownMax = 60;

/** What is wrong with fields: those that are missing at once, and each of the others. */
export function wrongFields(
  issues: readonly z.core.$ZodIssue[],
  fields: Readonly<Record<string, unknown>>,
): string {
  const missing = issues.flatMap(({ path: [name, ...rest] }) =>
    name !== undefined && rest.length === 0 && !(name in fields) ? [String(name)] : [],
  );
  const wrong = issues
    .filter(({ path }) => !missing.includes(path.join(".")))
    .map((issue) => wrongField(issue, fields));
  return [...wrong, ...(missing.length === 0 ? [] : [`it has no ${missing.join(", ")}`])].join(
    "; ",
  );
}

/** What is wrong with a field, and what is allowed there. */
export function wrongField(
  { path, message, ...issue }: z.core.$ZodIssue,
  fields: Readonly<Record<string, unknown>>,
): string {
  const [name = ""] = path;
  const given = fields[String(name)];
  if (issue.code === "invalid_value" && path.length === 1 && given !== undefined)
    return `${String(name)}: ${shown(given)} is none of ${issue.values.map(String).join(", ")}`;
  return `${path.join(".")}: ${due[String(name)] ?? message}`;
}

function shown(given: unknown): string {
  const text = typeof given === "string" ? given : JSON.stringify(given);
  return text.length > shownMax ? `${text.slice(0, shownMax)}…` : text;
}
