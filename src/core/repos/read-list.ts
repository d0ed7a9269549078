import { parse } from "csv-parse/sync";
import { isMap, isScalar, isSeq, LineCounter, parseDocument } from "yaml";

import type { Diagnostic } from "../../model/diagnostic.ts";
import type { RepoRow } from "../../model/repo.ts";
import { err, ok, type Result } from "../../model/result.ts";

/** Longest list read, in characters. */
const charactersMax = 4 * 1024 * 1024;
const repoColumns = ["repo", "repository", "url", "cloneurl", "namewithowner", "fullname"];
const repoKeys = [...repoColumns, "sshurl", "http_url_to_repo", "path_with_namespace"];
const baseColumns = ["base", "branch", "ref"];

type Rows = Result<readonly RepoRow[], readonly Diagnostic[]>;

/** The rows of a list; its name says how it is written: `.csv`, `.json`, and a repository per line otherwise. */
export function readRepoList(name: string, text: string): Rows {
  if (text.length > charactersMax) {
    return problem({
      message: `the list has ${text.length} characters, more than ${charactersMax}`,
    });
  }
  const clean = text.replace(/^\uFEFF/, "");
  if (/\.csv$/i.test(name)) return csvRows(name, clean);
  if (/\.json$/i.test(name)) return jsonRows(name, clean);
  return ok(lineRows(name, clean));
}

function problem(what: {
  readonly message: string;
  readonly line?: number;
  readonly column?: number;
  readonly expected?: string;
}): Result<never, readonly Diagnostic[]> {
  return err([{ code: "E-REPO-LIST", severity: "error", path: "", ...what }]);
}

/** Everything behind a `#` that begins a line, or stands behind a space, is a comment. */
function lineRows(from: string, text: string): readonly RepoRow[] {
  return text.split("\n").flatMap((written, index) => {
    const line = written.replace(/(?:^|\s)#.*$/, "").trimEnd();
    const entry = line.trimStart();
    if (entry === "") return [];
    const column = line.length - entry.length + 1;
    return [{ text: entry, from, line: index + 1, column }];
  });
}

interface CsvRecord {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

/** The first line names the columns; those nobody asked for are left alone. */
function csvRows(from: string, text: string): Rows {
  let records: readonly CsvRecord[];
  try {
    const options = { info: true, comment: "#", comment_no_infix: true, trim: true } as const;
    records = parse(text, {
      ...options,
      skip_empty_lines: true,
    }) as unknown as readonly CsvRecord[];
  } catch (error) {
    return problem({ message: `not valid CSV: ${(error as Error).message}`, ...lineOf(error) });
  }
  const [head, ...rest] = records;
  const names = (head?.record ?? []).map((name) => name.toLowerCase().replaceAll(/[\s_-]/g, ""));
  const repoAt = names.findIndex((name) => repoColumns.includes(name));
  const baseAt = names.findIndex((name) => baseColumns.includes(name));
  if (repoAt === -1) {
    const message = "the first line names no column with the repositories";
    return problem({ message, line: 1, column: 1, expected: "a column repo, url or cloneUrl" });
  }
  return ok(
    rest.map(({ record, info }) => {
      const base = record[baseAt] ?? "";
      const at = { from, line: info.lines };
      return { text: record[repoAt] ?? "", ...at, ...(base === "" ? {} : { base }) };
    }),
  );
}

function lineOf(error: unknown): { readonly line?: number } {
  const lines = error instanceof Error && "lines" in error ? error.lines : undefined;
  return typeof lines === "number" ? { line: lines } : {};
}

/** A list of texts or of objects; JSON is YAML, whose parser knows where everything stands. */
function jsonRows(from: string, text: string): Rows {
  try {
    JSON.parse(text);
  } catch (error) {
    return problem({ message: `not valid JSON: ${(error as Error).message}` });
  }
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, schema: "json", prettyErrors: false });
  const root = document.contents;
  const list = isMap(root) ? root.get("repos", true) : root;
  if (!isSeq(list)) {
    return problem({ message: "not a list", line: 1, expected: 'a list, or { "repos": [ … ] }' });
  }
  const rows: RepoRow[] = [];
  const problems: Diagnostic[] = [];
  for (const item of list.items) {
    const { line, col: column } = lines.linePos(rangeOf(item));
    const at = { from, line, column };
    const named = entryOf(item);
    if (named !== undefined) rows.push({ ...named, ...at });
    else {
      const message = "this entry names no repository";
      const expected = `a text, or an object with ${repoKeys.slice(0, 3).join(", ")}`;
      const place = { severity: "error", path: "", line, column } as const;
      problems.push({ code: "E-REPO-LIST", message, expected, ...place });
    }
  }
  return problems.length === 0 ? ok(rows) : err(problems);
}

function rangeOf(item: unknown): number {
  return isMap(item) || isScalar(item) || isSeq(item) ? (item.range?.[0] ?? 0) : 0;
}

function entryOf(item: unknown): Pick<RepoRow, "text" | "base"> | undefined {
  if (isScalar(item)) return typeof item.value === "string" ? { text: item.value } : undefined;
  if (!isMap(item)) return undefined;
  const known = new Map(
    item.items.flatMap(({ key, value }) =>
      isScalar(key) && isScalar(value) && typeof value.value === "string"
        ? [[String(key.value).toLowerCase(), value.value] as const]
        : [],
    ),
  );
  const text = repoKeys.flatMap((key) => known.get(key) ?? [])[0];
  const base = baseColumns.flatMap((key) => known.get(key) ?? [])[0];
  return text === undefined ? undefined : { text, ...(base === undefined ? {} : { base }) };
}
