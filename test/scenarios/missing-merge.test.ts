import { expect, test } from "vitest";

import { finishedOf, skein, type SkeinResult, yamlFile } from "../support/run-skein.ts";
import { git, tempRepo } from "../support/temp-repo.ts";

const verify = [{ run: "! ls | grep broken" }];
/** Ends well and breaks what only the merge's check would see. */
const good = { run: "echo x > broken.txt" };
const bad = { run: "exit 1" };
const other = { run: "echo x > other.txt" };

async function runOf(
  tasks: Readonly<Record<string, object>>,
): Promise<{ readonly repo: string; readonly result: SkeinResult }> {
  const repo = tempRepo({ "a.txt": "one\n" });
  const plan = yamlFile("plan.yaml", { version: 1, name: "missing merge", tasks });
  return { repo, result: await skein(["run", plan, "--repo", repo, "--json"]) };
}

function filesOf(repo: string, result: SkeinResult): readonly string[] {
  const branch = finishedOf(result).result?.branch;
  return branch === undefined
    ? []
    : git(repo, "ls-tree", "-r", "--name-only", branch).trim().split("\n");
}

function reasons(result: SkeinResult): Readonly<Record<string, string>> {
  return Object.fromEntries(finishedOf(result).notMerged.map(({ unit, reason }) => [unit, reason]));
}

test("what a blocked merge was to verify is not in the result, and every command says so", async () => {
  const { repo, result } = await runOf({
    good,
    bad,
    merge: { needs: ["good", "bad"], reduce: { from: ["good", "bad"] }, verify },
  });
  const finished = finishedOf(result);
  expect(finished).toMatchObject({ exitCode: 1, merged: [] });
  expect(finished.result).toBeUndefined();
  expect(reasons(result)["good"]).toBe("its merge did not happen (merge: blocked)");
  const report = await skein(["report"], { cwd: repo });
  expect(report.stdout).toContain("Nothing was merged");
  expect(report.stdout).toContain(`again    skein retry ${finished.run}`);
  expect(report.stdout).not.toContain("take it");
  const status = await skein(["status"], { cwd: repo });
  expect(status.stdout).toContain("its merge did not happen (merge: blocked)");
  const apply = await skein(["apply"], { cwd: repo });
  expect(apply.exitCode).toBe(1);
  expect(apply.stderr).toContain(`skein retry ${finished.run}`);
  expect(git(repo, "ls-files")).toBe("a.txt\n");
});

test("work that no merge was to take in is the result all the same, and apply says what it is without", async () => {
  const { repo, result } = await runOf({
    make: {
      strategy: { matrix: { n: [1, 2, 3] } },
      env: { N: "${{ matrix.n }}" },
      run: 'test "$N" != 2 && echo x > "broken-$N.txt"',
    },
    merge: { needs: ["make"], reduce: { from: "make" }, verify },
    other,
    // Stands on what is not verified.
    after: { needs: ["make"], if: "always()", run: "echo x > after.txt" },
  });
  expect(filesOf(repo, result)).toEqual(["a.txt", "other.txt"]);
  expect(finishedOf(result)).toMatchObject({ exitCode: 1, merged: ["other"] });
  expect(reasons(result)).toMatchObject({
    "make[1]": "its merge did not happen (merge: blocked)",
    "make[3]": "its merge did not happen (merge: blocked)",
    after: "it stands on make[1], which is not merged",
  });
  const apply = await skein(["apply"], { cwd: repo });
  expect(apply.exitCode).toBe(0);
  expect(apply.stderr).toContain("the result is without make[1], make[2], make[3] and 2 more");
  expect(apply.stderr).toContain("skein report");
});

test("what comes after a merge that did not happen begins without its work", async () => {
  const { repo, result } = await runOf({
    good,
    bad,
    merge: { needs: ["good", "bad"], reduce: { from: ["good", "bad"] }, verify },
    after: { needs: ["merge"], if: "always()", run: "ls > after.txt" },
  });
  expect(filesOf(repo, result)).toEqual(["a.txt", "after.txt"]);
  const { branch = "" } = finishedOf(result).result ?? {};
  expect(git(repo, "show", `${branch}:after.txt`)).toBe("a.txt\nafter.txt\n");
});

test("a condition that says no because a need failed verifies nothing either; one that says no to good work leaves it as it is", async () => {
  const merge = { reduce: { from: ["good"] }, verify };
  const failed = await runOf({
    good,
    bad,
    merge: { ...merge, needs: ["good", "bad"], if: "success()" },
  });
  expect(finishedOf(failed.result).result).toBeUndefined();
  const unwanted = await runOf({ good, merge: { ...merge, needs: ["good"], if: "1 == 2" } });
  expect(finishedOf(unwanted.result)).toMatchObject({ exitCode: 0, merged: ["good"] });
});

test("what stands on a merge that was red is not in the result", async () => {
  const { result } = await runOf({
    good,
    merge: { needs: ["good"], reduce: { from: ["good"] }, verify },
    after: { needs: ["good"], run: "echo x > after.txt" },
  });
  expect(finishedOf(result)).toMatchObject({ exitCode: 1, merged: [] });
  expect(reasons(result)).toMatchObject({
    good: "its merge was not verified or not settled",
    after: "it stands on good, which is not merged",
  });
});

test("a retry that makes the merge possible brings the whole result", async () => {
  const repo = tempRepo({ "a.txt": "one\n" });
  const plan = yamlFile("plan.yaml", {
    version: 1,
    name: "missing merge",
    tasks: {
      fine: { run: "echo x > fine.txt" },
      bad: { run: "git rev-parse -q --verify refs/tags/ready" },
      merge: { needs: ["fine", "bad"], reduce: { from: ["fine", "bad"] }, verify },
    },
  });
  const first = await skein(["run", plan, "--repo", repo, "--json"]);
  expect(finishedOf(first).result).toBeUndefined();
  const resumed = await skein(["resume", "--repo", repo]);
  const { run } = finishedOf(first);
  expect(resumed.stderr).toContain(
    `run ${run} has finished with 1 failed, 1 blocked; skein retry ${run} does that again`,
  );
  expect(resumed.exitCode).toBe(1);
  git(repo, "tag", "ready");
  const again = await skein(["retry", "--repo", repo, "--json"]);
  expect(finishedOf(again)).toMatchObject({ exitCode: 0, merged: ["fine"] });
  expect(filesOf(repo, again)).toEqual(["a.txt", "fine.txt"]);
});
