/**
 * What a unit's git work costs on a repository of 5,000 files: opening a worktree against plain git, knowing that it is
 * untouched, committing, and merging against `git merge-tree` alone; dependencies against `cp`. Interleaved, medians.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { openWorkspace } from "../src/adapters/git/open-workspace.ts";
import type { CommitId, RunId } from "../src/model/ids.ts";
import type { Result } from "../src/model/result.ts";

const rounds = 7;
const folder = mkdtempSync("/var/tmp/skein-bench-");
const repo = join(folder, "repo");
const git = (...args: readonly string[]): string =>
  execFileSync("git", ["-c", "user.name=B", "-c", "user.email=b@x", ...args], {
    cwd: repo,
    encoding: "utf8",
  });

function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

/** 5,000 tracked files, and 10,000 installed ones in 500 packages. */
function makeRepo(): CommitId {
  for (let index = 0; index < 15_000; index++) {
    const installed = index >= 5_000;
    const group = Math.floor(index / (installed ? 20 : 10));
    const path = join(repo, installed ? `node_modules/p${group}` : `src/d${group}`);
    if (index % 10 === 0) mkdirSync(path, { recursive: true });
    writeFileSync(join(path, `f${index}.js`), `export const x${index} = ${index};\n`.repeat(40));
  }
  writeFileSync(join(repo, ".gitignore"), "node_modules\n");
  git("init", "--quiet");
  git("add", "--all");
  git("commit", "--quiet", "--message=first");
  return git("rev-parse", "HEAD").trim() as CommitId;
}

const times = new Map<string, number[]>();
async function time<T>(name: string, work: () => T | PromiseLike<T>): Promise<T> {
  const startedAt = performance.now();
  const value = await work();
  times.set(name, [...(times.get(name) ?? []), performance.now() - startedAt]);
  return value;
}

const base = makeRepo();
const opened = await openWorkspace({
  repo,
  run: "bench" as RunId,
  worktreesDir: join(folder, "worktrees"),
});
const workspace = must(opened);
let tip = base;
for (let round = 0; round < rounds; round++) {
  const plain = join(folder, `plain-${round}`);
  await time("git worktree add", () => git("worktree", "add", "--quiet", "--detach", plain));
  const name = `u${round}`;
  const worktree = await time("open", async () =>
    must(await workspace.open(base, { name, deps: "none" })),
  );
  await time("isUntouched", () => worktree.isUntouched());
  writeFileSync(join(worktree.path, `src/d${round}/f${round * 10}.js`), "changed\n");
  const patch = await time("commit", async () => must(await worktree.commit("Change")));
  const theirs = patch?.commit ?? base;
  await time("git merge-tree", () => git("merge-tree", "--write-tree", tip, theirs));
  const ours = tip;
  await time("merge + commit", async () => {
    const merged = must(await workspace.merge({ base, ours, theirs }));
    const commit = { parents: [ours], message: "Merge" };
    tip = must(await workspace.commitTree(merged.tree, commit));
  });
  await time("close", () => worktree[Symbol.asyncDispose]());
  git("worktree", "remove", "--force", plain);
}
for (let round = 0; round < 5; round++) {
  const plain = join(folder, `deps-${round}`);
  await time("git worktree add + cp -al", () => {
    git("worktree", "add", "--quiet", "--detach", plain);
    execFileSync("cp", ["-al", join(repo, "node_modules"), plain]);
  });
  await using _ = await time("open with dependencies", async () =>
    must(await workspace.open(base, { name: `deps${round}`, deps: "hardlink" })),
  );
  git("worktree", "remove", "--force", plain);
}
await workspace[Symbol.asyncDispose]();
rmSync(folder, { recursive: true, force: true });

const against = new Map([
  ["open", "git worktree add"],
  ["merge + commit", "git merge-tree"],
  ["open with dependencies", "git worktree add + cp -al"],
]);
const medianOf = (name: string): number => {
  const sorted = (times.get(name) ?? []).toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
};
const rows = [...times.keys()].map((name) => {
  const other = against.get(name);
  const ratio = other === undefined ? undefined : medianOf(name) / medianOf(other);
  return { name, ms: Number(medianOf(name).toFixed(1)), against: other, ratio: ratio?.toFixed(2) };
});
if (process.argv.includes("--json")) console.log(JSON.stringify(rows));
else console.table(rows);
