/** The field that tells a person most about a call, of all tools' fields. */
const mainFields = [
  "file_path",
  "command",
  "url",
  "pattern",
  "id",
  "summary",
  "note",
  "find",
] as const;

/** One line that tells what a call is about. */
export function aboutCall(input: unknown): string {
  const fields =
    typeof input === "object" && input !== null ? (input as Record<string, unknown>) : {};
  const main = mainFields.map((name) => fields[name]).find((value) => value !== undefined);
  return (typeof main === "string" ? main : "").split("\n")[0]?.slice(0, 120).toWellFormed() ?? "";
}
