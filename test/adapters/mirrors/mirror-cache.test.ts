import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";

import { expect, onTestFinished, test } from "vitest";

import { openWorkspace, type OpenedWorkspace } from "../../../src/adapters/git/open-workspace.ts";
import { cacheUsage, dropMirrors } from "../../../src/adapters/mirrors/cache-usage.ts";
import type { RunId } from "../../../src/model/ids.ts";
import { gitHttpServer } from "../../support/git-http-server.ts";
import { gitIn, tempFolder, valueOf } from "../git/temp-repo.ts";
import { bareRepo, cacheAt, hastyClock, readyOf, repoAt, retry } from "./mirror-rig.ts";

function folder(): string {
  const path = tempFolder();
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

async function workspaceOf(
  mirror: { readonly repo: string },
  root: string,
): Promise<OpenedWorkspace> {
  const worktreesDir = join(root, "worktrees");
  return valueOf(await openWorkspace({ repo: mirror.repo, run: "r1" as RunId, worktreesDir }));
}

test("a mirror holds a repository at its default branch, and worktrees come from it", async () => {
  const root = folder();
  const { path, commits } = bareRepo(root, "ä b/ünï.git", { "a b.txt": "1" }, { "dir/ü.txt": "2" });
  const mirror = await readyOf(
    await cacheAt(join(root, "cache")),
    repoAt(`file://${encodeURI(path)}`),
  );
  expect(mirror).toMatchObject({ commit: commits[1], ref: "refs/heads/main" });
  await using workspace = await workspaceOf(mirror, root);
  await using worktree = valueOf(await workspace.open(mirror.commit, { name: "u", deps: "none" }));
  expect(readFileSync(join(worktree.path, "dir/ü.txt"), "utf8")).toBe("2");
  writeFileSync(join(worktree.path, "a b.txt"), "changed");
  const patch = valueOf(await worktree.commit("change"));
  expect(patch?.files).toEqual(["a b.txt"]);
});

test("over http, with and without history and files left out; what is there is not fetched again", async () => {
  const root = folder();
  const { commits } = bareRepo(
    root,
    "x.git",
    { a: "1", big: "b".repeat(9_000) },
    { a: "2" },
    { a: "3" },
  );
  await using server = await gitHttpServer(root);
  const repo = repoAt(`${server.url}/x.git`);
  const cacheFolder = join(root, "cache");
  const shallow = await readyOf(await cacheAt(cacheFolder), repo);
  expect(gitIn(shallow.repo, "rev-list", "--count", shallow.commit).trim()).toBe("1");
  const before = server.requests.length;
  const locked = { ...repo, commit: commits[2] ?? shallow.commit };
  expect(await readyOf(await cacheAt(cacheFolder), locked)).toEqual(shallow);
  expect(server.requests).toHaveLength(before);
  const deeper = await readyOf(await cacheAt(cacheFolder, { depth: 2 }), repo);
  expect(gitIn(deeper.repo, "rev-list", "--count", deeper.commit).trim()).toBe("2");
  const whole = await readyOf(await cacheAt(cacheFolder, {}), repo);
  expect(gitIn(whole.repo, "rev-list", "--count", whole.commit).trim()).toBe("3");
});

test("with a filter only the files of the commit are fetched, and all of those", async () => {
  const root = folder();
  const { path } = bareRepo(root, "x.git", { a: "1", old: "only then" }, { a: "2" });
  gitIn(path, "config", "uploadpack.allowFilter", "true");
  gitIn(path, "config", "uploadpack.allowAnySHA1InWant", "true");
  await using server = await gitHttpServer(root);
  const cache = await cacheAt(join(root, "cache"), { filter: "blob:none" });
  const mirror = await readyOf(cache, repoAt(`${server.url}/x.git`));
  await using workspace = await workspaceOf(mirror, root);
  await using worktree = valueOf(await workspace.open(mirror.commit, { name: "u", deps: "none" }));
  expect(readFileSync(join(worktree.path, "a"), "utf8")).toBe("2");
  const listed = gitIn(mirror.repo, "rev-list", "--objects", "--all", "--missing=print");
  expect(listed.split("\n").filter((line) => line.startsWith("?"))).toHaveLength(1);
});

test("passing faults are waited out, longer each time; others are told at once", async () => {
  const root = folder();
  bareRepo(root, "x.git", { a: "1" });
  await using server = await gitHttpServer(root);
  const clock = hastyClock();
  const cache = await cacheAt(join(root, "cache"), { depth: 1 }, clock);
  server.fail(503, 429, "cut");
  await readyOf(cache, repoAt(`${server.url}/x.git`));
  expect(clock.slept).toEqual([1_000, 2_000, 4_000]);
  server.fail(502, 502, 502, 502);
  const down = await cache.get(repoAt(`${server.url}/y.git`), retry);
  expect(down.ok ? "" : down.error.message).toContain("502");
  expect(clock.slept.slice(3)).toEqual([1_000, 2_000, 4_000]);
  server.fail(403);
  const refused = await cache.get(repoAt(`${server.url}/y.git`), retry);
  expect(refused.ok ? "" : refused.error.hint).toContain("credential helper");
  expect(clock.slept).toHaveLength(6);
});

test("a fetch that is cut in the middle is made again, and the mirror is whole", async () => {
  const root = folder();
  bareRepo(root, "x.git", { a: "1", b: "text ".repeat(40_000) });
  await using server = await gitHttpServer(root);
  const cacheFolder = join(root, "cache");
  const cache = await cacheAt(cacheFolder);
  const head = server.requests.length;
  await readyOf(cache, repoAt(`${server.url}/x.git`));
  // Of the same requests again, the last one, which carries the pack, breaks off.
  const count = server.requests.length - head;
  rmSync(cacheFolder, { recursive: true });
  const again = await cacheAt(cacheFolder);
  server.fail(...Array.from({ length: count - 1 }, () => "none" as const), "cut");
  const mirror = await readyOf(again, repoAt(`${server.url}/x.git`));
  expect(server.requests.length).toBeGreaterThan(head + 2 * count);
  expect(gitIn(mirror.repo, "fsck", "--connectivity-only", mirror.commit)).toBe("");
});

test("an empty repository, and one whose branch was never committed to, have nothing to work on", async () => {
  const root = folder();
  const empty = bareRepo(root, "empty.git");
  const unborn = bareRepo(root, "unborn.git", { a: "1" });
  gitIn(unborn.path, "symbolic-ref", "HEAD", "refs/heads/next");
  const cache = await cacheAt(join(root, "cache"));
  for (const { path } of [empty, unborn]) {
    expect(valueOf(await cache.get(repoAt(`file://${path}`), retry))).toEqual({
      kind: "empty",
      reason: "it has no commit on its default branch",
    });
  }
  const named = await readyOf(cache, repoAt(`file://${unborn.path}`, { base: "main" }));
  expect(named.commit).toBe(unborn.commits[0]);
});

test("unusual default branches, detached heads, tags and commits are bases", async () => {
  const root = folder();
  const { path, commits } = bareRepo(root, "x.git", { a: "1" }, { a: "2" });
  const [first, second] = commits;
  gitIn(path, "branch", "trünk/ñ", "main");
  gitIn(path, "tag", "-a", "-m", "x", "v1", first ?? "");
  gitIn(path, "symbolic-ref", "HEAD", "refs/heads/trünk/ñ");
  const cache = await cacheAt(join(root, "cache"));
  const url = `file://${path}`;
  expect(await readyOf(cache, repoAt(url))).toMatchObject({
    commit: second,
    ref: "refs/heads/trünk/ñ",
  });
  expect(await readyOf(cache, repoAt(url, { base: "v1" }))).toMatchObject({
    commit: first,
    ref: "refs/tags/v1",
  });
  expect(await readyOf(cache, repoAt(url, { base: first ?? "" }))).toMatchObject({ commit: first });
  const gone = await cache.get(repoAt(url, { base: "nope" }), retry);
  expect(gone.ok ? "" : gone.error.message).toBe("x has no branch or tag nope");
  gitIn(path, "update-ref", "--no-deref", "HEAD", first ?? "");
  const detached = await readyOf(cache, repoAt(url));
  expect([detached.commit, detached.ref]).toEqual([first, undefined]);
});

test("on reuse a mirror is as it was: no hooks, no settings, no attributes; damage is mended", async () => {
  const root = folder();
  const { path, work } = bareRepo(root, "x.git", { a: "1" });
  const cache = await cacheAt(join(root, "cache"));
  const repo = repoAt(`file://${path}`);
  const { repo: top } = await readyOf(cache, repo);
  const hook = join(top, ".git/hooks/reference-transaction");
  mkdirSync(join(top, ".git/hooks"));
  writeFileSync(hook, `#!/bin/sh\ntouch ${root}/ran\n`);
  chmodSync(hook, 0o755);
  mkdirSync(join(top, ".git/info"));
  writeFileSync(join(top, ".git/info/attributes"), "* filter=evil\n");
  writeFileSync(
    join(top, ".git/config"),
    `[filter "evil"]\n\tsmudge = touch ${root}/ran\n[core]\n\tfsmonitor = touch ${root}/ran\n`,
  );
  writeFileSync(join(top, ".git/HEAD.lock"), "");
  gitIn(work, "commit", "--quiet", "--allow-empty", "--message=more");
  gitIn(work, "push", "--quiet", path, "main");
  await readyOf(cache, repo);
  expect([existsSync(hook), existsSync(join(root, "ran"))]).toEqual([false, false]);
  expect(readFileSync(join(top, ".git/config"), "utf8")).not.toContain("evil");
  rmSync(join(top, ".git/objects"), { recursive: true });
  const mended = await readyOf(cache, repo);
  expect(gitIn(mended.repo, "fsck", mended.commit)).toBe("");
});

test("submodules stay empty folders, and files in LFS stay pointers", async () => {
  const root = folder();
  const { path, work } = bareRepo(root, "x.git", { a: "1" });
  const pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:aa\nsize 3\n";
  writeFileSync(join(work, "big.bin"), pointer);
  writeFileSync(join(work, ".gitattributes"), "*.bin filter=lfs diff=lfs merge=lfs -text\n");
  writeFileSync(join(work, ".gitmodules"), '[submodule "s"]\n\tpath = s\n\turl = ../gone.git\n');
  gitIn(work, "add", "--all");
  gitIn(work, "update-index", "--add", "--cacheinfo", `160000,${"1".repeat(40)},s`);
  gitIn(work, "commit", "--quiet", "--message=more");
  gitIn(work, "push", "--quiet", path, "main");
  const mirror = await readyOf(await cacheAt(join(root, "cache")), repoAt(`file://${path}`));
  await using workspace = await workspaceOf(mirror, root);
  await using worktree = valueOf(await workspace.open(mirror.commit, { name: "u", deps: "none" }));
  expect(readFileSync(join(worktree.path, "big.bin"), "utf8")).toBe(pointer);
  expect(statSync(join(worktree.path, "s")).isDirectory()).toBe(true);
  writeFileSync(join(worktree.path, "a"), "2");
  expect(valueOf(await worktree.commit("change"))?.files).toEqual(["a"]);
});

test("many who want one repository fetch it once", async () => {
  const root = folder();
  bareRepo(root, "x.git", { a: "1" });
  await using server = await gitHttpServer(root);
  const repo = repoAt(`${server.url}/x.git`);
  const caches = await Promise.all([1, 2, 3, 4].map(() => cacheAt(join(root, "cache"))));
  await Promise.all(caches.map((cache) => readyOf(cache, repo)));
  // Each asks what the branch is; a pack is sent to one of them.
  expect(server.requests.filter((one) => one.startsWith("POST")).length).toBe(4 + 2);
});

test("the cache tells what it holds, and a mirror with worktrees stays", async () => {
  const root = folder();
  const cacheFolder = join(root, "cache");
  const cache = await cacheAt(cacheFolder);
  const [one, two] = ["one.git", "two.git"].map((name) => bareRepo(root, name, { a: name }));
  await readyOf(cache, repoAt(`file://${one?.path}`));
  const mirror = await readyOf(cache, repoAt(`file://${two?.path}`));
  await using workspace = await workspaceOf(mirror, root);
  const worktree = valueOf(await workspace.open(mirror.commit, { name: "u", deps: "none" }));
  const usage = await cacheUsage(cacheFolder);
  expect(usage.map(({ url, isInUse }) => [url, isInUse])).toEqual([
    [`file://${one?.path}`, false],
    [`file://${two?.path}`, true],
  ]);
  const slugs = usage.map(({ slug }) => slug);
  expect(await dropMirrors(cacheFolder, slugs)).toEqual([slugs[0]]);
  await worktree[Symbol.asyncDispose]();
  expect(await dropMirrors(cacheFolder, slugs)).toEqual([slugs[1]]);
  expect(await cacheUsage(cacheFolder)).toEqual([]);
});

test("a host is asked for so many repositories at a time, however many are wanted", async () => {
  const root = folder();
  const names = Array.from({ length: 6 }, (_, at) => `${at}.git`);
  for (const name of names) bareRepo(root, name, { a: "1" });
  await using server = await gitHttpServer(root);
  const cache = await cacheAt(join(root, "cache"), { depth: 1, perHost: 2 });
  await Promise.all(names.map((name) => readyOf(cache, repoAt(`${server.url}/${name}`))));
  expect(server.mostAtOnce()).toBeLessThanOrEqual(2);
  expect(server.requests.length).toBeGreaterThan(names.length);
});
