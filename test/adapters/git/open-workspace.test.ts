import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "vitest";

import { openWorkspace } from "../../../src/adapters/git/open-workspace.ts";
import type { RunId } from "../../../src/model/ids.ts";
import { gitIn, tempFolder, tempRepo, valueOf } from "./temp-repo.ts";

async function refusal(repo: string): Promise<{ kind: string; message: string; hint?: string }> {
  const opened = await openWorkspace({
    repo,
    run: "r1" as RunId,
    worktreesDir: `${repo}-worktrees`,
  });
  if (opened.ok) throw new Error("it was opened");
  const { kind, message, hint = "" } = opened.error;
  const shorten = (text: string): string => text.replaceAll(repo, "REPO");
  return { kind, message: shorten(message), hint: shorten(hint) };
}

test("a folder that does not exist, is a file, or is no repository is refused with what to do", async () => {
  const folder = tempFolder();
  writeFileSync(join(folder, "file"), "");
  expect(await refusal(join(folder, "absent"))).toMatchInlineSnapshot(`
    {
      "hint": "name a repository with --repo PATH",
      "kind": "usage",
      "message": "there is no folder REPO",
    }
  `);
  expect(await refusal(join(folder, "file"))).toMatchInlineSnapshot(`
    {
      "hint": "name a repository with --repo PATH",
      "kind": "usage",
      "message": "there is no folder REPO",
    }
  `);
  expect(await refusal(folder)).toMatchInlineSnapshot(`
    {
      "hint": "run in a repository, or name one with --repo PATH",
      "kind": "not-a-repository",
      "message": "REPO is not inside a git repository",
    }
  `);
  rmSync(folder, { recursive: true });
});

test("a bare repository, a git directory and a repository without a commit are refused with what to do", async () => {
  using repo = tempRepo();
  expect(await refusal(repo.path)).toMatchInlineSnapshot(`
    {
      "hint": "commit something first: a run starts from a commit",
      "kind": "not-a-repository",
      "message": "REPO has no commit yet",
    }
  `);
  expect(await refusal(join(repo.path, ".git"))).toMatchInlineSnapshot(`
    {
      "hint": "run in a repository, or name one with --repo PATH",
      "kind": "not-a-repository",
      "message": "REPO is not inside a git repository",
    }
  `);
  gitIn(repo.parent, "init", "--quiet", "--bare", "bare");
  expect(await refusal(join(repo.parent, "bare"))).toMatchInlineSnapshot(`
    {
      "hint": "run in a repository, or name one with --repo PATH",
      "kind": "not-a-repository",
      "message": "REPO is not inside a git repository",
    }
  `);
});

test("a repository whose configuration puts its files elsewhere is refused", async () => {
  using repo = tempRepo();
  repo.commit({ a: "a" });
  for (const elsewhere of ["/", "/etc", repo.parent]) {
    repo.git("config", "core.worktree", elsewhere);
    expect((await refusal(repo.path)).message).toBe(
      `the repository at REPO has its files in ${elsewhere}`,
    );
  }
});

test("a conditional include in the repository's own configuration is refused", async () => {
  using repo = tempRepo();
  repo.commit({ a: "a" });
  repo.git("config", "includeIf.gitdir:**/worktrees/**.path", "../evil");
  expect(await refusal(repo.path)).toMatchInlineSnapshot(`
    {
      "hint": "Skein cannot tell what it would run: move conditional includes to your global configuration",
      "kind": "not-supported",
      "message": "the repository's own git configuration has includeif.gitdir:**/worktrees/**.path",
    }
  `);
});

test("an unknown base is named, and an option in its place stays a name", async () => {
  using repo = tempRepo();
  repo.commit({ a: "a" });
  await using workspace = await repo.open();
  for (const base of ["no-such-branch", "--help", "HEAD:a", ""]) {
    expect(await workspace.resolve(base)).toMatchObject({
      ok: false,
      error: { message: `there is no commit ${base}`, hint: expect.stringContaining("--base") },
    });
  }
});

test("nothing of the user's repository changes but the refs that were asked for", async () => {
  using repo = tempRepo();
  const base = repo.commit({ "a.txt": "a\n", "b.txt": "b\n" });
  repo.write({ "a.txt": "not staged\n", "b.txt": "staged\n", untracked: "u" });
  repo.git("add", "b.txt");
  repo.git("stash", "push", "--quiet", "--", "a.txt");
  repo.write({ "a.txt": "not staged\n" });
  const state = (): readonly string[] => [
    readFileSync(join(repo.path, ".git/index"), "latin1"),
    readFileSync(join(repo.path, ".git/config"), "utf8"),
    readFileSync(join(repo.path, ".git/HEAD"), "utf8"),
    repo.git("reflog", "--all"),
    repo.git("stash", "list"),
    repo.git("status", "--porcelain"),
    repo.git("worktree", "list"),
  ];
  const before = state();
  {
    await using workspace = await repo.open();
    await using worktree = valueOf(await workspace.open(base, { name: "u", deps: "none" }));
    writeFileSync(join(worktree.path, "a.txt"), "changed\n");
    const patch = valueOf(await worktree.commit("Change a"));
    valueOf(await workspace.setRef("refs/skein/r1/u/1", patch!.commit));
    await workspace.open(base, { name: "left open", deps: "none" });
  }
  expect(state()).toEqual(before);
  expect(repo.git("for-each-ref", "--format=%(refname)").trim().split("\n")).toEqual([
    "refs/heads/main",
    "refs/skein/r1/u/1",
    "refs/stash",
  ]);
});

test("a worktree of the user's whose folder is away is still known afterwards", async () => {
  using repo = tempRepo();
  const base = repo.commit({ a: "a" });
  repo.git("worktree", "add", "--quiet", "--detach", "../on-a-stick");
  rmSync(join(repo.parent, "on-a-stick"), { recursive: true });
  {
    await using workspace = await repo.open();
    await workspace.open(base, { name: "u", deps: "none" });
  }
  expect(repo.git("worktree", "list")).toContain("on-a-stick");
});

test("worktrees that a killed batch run left in its folder are forgotten by whatever repository they are of; no other is", async () => {
  using repo = tempRepo();
  repo.commit({ a: "a" });
  using other = tempRepo();
  other.commit({ b: "b" });
  const add = (...path: readonly string[]): string => {
    const at = join(repo.parent, "run", ...path);
    other.git("worktree", "add", "--quiet", "--detach", at);
    return at;
  };
  add("each-other", "first");
  // Cut off while it was being removed.
  add("each-other", "second");
  rmSync(join(other.path, ".git/worktrees/second/gitdir"));
  // Its command has written another's name into it.
  const mine = join(other.parent, "mine");
  other.git("worktree", "add", "--quiet", "--detach", mine);
  writeFileSync(
    join(add("each-other", "third"), ".git"),
    `gitdir: ${join(other.path, ".git/worktrees/mine")}\n`,
  );
  await using workspace = valueOf(
    await openWorkspace({
      repo: repo.path,
      run: "r1" as RunId,
      worktreesDir: join(repo.parent, "run"),
    }),
  );
  expect(readdirSync(join(other.path, ".git/worktrees")).toSorted()).toEqual(["mine", "third"]);
  expect(readdirSync(join(repo.parent, "run"))).toEqual([]);
  expect(workspace.repo).toBe(repo.path);
});

test("a shallow clone, a linked worktree, a submodule and a sha256 repository all work", async () => {
  using repo = tempRepo();
  repo.commit({ a: "1" });
  repo.commit({ a: "2" });
  gitIn(repo.parent, "clone", "--quiet", "--depth=1", `file://${repo.path}`, "shallow");
  repo.git("worktree", "add", "--quiet", "--detach", "../linked");
  gitIn(repo.parent, "init", "--quiet", "super");
  const withFile = ["-c", "protocol.file.allow=always"];
  gitIn(join(repo.parent, "super"), ...withFile, "submodule", "--quiet", "add", repo.path, "sub");
  gitIn(repo.parent, "init", "--quiet", "--object-format=sha256", "long");
  gitIn(join(repo.parent, "long"), "commit", "--quiet", "--allow-empty", "--message=first");
  for (const name of ["shallow", "linked", "super/sub", "long"]) {
    const path = join(repo.parent, name);
    const opened = await openWorkspace({
      repo: path,
      run: "r1" as RunId,
      worktreesDir: join(repo.parent, "worktrees"),
    });
    await using workspace = valueOf(opened);
    const base = valueOf(await workspace.resolve("HEAD"));
    await using worktree = valueOf(await workspace.open(base, { name: "u", deps: "none" }));
    writeFileSync(join(worktree.path, "new"), "n\n");
    const patch = valueOf(await worktree.commit("Add new"));
    expect(patch?.files).toEqual(["new"]);
    valueOf(await workspace.publishBranch("skein/r1", patch!.commit, () => false));
    expect(gitIn(path, "show", "skein/r1:new")).toBe("n\n");
    expect(gitIn(path, "status", "--porcelain")).toBe("");
  }
});

test("a branch is created once: the same commit again is fine, another commit is not", async () => {
  using repo = tempRepo();
  const first = repo.commit({ a: "1" });
  const second = repo.commit({ a: "2" });
  await using workspace = await repo.open();
  expect(await workspace.publishBranch("skein/r1", first, () => false)).toEqual({
    ok: true,
    value: undefined,
  });
  expect(await workspace.publishBranch("skein/r1", first, () => false)).toEqual({
    ok: true,
    value: undefined,
  });
  expect(await workspace.publishBranch("skein/r1", second, () => false)).toMatchObject({
    ok: false,
  });
  expect(repo.git("rev-parse", "skein/r1").trim()).toBe(first);
  expect(await workspace.publishBranch("main/r1", first, () => false)).toMatchObject({
    error: { hint: "a branch called main leaves no room for it: rename that branch" },
  });
  expect(await workspace.publishBranch("-f", first, () => false)).toMatchObject({ ok: true });
});

test("files are read as text from a commit: not links, folders, binaries or long ones", async () => {
  using repo = tempRepo();
  const odd = 'näme "with"\nall';
  repo.git("config", "core.quotePath", "true");
  writeFileSync(join(repo.path, "binary"), Buffer.from([1, 0, 2]));
  const commit = repo.commit({ [odd]: "text\n", "d/e": "e", long: "x".repeat(1024 * 1024 + 1) });
  await using workspace = await repo.open();
  const read = async (path: string): Promise<unknown> =>
    valueOf(await workspace.readFile(commit, path));
  expect(await read(odd)).toBe("text\n");
  for (const path of ["d", "binary", "long", "absent", "*"])
    expect(await read(path)).toBeUndefined();
  expect(valueOf(await workspace.listFiles(commit))).toEqual(["binary", "d/e", "long", odd]);
});

test("a worktree that an agent made unwritable is removed all the same", async () => {
  using repo = tempRepo();
  const base = repo.commit({ a: "a" });
  await using workspace = await repo.open();
  const worktree = valueOf(await workspace.open(base, { name: "u", deps: "none" }));
  mkdirSync(join(worktree.path, "locked"));
  writeFileSync(join(worktree.path, "locked/file"), "");
  chmodSync(join(worktree.path, "locked"), 0o000);
  await worktree[Symbol.asyncDispose]();
  expect(repo.git("worktree", "list").trim().split("\n")).toHaveLength(1);
});
