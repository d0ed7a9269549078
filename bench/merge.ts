/**
 * What merging 64 units costs, of which every fifth meets another in a way that code settles, against `git merge-tree` alone
 * on the same commits in the same run: conflicts read, classified and settled, commits written. Interleaved; the ratio counts.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { createGit } from "../src/adapters/git/git.ts";
import { openWorkspace } from "../src/adapters/git/open-workspace.ts";
import { mergeTip } from "../src/app/tips.ts";
import type { CommitId, RunId } from "../src/model/ids.ts";
import {
  fleetFiles,
  makeFleet,
  meetings,
  mergeContext,
  must,
} from "../test/support/merge-fleet.ts";

const [units, pairs, rounds] = [64, 13, 5] as const;
const folder = mkdtempSync("/var/tmp/skein-bench-");
const repo = join(folder, "repo");
mkdirSync(repo);
const git = (...args: readonly string[]): string =>
  execFileSync("git", ["-c", "user.name=B", "-c", "user.email=b@x", ...args], {
    cwd: repo,
    encoding: "utf8",
  });
git("init", "--quiet");
for (const [path, text] of Object.entries(fleetFiles())) {
  mkdirSync(dirname(join(repo, path)), { recursive: true });
  writeFileSync(join(repo, path), text);
}
git("add", "--all");
git("commit", "--quiet", "--message=first");
const base = git("rev-parse", "HEAD").trim() as CommitId;
const alone = createGit(repo);
const rows = [];
for (let round = 0; round < rounds; round++) {
  const worktreesDir = join(folder, `worktrees-${round}`);
  const workspace = must(await openWorkspace({ repo, run: "bench" as RunId, worktreesDir }));
  const fleet = await makeFleet(workspace, base, {
    pairs: Array.from({ length: pairs }, (_, at) => meetings[at % meetings.length] ?? "list"),
    alone: units - 2 * pairs,
    places: Array.from({ length: 128 }, (_, at) => (at * 37 + round) % 128),
  });
  const context = mergeContext(workspace, base);
  for (const { commit } of fleet) context.history.add(commit, [base]);
  let [tip, floorMs, ownMs, conflicts, turn] = [base, 0, 0, 0, 0];
  for (const { commit } of fleet) {
    const ours = tip;
    const runFloor = async (): Promise<void> => {
      const startedAt = performance.now();
      await alone.try(["merge-tree", "--write-tree", "-z", "--messages", ours, commit]);
      floorMs += performance.now() - startedAt;
    };
    const runOwn = async (): Promise<void> => {
      const startedAt = performance.now();
      const merged = must(await mergeTip(context, { ours, theirs: commit, message: "Unit" }));
      ownMs += performance.now() - startedAt;
      if (merged.kind !== "merged") throw new Error("a conflict is left open");
      conflicts += merged.conflicts.length;
      tip = merged.commit;
    };
    // Whoever comes second finds everything read already.
    turn += 1;
    if (turn % 2 === round % 2) await runFloor().then(runOwn);
    else await runOwn().then(runFloor);
  }
  await workspace[Symbol.asyncDispose]();
  const [floor, own] = [floorMs, ownMs].map((ms) => Number(ms.toFixed(0)));
  rows.push({
    units,
    conflicts,
    "merge-tree ms": floor,
    "merge ms": own,
    ratio: Number((ownMs / floorMs).toFixed(2)),
  });
}
rmSync(folder, { recursive: true, force: true });
if (process.argv.includes("--json")) console.log(JSON.stringify(rows));
else console.table(rows);
