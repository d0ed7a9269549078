import type { Diagnostic } from "../../model/diagnostic.ts";
import type { Repo, RepoAddress, RepoRow } from "../../model/repo.ts";
import { err, ok, type Result } from "../../model/result.ts";
import { nameRepos } from "./name-repos.ts";
import { keyOf, parseAddress, withoutCredentials } from "./parse-address.ts";
import { isBranchName } from "./ref-name.ts";

export interface CheckedRows {
  readonly repos: readonly Repo[];
  /** Everything that is wrong, at once; each beside the row that it is about. */
  readonly problems: readonly { readonly row: RepoRow; readonly problem: RowProblem }[];
}

type RowProblem = Pick<Diagnostic, "code" | "message"> & { readonly expected?: string };

/** What only the disk knows of a row. */
export interface RowPlaces {
  /** The folder that a row's paths are relative to. */
  readonly folderOf: (row: RepoRow) => string;
  /** What a folder really is, or why it is no repository. */
  readonly look: (path: string) => Result<FolderFacts, string>;
}

export interface FolderFacts {
  /** Without links. */
  readonly path: string;
  readonly isBare: boolean;
}

/** Reads the rows of all lists of a run. */
export function checkRows(rows: readonly RepoRow[], places: RowPlaces): CheckedRows {
  const problems: { readonly row: RepoRow; readonly problem: RowProblem }[] = [];
  const seen = new Map<string, { readonly row: RepoRow; readonly repo: Omit<Repo, "name"> }>();
  for (const row of rows) {
    const address = placed(parseAddress(row.text, places.folderOf(row)), places);
    if (!address.ok) {
      problems.push({ row, problem: address.error });
      continue;
    }
    if (row.base !== undefined && !isBranchName(row.base)) {
      const message = `${JSON.stringify(row.base)} is no branch, tag or commit`;
      problems.push({ row, problem: { code: "E-REPO-BASE", message } });
    }
    const key = keyOf(address.value);
    const other = seen.get(key)?.row;
    if (other === undefined) {
      const base = row.base === undefined ? {} : { base: row.base };
      seen.set(key, { row, repo: { key, address: address.value, ...base } });
    } else {
      problems.push({ row, problem: { code: "E-REPO-TWICE", message: sameAs(row, other) } });
    }
  }
  const found = [...seen.values()].map(({ repo }) => repo);
  const names = nameRepos(found.map(({ address }) => address));
  return {
    repos: found.map((repo, index) => ({ name: names[index] ?? repo.key, ...repo })),
    problems,
  };
}

function placed(
  address: ReturnType<typeof parseAddress>,
  { look }: RowPlaces,
): Result<RepoAddress, RowProblem> {
  if (!address.ok) return err({ code: "E-REPO", ...address.error });
  if (address.value.kind !== "folder") return address;
  const facts = look(address.value.path);
  return facts.ok
    ? ok({ kind: "folder", ...facts.value })
    : err({ code: "E-REPO-PATH", message: `${JSON.stringify(address.value.path)} ${facts.error}` });
}

function sameAs(row: RepoRow, other: RepoRow): string {
  const [one, two] = [row, other].map(({ text }) => JSON.stringify(withoutCredentials(text)));
  const place = other.line === undefined ? other.from : `${other.from}:${other.line}`;
  return `${one} is the same repository as ${two} (${place})`;
}
