import * as z from "zod";

import type { RepoRow, RepoSpec } from "../../model/repo.ts";
import { err, ok, type Result } from "../../model/result.ts";
import { parseJson } from "../parse-json.ts";

/** GitHub's search gives no more than this, however many there are. */
const foundMax = 1_000;

/**
 * The command line of a query. It goes through the API commands, where the query is one value: nothing in it can become
 * an option. Of `glab`, `group:NAME` picks a group; the other words are searched for in what the person can see.
 */
export function queryCommand(query: string, via: RepoSpec["via"]): readonly string[] {
  if (via === "gh") {
    const fields = ["-f", `q=${query}`, "-f", "per_page=100"];
    const jq = ".items[] | {url: .clone_url, archived: .archived}";
    return [
      "gh",
      "api",
      "--method",
      "GET",
      "--paginate",
      "search/repositories",
      ...fields,
      "--jq",
      jq,
    ];
  }
  const group = /(?:^|\s)group:(\S+)/.exec(query)?.[1];
  const search = query.replace(/(?:^|\s)group:\S+/, "").trim();
  const words = new URLSearchParams({
    per_page: "100",
    archived: "false",
    ...(search === "" ? {} : { search }),
    ...(group === undefined ? { membership: "true" } : { include_subgroups: "true" }),
  });
  const path = group === undefined ? "projects" : `groups/${encodeURIComponent(group)}/projects`;
  return ["glab", "api", "--paginate", `${path}?${words.toString()}`];
}

const found = z.object({
  url: z.string().optional(),
  http_url_to_repo: z.string().optional(),
  archived: z.boolean().optional(),
});

/** Reads what the tool printed: JSON values one after the other, objects or lists of them. Archived ones take no changes. */
export function queryRows(
  output: string,
  { query, via }: { readonly query: string; readonly via: RepoSpec["via"] },
): Result<readonly RepoRow[], string> {
  const rows: RepoRow[] = [];
  const from = `${via}: ${query}`;
  for (const value of jsonValues(output)) {
    const parsed = z.union([found, z.array(found)]).safeParse(value);
    if (!parsed.success) return err(`what ${via} printed is not a list of repositories`);
    for (const { url, http_url_to_repo: http, archived } of [parsed.data].flat()) {
      const text = url ?? http;
      if (text !== undefined && archived !== true) rows.push({ text, from });
    }
  }
  if (rows.length >= foundMax) {
    return err(
      `${JSON.stringify(query)} finds ${foundMax} repositories or more, of which the rest is not told: ask for less`,
    );
  }
  return ok(rows);
}

/** A value per line, as `--jq` prints them, or lists that follow each other without a break, as pages do. */
function jsonValues(output: string): readonly unknown[] {
  const pages = output
    .trim()
    .replaceAll(/\]\s*\[/g, "]\n[")
    .split("\n");
  try {
    return pages.filter((page) => page.trim() !== "").map((page) => JSON.parse(page) as unknown);
  } catch {
    // Pretty-printed: one value over many lines.
    return [parseJson(output)];
  }
}
