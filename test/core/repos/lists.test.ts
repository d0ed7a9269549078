import fc from "fast-check";
import { expect, test } from "vitest";

import { checkRows, type FolderFacts } from "../../../src/core/repos/check-rows.ts";
import { applyLock, lockOf, lockText, parseLock } from "../../../src/core/repos/lock-file.ts";
import { queryCommand, queryRows } from "../../../src/core/repos/query.ts";
import { readRepoList } from "../../../src/core/repos/read-list.ts";
import { selectRepos } from "../../../src/core/repos/select-repos.ts";
import type { CommitId } from "../../../src/model/ids.ts";
import type { Repo, RepoRow } from "../../../src/model/repo.ts";
import { err, ok, type Result } from "../../../src/model/result.ts";

function rowsOf(name: string, text: string): readonly RepoRow[] {
  const read = readRepoList(name, text);
  if (!read.ok) throw new Error(read.error.map((one) => one.message).join());
  return read.value;
}

/** A disk with a link, and without what is gone. */
function look(path: string): Result<FolderFacts, string> {
  return path.includes("gone")
    ? err("is not there")
    : ok({ path: path.replace("/link", "/real"), isBare: false });
}

function reposOf(...texts: readonly string[]): readonly Repo[] {
  const rows = texts.map((text) => ({ text, from: "t" }));
  return checkRows(rows, { folderOf: () => "/plans", look }).repos;
}

const shown = (rows: readonly RepoRow[]): readonly string[] =>
  rows.map(({ text, base, line }) => `${line} ${text}${base === undefined ? "" : ` @${base}`}`);

test("a text list has a repository per line, and comments", () => {
  const text =
    "\uFEFF# ours\nunjs/defu\r\n\n  ./my app   # spaces are fine\nhttps://x.org/a#b\n#unjs/jiti\n";
  expect(shown(rowsOf("repos.txt", text))).toEqual([
    "2 unjs/defu",
    "4 ./my app",
    "5 https://x.org/a#b",
  ]);
});

test("a CSV list names its columns; those of other tools are understood, the rest is left alone", () => {
  const text = '# from elsewhere\ncloneUrl,branch,origin\nunjs/defu,main,x\n"unjs/pathe",,"a, b"\n';
  expect(shown(rowsOf("repos.csv", text))).toEqual(["3 unjs/defu @main", "4 unjs/pathe"]);
});

test("a JSON list holds texts or objects, each with its place", () => {
  const text =
    '[\n  "unjs/defu",\n  {"nameWithOwner": "unjs/pathe", "stars": 3},\n  {"repo": "./x", "base": "v1"}\n]';
  expect(shown(rowsOf("repos.json", text))).toEqual(["2 unjs/defu", "3 unjs/pathe", "4 ./x @v1"]);
  expect(shown(rowsOf("repos.json", `{"repos": ["a/b"]}`))).toEqual(["1 a/b"]);
});

test.each([
  ["repos.csv", "name,branch\na/b,main\n", "names no column"],
  ["repos.csv", 'repo\n"a/b\n', "not valid CSV"],
  ["repos.json", "[1,", "not valid JSON"],
  ["repos.json", '{"x": 1}', "not a list"],
  ["repos.json", '["a/b", 7, {"stars": 1}]', "names no repository"],
])("%s %j is refused: %s", (name, text, why) => {
  const read = readRepoList(name, text);
  expect(read.ok ? "" : read.error[0]?.message).toContain(why);
});

test("no list makes a reader throw", () => {
  fc.assert(
    fc.property(
      fc.constantFrom("a.txt", "a.csv", "a.json"),
      fc.string({ unit: "binary" }),
      (name, text) => {
        expect(typeof readRepoList(name, text).ok).toBe("boolean");
      },
    ),
    { numRuns: 1_000 },
  );
});

test("everything wrong with the rows is told at once: malformed, twice, not there, a base that is none", () => {
  const rows = [
    "ext::x",
    "unjs/defu",
    "git@github.com:UNJS/defu.git",
    "./gone",
    "./real",
    "./link",
  ];
  const { problems, repos } = checkRows(
    [
      ...rows.map((text, index) => ({ text, from: "r.txt", line: index + 1 })),
      { text: "a/b", base: "-x", from: "r.txt", line: 7 },
    ],
    { folderOf: () => "/plans", look },
  );
  expect(problems.map(({ row, problem }) => `${row.line} ${problem.code}`)).toEqual([
    "1 E-REPO",
    "3 E-REPO-TWICE",
    "4 E-REPO-PATH",
    "6 E-REPO-TWICE",
    "7 E-REPO-BASE",
  ]);
  expect(problems[1]?.problem.message).toContain('"unjs/defu" (r.txt:2)');
  expect(repos.map(({ name }) => name)).toEqual(["unjs/defu", "real", "a/b"]);
});

test("names are short as long as they tell apart", () => {
  const names = reposOf(
    "unjs/defu",
    "https://gitlab.com/unjs/defu",
    "/a/app",
    "/b/app",
    "/b/lib.git",
  );
  expect(names.map(({ name }) => name)).toEqual([
    "github.com/unjs/defu",
    "gitlab.com/unjs/defu",
    "a/app",
    "b/app",
    "lib",
  ]);
});

test("globs pick by name, host or folder; one that nothing has is told", () => {
  const repos = reposOf("unjs/defu", "unjs/jiti", "git@gitlab.com:a/b.git", "/srv/app");
  const pick = (selection: Partial<Parameters<typeof selectRepos>[1]>): readonly string[] =>
    selectRepos(repos, { include: [], exclude: [], only: [], ...selection }).repos.map(
      ({ name }) => name,
    );
  expect(pick({ include: ["unjs/*"], exclude: ["unjs/jiti"] })).toEqual(["unjs/defu"]);
  expect(pick({ include: ["gitlab.com/**"] })).toEqual(["a/b"]);
  expect(pick({ only: ["/srv/*"] })).toEqual(["app"]);
  expect(pick({})).toHaveLength(4);
  const { unmatched } = selectRepos(repos, { include: ["nujs/*"], exclude: [], only: [] });
  expect(unmatched).toEqual(["nujs/*"]);
});

test("what is locked is pinned again, whatever the order; a base that changed is not", () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.stringMatching(/^[a-z]{1,6}\/[a-z]{1,6}$/), { maxLength: 8 }),
      (texts) => {
        const commit = "ab".repeat(20) as CommitId;
        const repos = reposOf(...texts).map((repo) => ({ ...repo, commit }));
        const text = lockText(lockOf(repos));
        expect(lockText(lockOf(repos.toReversed()))).toBe(text);
        const lock = parseLock(text);
        expect(lock.ok).toBe(true);
        if (!lock.ok) return;
        expect(applyLock(reposOf(...texts), lock.value)).toEqual({ repos, missing: [] });
        const moved = reposOf(...texts).map((repo) => ({ ...repo, base: "next" }));
        expect(applyLock(moved, lock.value).missing).toHaveLength(texts.length);
      },
    ),
  );
});

test.each(["", "[]", '{"version":2,"repos":{}}', '{"version":1,"repos":{"x":{"commit":"main"}}}'])(
  "a lock file of %j is damaged",
  (text) => {
    expect(parseLock(text).ok).toBe(false);
  },
);

test("a query is one value of the command line, whatever it holds", () => {
  const hostile = "--jq=x; touch /tmp/x $(id)";
  expect(queryCommand(hostile, "gh")).toContain(`q=${hostile}`);
  expect(queryCommand(`group:a/b ${hostile}`, "glab")).toEqual([
    "glab",
    "api",
    "--paginate",
    "groups/a%2Fb/projects?per_page=100&archived=false&search=--jq%3Dx%3B+touch+%2Ftmp%2Fx+%24%28id%29&include_subgroups=true",
  ]);
});

test("what the tools print becomes rows; archived repositories, which take no change, are left out", () => {
  const lines =
    '{"url":"https://github.com/a/b.git","archived":false}\n{"url":"https://github.com/a/c.git","archived":true}\n';
  const gh = queryRows(lines, { query: "org:a", via: "gh" });
  expect(gh.ok && gh.value).toEqual([{ text: "https://github.com/a/b.git", from: "gh: org:a" }]);
  const pages =
    '[{"http_url_to_repo":"https://gitlab.com/a/b.git"}][{"http_url_to_repo":"https://gitlab.com/a/c.git"}]';
  const glab = queryRows(pages, { query: "x", via: "glab" });
  expect(glab.ok && glab.value).toHaveLength(2);
  expect(queryRows("<html>", { query: "x", via: "gh" }).ok).toBe(false);
  const many = '{"url":"https://github.com/a/b.git"}\n'.repeat(1_000);
  expect(queryRows(many, { query: "x", via: "gh" }).ok).toBe(false);
});
