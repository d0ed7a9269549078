import { expect, test } from "vitest";

import { createGit } from "../../../src/adapters/git/git.ts";
import { createTreeMerger } from "../../../src/adapters/git/tree-merger.ts";
import type { CommitId } from "../../../src/model/ids.ts";
import { git, tempRepo, writeFiles } from "../../support/temp-repo.ts";

test("one git merges again and again as one that is started each time; what it cannot do, it leaves to that one", async () => {
  const repo = tempRepo({ "a.txt": "1\n2\n3\n", "b.txt": "b\n" });
  const base = git(repo, "rev-parse", "HEAD").trim();
  const commits = [
    { "a.txt": "one\n2\n3\n" },
    { "a.txt": "1\n2\nthree\n" },
    { "a.txt": "uno\n2\n3\n" },
  ];
  const [left = "", right = "", other = ""] = commits.map((files) => {
    git(repo, "checkout", "--quiet", "--detach", base);
    writeFiles(repo, files);
    git(repo, "commit", "--quiet", "--all", "--message=change");
    return git(repo, "rev-parse", "HEAD").trim();
  });
  const alone = createGit(repo);
  await using merger = createTreeMerger(alone);
  const pairs = [
    [left, right],
    [left, other],
    [right, right],
    [base, left],
    [left, "0".repeat(40)],
    [other, right],
    [left, other],
  ] as const;
  const said = await Promise.all(pairs.map(([a, b]) => merger.merge(a as CommitId, b as CommitId)));
  for (const [at, [a, b]] of pairs.entries()) {
    const { exitCode, stdout } = await alone.try([
      "merge-tree",
      "--write-tree",
      "-z",
      "--messages",
      a,
      b,
    ]);
    if (said[at] !== undefined)
      expect(said[at]).toEqual({ isClean: exitCode === 0, answer: stdout });
  }
  expect(said.slice(0, 4).map((one) => one?.isClean)).toEqual([true, false, true, true]);
  expect(said[4]).toBeUndefined();
  expect(await merger.merge(left as CommitId, other as CommitId)).toMatchObject({ isClean: false });
});
