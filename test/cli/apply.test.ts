import { existsSync, readFileSync, writeFileSync, chmodSync, rmSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "vitest";

import { skein, type SkeinResult } from "../support/run-skein.ts";
import { storedStory, type StoredStory, storyRun } from "../support/stored-run.ts";
import { git, writeFiles } from "../support/temp-repo.ts";

const identity = {
  GIT_AUTHOR_NAME: "T",
  GIT_AUTHOR_EMAIL: "t@t",
  GIT_COMMITTER_NAME: "T",
  GIT_COMMITTER_EMAIL: "t@t",
};

function apply({ repo }: StoredStory): Promise<SkeinResult> {
  return skein(["apply"], { cwd: repo, env: { ...identity, HOME: "/nonexistent" } });
}

/** Everything of a checkout that apply could change. */
function stateOf(repo: string): readonly string[] {
  return [
    git(repo, "rev-parse", "HEAD"),
    git(repo, "status", "--porcelain", "--ignored"),
    git(repo, "diff", "HEAD"),
    git(repo, "diff", "--cached"),
    git(repo, "stash", "list"),
  ];
}

function commitInstead(repo: string, files: Readonly<Record<string, string>>): void {
  writeFiles(repo, files);
  git(repo, "add", "--all");
  git(repo, "commit", "--quiet", "--message=meanwhile");
}

test("a branch that has not moved goes forward to the result", async () => {
  const run = storedStory();
  const done = await apply(run);
  expect(done).toMatchObject({
    exitCode: 0,
    stdout: `main now has the result of skein/${storyRun}: moved forward, 3 files changed`,
    stderr: `note: the result is without fix[b]; skein report ${storyRun} says why`,
  });
  expect(git(run.repo, "rev-parse", "HEAD").trim()).toBe(run.result);
  expect(git(run.repo, "status", "--porcelain")).toBe("");
});

test("a result that was squashed is there already; once it was worked on, a person merges it", async () => {
  const run = storedStory();
  git(run.repo, "merge", "--quiet", "--squash", `skein/${storyRun}`);
  git(run.repo, "commit", "--quiet", "--message=squashed");
  const already = {
    exitCode: 0,
    stdout: `main already has the result of skein/${storyRun}; nothing was changed`,
  };
  const before = stateOf(run.repo);
  expect(await apply(run)).toMatchObject(already);
  expect(stateOf(run.repo)).toEqual(before);
  const [file = ""] = git(run.repo, "diff", "--name-only", "HEAD^", "HEAD").split("\n");
  commitInstead(run.repo, { [file]: "mine\n" });
  expect(await apply(run)).toMatchObject({ exitCode: 1, stdout: "" });
});

test("applying twice changes nothing the second time", async () => {
  const run = storedStory();
  await apply(run);
  const before = stateOf(run.repo);
  const again = await apply(run);
  expect(again).toMatchObject({
    exitCode: 0,
    stdout: `main already has the result of skein/${storyRun}; nothing was changed`,
  });
  expect(stateOf(run.repo)).toEqual(before);
});

test("a branch that has moved gets a merge commit with both as parents", async () => {
  const run = storedStory();
  commitInstead(run.repo, { "src/b.ts": "b2\n" });
  const head = git(run.repo, "rev-parse", "HEAD").trim();
  expect(await apply(run)).toMatchObject({ exitCode: 0 });
  expect(git(run.repo, "log", "-1", "--format=%P %s").trim()).toBe(
    `${head} ${run.result} Merge skein/${storyRun}`,
  );
  expect(readFileSync(join(run.repo, "src/a.ts"), "utf8")).toBe("one\n2\nthree\n");
  expect(git(run.repo, "status", "--porcelain")).toBe("");
});

test("work in files that the result leaves alone stays as it is", async () => {
  const run = storedStory();
  writeFiles(run.repo, { "src/b.ts": "mine\n", "notes.txt": "mine\n" });
  expect(await apply(run)).toMatchObject({ exitCode: 0 });
  expect(git(run.repo, "status", "--porcelain")).toBe(" M src/b.ts\n?? notes.txt\n");
});

test.for<readonly [string, (run: StoredStory) => void, string]>([
  [
    "a changed file that the result changes too",
    ({ repo }) => writeFiles(repo, { "src/a.ts": "mine\n" }),
    "you have changes in files that the result changes too\n  src/a.ts",
  ],
  [
    "an untracked file where the result has one",
    ({ repo }) => writeFiles(repo, { "src/new.ts": "mine\n" }),
    "files that git does not track are where the result has files of its own\n  src/new.ts",
  ],
  [
    "an ignored file where the result has one, which git itself would overwrite",
    ({ repo }) => writeFiles(repo, { "out.log": "mine\n" }),
    "files that git does not track are where the result has files of its own\n  out.log",
  ],
  [
    "a conflict with what was committed meanwhile",
    ({ repo }) => commitInstead(repo, { "src/a.ts": "one\nzwei\nthree\n" }),
    "the result conflicts with your branch; nothing was changed\n  src/a.ts",
  ],
  [
    "staged work when a merge commit is needed",
    ({ repo }) => {
      commitInstead(repo, { "src/c.ts": "c\n" });
      writeFiles(repo, { "src/b.ts": "mine\n" });
      git(repo, "add", "src/b.ts");
    },
    "you have staged changes, and the result needs a merge commit\n  src/b.ts",
  ],
  ["a detached HEAD", ({ repo }) => git(repo, "switch", "--quiet", "--detach"), "HEAD is detached"],
  [
    "a hook that refuses the merge",
    ({ repo }) => {
      commitInstead(repo, { "src/c.ts": "c\n" });
      const hook = join(repo, ".git", "hooks", "commit-msg");
      writeFileSync(hook, "#!/bin/sh\necho no merges on Mondays >&2\nexit 1\n");
      chmodSync(hook, 0o755);
    },
    "no merges on Mondays",
  ],
])("%s stops it before anything is changed", async ([, arrange, said]) => {
  const run = storedStory();
  arrange(run);
  const before = stateOf(run.repo);
  const done = await apply(run);
  expect(done.exitCode).toBe(1);
  expect(done.stderr).toContain(said);
  expect(done.stderr).toContain("next:");
  expect(stateOf(run.repo)).toEqual(before);
  expect(existsSync(join(run.repo, ".git", "MERGE_HEAD"))).toBe(false);
});

test("a result that is gone from the repository is said to be gone", async () => {
  const run = storedStory();
  git(run.repo, "branch", "--quiet", "-D", `skein/${storyRun}`);
  git(run.repo, "reflog", "expire", "--expire=now", "--all");
  git(run.repo, "gc", "--quiet", "--prune=now");
  const done = await apply(run);
  expect(done.exitCode).toBe(1);
  expect(done.stderr).toContain("is not in this repository any more");
});

test("variables of git that point elsewhere do not lead it there", async () => {
  const run = storedStory();
  const other = storedStory();
  const before = stateOf(other.repo);
  const done = await skein(["apply"], {
    cwd: run.repo,
    env: { ...identity, GIT_DIR: join(other.repo, ".git"), GIT_WORK_TREE: other.repo },
  });
  expect(done.exitCode).toBe(0);
  expect(git(run.repo, "rev-parse", "HEAD").trim()).toBe(run.result);
  expect(stateOf(other.repo)).toEqual(before);
  rmSync(other.repo, { recursive: true });
});
