/** The folder that a given scope means; one that is none of ours narrows the fact like any other qualifier. */
export function scopeOf(given: string): {
  readonly scope: string;
  readonly rest: Readonly<Record<string, string>>;
} {
  const scope = given.trim().toLowerCase();
  if (scope === "user" || scope === "project") return { scope, rest: {} };
  const [, role = ""] = /^agents?[/:](.+)$/.exec(scope) ?? [];
  const slug = role
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 40);
  return slug === ""
    ? { scope: "project", rest: { scope: given.trim() } }
    : { scope: `agents/${slug}`, rest: {} };
}
