import { rmSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "vitest";

import type { RunEvent } from "../../src/model/event.ts";
import { runKilled } from "../support/killed-run.ts";
import { skein, yamlFile } from "../support/run-skein.ts";
import { smallDisk } from "../support/small-disk.ts";
import { git, tempRepo } from "../support/temp-repo.ts";

type Finished = Extract<RunEvent, { readonly kind: "run-finished" }>;

function endOf(events: readonly RunEvent[]): Finished | undefined {
  return events.findLast((event) => event.kind === "run-finished");
}

/** `spoil` is done by the second of three tasks, until the file `mended` is in git's folder. */
function spoiledBy(spoil: string): string {
  const isMended = 'test -e "$(git rev-parse --git-common-dir)/info/mended"';
  return yamlFile("plan.yaml", {
    version: 1,
    name: "spoiled",
    tasks: {
      one: { run: "echo one > one.txt" },
      two: { needs: ["one"], run: `${isMended} || ${spoil}; echo two > two.txt` },
      three: { needs: ["two"], run: "echo three > three.txt" },
    },
  });
}

const isolated = ["-c", "user.name=Test", "-c", "user.email=test@localhost"].join(" ");

function repoAt(path: string): string {
  return `git init --quiet --initial-branch=main ${path} && cd ${path} && echo a > a.txt && git add . && git ${isolated} commit --quiet -m base`;
}

test("a full disk under the worktrees stops the run, fails no unit, and the run goes on when there is room", async () => {
  const disk = await smallDisk("24m");
  const repo = tempRepo({ "a.txt": "a\n" });
  const plan = spoiledBy("cat /dev/zero > big || exit 1");
  const full = await disk.skein(["run", plan, "--repo", repo, "--json"]);
  expect(full.exitCode, full.stderr).toBe(5);
  expect(endOf(full.events)).toMatchObject({
    exitCode: 5,
    outcomes: { done: 1, cancelled: 2 },
    failure: {
      kind: "environment",
      message: expect.stringContaining("the disk of the folder of worktrees is full") as string,
      hint: "free some room, then go on with skein resume",
    },
  });
  expect(git(repo, "worktree", "list").trim().split("\n")).toHaveLength(1);
  await disk.sh(`touch ${repo}/.git/info/mended`);
  const resumed = await disk.skein(["resume", "--repo", repo, "--json"]);
  expect(resumed.exitCode, resumed.stderr).toBe(0);
  expect(endOf(resumed.events)?.outcomes).toEqual({ done: 3 });
  const one = resumed.events.filter(
    (event) => event.kind === "unit-started" && event.unit === "one",
  );
  expect(one).toEqual([]);
});

test("a full disk under journal and repository ends the run with a word, and loses nothing that was written", async () => {
  const disk = await smallDisk("24m");
  const repo = join(disk.path, "repo");
  await disk.sh(repoAt(repo));
  const plan = spoiledBy(`cat /dev/zero > ${repo}/.skein/big`);
  const args = ["--repo", repo, "--unsandboxed"];
  const full = await disk.skein(["run", plan, ...args]);
  expect(full.exitCode, full.stderr).toBe(5);
  const said = `${full.stderr}${full.stdout}`;
  expect(said).toMatch(/the disk (of .* )?is full/);
  expect(said).toContain("next: free some room, then go on with skein resume");
  expect(said).not.toContain("bug");
  await disk.sh(`rm ${repo}/.skein/big; touch ${repo}/.git/info/mended`);
  const resumed = await disk.skein(["resume", ...args, "--json"]);
  expect(resumed.exitCode, resumed.stderr).toBe(0);
  expect(endOf(resumed.events)?.merged).toEqual(["one", "two", "three"]);
  expect(await disk.sh(`cd ${repo} && git worktree list | wc -l`)).toBe("1");
});

test("a repository that is read-only is told as such, before and while a run is at work", async () => {
  const disk = await smallDisk("24m");
  const repo = join(disk.path, "repo");
  await disk.sh(`${repoAt(repo)}; mkdir .skein; mount --bind .skein .skein`);
  const readOnly = `mount --bind ${repo}/.git ${repo}/.git; mount -o remount,bind,ro ${repo}/.git`;
  const plan = spoiledBy(`{ ${readOnly}; }`);
  const args = ["--repo", repo, "--unsandboxed", "--json"];
  const refused = await disk.skein(["run", plan, ...args]);
  expect(refused.exitCode, refused.stderr).toBe(5);
  expect(endOf(refused.events)).toMatchObject({
    outcomes: { done: 1, cancelled: 2 },
    failure: { kind: "environment", message: expect.stringMatching(/read-only|EROFS/i) as string },
  });
  await disk.sh(`umount ${repo}/.git; touch ${repo}/.git/info/mended`);
  const resumed = await disk.skein(["resume", ...args]);
  expect(resumed.exitCode, resumed.stderr).toBe(0);
  expect(endOf(resumed.events)?.merged).toEqual(["one", "two", "three"]);
  await disk.sh(`mount -o remount,ro ${disk.path}`);
  const none = await disk.skein(["run", plan, "--repo", repo]);
  expect(none.exitCode, none.stderr).toBe(5);
  expect(none.stderr).toContain("the file system is read-only");
});

test("a run whose folder is deleted under it says so; what was finished is on its refs", async () => {
  const repo = tempRepo({ "a.txt": "a\n" });
  const plan = spoiledBy(`rm -rf ${repo}/.skein`);
  const gone = await skein(["run", plan, "--repo", repo, "--unsandboxed"]);
  expect(gone.exitCode, gone.stderr).toBe(5);
  expect(gone.stderr).toMatch(/the journal of run \S+ cannot be written: it was deleted/);
  expect(gone.stderr).not.toContain("bug");
  expect(git(repo, "for-each-ref", "--format=%(refname)", "refs/skein")).toContain("/one/1");
  expect(git(repo, "worktree", "list").trim().split("\n")).toHaveLength(1);
});

test("a base that git has collected is named, and brought back it is gone on from", async () => {
  const repo = tempRepo({ "a.txt": "a\n" });
  const plan = spoiledBy("true");
  await runKilled(["run", plan, "--repo", repo], { kind: "line", text: '"kind":"unit-started"' });
  const base = git(repo, "rev-parse", "HEAD").trim();
  git(repo, "bundle", "create", join(repo, ".git", "kept"), "main");
  git(repo, "commit", "--amend", "--message=another");
  rmSync(join(repo, ".git", "worktrees"), { recursive: true, force: true });
  git(repo, "reflog", "expire", "--expire=now", "--all");
  git(repo, "gc", "--quiet", "--prune=now");
  const lost = await skein(["resume", "--repo", repo]);
  expect(lost.exitCode).toBe(5);
  expect(lost.stderr).toContain(`is not in the repository any more: ${base}`);
  git(repo, "fetch", "--quiet", join(repo, ".git", "kept"), "main");
  const resumed = await skein(["resume", "--repo", repo]);
  expect(resumed.exitCode, resumed.stderr).toBe(0);
});
