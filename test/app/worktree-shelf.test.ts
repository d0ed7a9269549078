import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";

import { expect, test } from "vitest";

import { createWorktreeShelf } from "../../src/app/worktree-shelf.ts";
import type { CommitId } from "../../src/model/ids.ts";
import { openTestWorkspace } from "../support/test-workspace.ts";

test("a worktree that nobody touched is lent again; a touched one is not", async () => {
  await using workspace = await openTestWorkspace({ "a.txt": "one\n" });
  await using shelf = createWorktreeShelf(workspace, { dependenciesAreReadOnly: true });
  const base = await workspace.resolve("HEAD");
  if (!base.ok) throw new Error(base.error.message);
  const lend = async (name: string, use: (path: string) => void): Promise<string> => {
    const lent = await shelf.lend(base.value, { name, deps: "none" });
    if (!lent.ok) throw new Error(lent.error.message);
    await using worktree = lent.value;
    use(worktree.path);
    return worktree.path;
  };
  const first = await lend("first", () => {});
  const second = await lend("second", (path) => writeFileSync(join(path, "new.txt"), "x"));
  const third = await lend("third", () => {});
  expect(second).toBe(first);
  expect(third).not.toBe(second);
});

test("worktrees of different commits are never mixed up", async () => {
  await using workspace = await openTestWorkspace({ "a.txt": "one\n" });
  await using shelf = createWorktreeShelf(workspace, { dependenciesAreReadOnly: true });
  const base = await workspace.resolve("HEAD");
  if (!base.ok) throw new Error(base.error.message);
  const tree = await workspace.treeOf(base.value);
  const other = tree.ok
    ? await workspace.commitTree(tree.value, { parents: [base.value], message: "other" })
    : tree;
  if (!other.ok) throw new Error(other.error.message);
  const pathOf = async (commit: CommitId, name: string): Promise<string> => {
    const lent = await shelf.lend(commit, { name, deps: "none" });
    if (!lent.ok) throw new Error(lent.error.message);
    await using worktree = lent.value;
    return worktree.path;
  };
  expect(await pathOf(base.value, "one")).not.toBe(await pathOf(other.value, "two"));
});

test("a worktree whose dependencies a command could have changed is not lent again", async () => {
  await using workspace = await openTestWorkspace({
    "a.txt": "one\n",
    ".gitignore": "node_modules\n",
  });
  const installed = join(workspace.repo, "node_modules/dep");
  mkdirSync(installed, { recursive: true });
  writeFileSync(join(installed, "index.js"), "1");
  const base = await workspace.resolve("HEAD");
  if (!base.ok) throw new Error(base.error.message);
  const pathsOf = async (dependenciesAreReadOnly: boolean, deps: "copy" | "none") => {
    await using shelf = createWorktreeShelf(workspace, { dependenciesAreReadOnly });
    const paths: string[] = [];
    for (const round of [1, 2]) {
      const name = `${deps}-${dependenciesAreReadOnly}-${round}`;
      const lent = await shelf.lend(base.value, { name, deps });
      if (!lent.ok) throw new Error(lent.error.message);
      await using worktree = lent.value;
      paths.push(worktree.path);
    }
    return new Set(paths).size;
  };
  expect(await pathsOf(false, "copy")).toBe(2);
  expect(await pathsOf(true, "copy")).toBe(1);
  expect(await pathsOf(false, "none")).toBe(1);
});

test("a worktree in which a command installed packages or made a commit is not lent again", async () => {
  await using workspace = await openTestWorkspace({
    "a.txt": "one\n",
    ".gitignore": "node_modules\n",
  });
  await using shelf = createWorktreeShelf(workspace, { dependenciesAreReadOnly: false });
  const base = await workspace.resolve("HEAD");
  if (!base.ok) throw new Error(base.error.message);
  const lend = async (name: string, use: (path: string) => void): Promise<string> => {
    const lent = await shelf.lend(base.value, { name, deps: "none" });
    if (!lent.ok) throw new Error(lent.error.message);
    await using worktree = lent.value;
    use(worktree.path);
    return worktree.path;
  };
  const first = await lend("first", (path) => mkdirSync(join(path, "node_modules")));
  const commit = [
    "-c",
    "user.name=a",
    "-c",
    "user.email=a@b",
    "commit",
    "--allow-empty",
    "-qm",
    "x",
  ];
  const second = await lend("second", (cwd) => execFileSync("git", commit, { cwd }));
  const third = await lend("third", () => {});
  expect(new Set([first, second, third]).size).toBe(3);
});

test("one that stands ready is lent first, and gets the dependencies that are installed by then", async () => {
  await using workspace = await openTestWorkspace({
    "a.txt": "one\n",
    ".gitignore": "node_modules\n",
  });
  await using shelf = createWorktreeShelf(workspace, { dependenciesAreReadOnly: true });
  const base = await workspace.resolve("HEAD");
  if (!base.ok) throw new Error(base.error.message);
  await shelf.ready(base.value, "first");
  await shelf.ready(base.value, "second");
  const setup = await shelf.lend(base.value, { name: "setup", deps: "none" });
  if (!setup.ok) throw new Error(setup.error.message);
  const installed = join(setup.value.path, "node_modules/dep");
  mkdirSync(installed, { recursive: true });
  writeFileSync(join(installed, "index.js"), "1");
  workspace.useDependenciesOf(setup.value.path);
  const lend = async (deps: "copy" | "none") => {
    const lent = await shelf.lend(base.value, { name: `after-${deps}`, deps });
    if (!lent.ok) throw new Error(lent.error.message);
    await using worktree = lent.value;
    return {
      path: basename(worktree.path),
      isInstalled: existsSync(join(worktree.path, "node_modules/dep/index.js")),
      isUntouched: await worktree.isUntouched(),
    };
  };
  const path = "second";
  expect(await lend("copy")).toEqual({ path, isInstalled: true, isUntouched: true });
  expect(await lend("copy")).toEqual({ path, isInstalled: true, isUntouched: true });
  // What has dependencies is not lent to somebody who wants none.
  expect(await lend("none")).toMatchObject({ isInstalled: false });
});
