import { execFileSync } from "node:child_process";

import fc from "fast-check";
import { expect, test } from "vitest";

import type { CommitId } from "../../../src/model/ids.ts";
import type { FileContent } from "../../../src/ports/workspace.ts";
import { tempRepo, valueOf } from "./temp-repo.ts";

/** Among them what git sorts in its own way, and files where others have folders. */
const paths = ["a", "a-b", "a.b", "a/b", "a/b/c", "a0", "ab/c", "ab/d", "z"];

const files = fc
  .dictionary(fc.constantFrom(...paths), fc.constantFrom("1\n", "2\n"))
  .map((all) =>
    Object.entries(all).filter(
      ([path]) => !Object.keys(all).some((one) => one.startsWith(`${path}/`)),
    ),
  );

/** One commit after the other, each of nothing but its own files. */
function history(trees: readonly (readonly (readonly [string, string])[])[]): string {
  const commits = trees.map((tree) =>
    [
      "commit refs/heads/trees\ncommitter Ada <ada@example.org> 0 +0000\ndata 0\ndeleteall\n",
      ...tree.map(([path, text]) => `M 100644 inline ${path}\ndata ${text.length}\n${text}`),
    ].join(""),
  );
  return commits.join("\n");
}

test("a tree in which what differs is replaced, added or gone is the other tree, bit for bit", async () => {
  using repo = tempRepo();
  repo.commit({ a: "1\n" });
  const trees = fc.sample(files, 24);
  execFileSync("git", ["fast-import", "--quiet"], { cwd: repo.path, input: history(trees) });
  const commits = repo.git("rev-list", "--reverse", "trees").trim().split("\n") as CommitId[];
  expect(commits).toHaveLength(trees.length);
  await using workspace = await repo.open();
  for (const [from, base] of commits.entries()) {
    const to = (from * 7 + 5) % commits.length;
    const other = commits[to] ?? base;
    const there = new Map(trees[to]);
    const changed = new Map(
      [...new Set([...(trees[from] ?? []), ...there].map(([path]) => path))].map(
        (path): [string, FileContent] => [
          path,
          there.has(path) ? { from: other } : { isGone: true },
        ],
      ),
    );
    const made = await workspace.replaceFiles(valueOf(await workspace.treeOf(base)), changed);
    expect(valueOf(made), JSON.stringify([trees[from], trees[to]])).toBe(
      valueOf(await workspace.treeOf(other)),
    );
  }
});
