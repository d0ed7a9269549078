/** Most tests that a reason names. */
export const namedMax = 5;

/** Some of many tests, and how many there are beside them. */
export function nameTests(names: readonly string[], before = ""): string {
  if (names.length === 0) return "";
  const rest = names.length > namedMax ? ` and ${names.length - namedMax} more` : "";
  return `${before}${names.slice(0, namedMax).join(", ")}${rest}`;
}
