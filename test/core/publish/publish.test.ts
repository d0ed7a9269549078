import { execFileSync } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";

import fc from "fast-check";
import { expect, test } from "vitest";

import { decidePush } from "../../../src/core/publish/decide-push.ts";
import { patchScript } from "../../../src/core/publish/patch-script.ts";
import { branchPast, openOnes } from "../../../src/core/publish/published-before.ts";
import { readFound, readOpened } from "../../../src/core/publish/pull-request.ts";
import { closeLine, readStanding, standingLine } from "../../../src/core/publish/pull-standing.ts";
import { readRate, waitFor } from "../../../src/core/publish/rate.ts";
import type { CommitId } from "../../../src/model/ids.ts";
import type { IfExists, PublishEntry } from "../../../src/model/publish.ts";
import type { PullStanding } from "../../../src/model/pull-standing.ts";
import { gitIn, tempFolder, writeFiles } from "../../adapters/git/temp-repo.ts";
import { bareRepo } from "../../adapters/mirrors/mirror-rig.ts";

const commit = fc
  .constantFrom("a", "b", "c", "d", "e")
  .map((letter) => letter.repeat(40) as CommitId);
const ifExists = fc.constantFrom<IfExists>("skip", "replace", "append", "fail");

test("whatever is asked for, only commits that are known to be ours are replaced", () => {
  fc.assert(
    fc.property(
      fc.record({
        branch: fc.constant("b"),
        there: fc.option(commit, { nil: undefined }),
        commit,
        ifExists,
        ours: fc.array(commit).map((all) => new Set(all)),
      }),
      (of) => {
        const decision = decidePush(of);
        if (decision.kind === "push" && decision.expect !== undefined) {
          expect([of.ifExists, of.ours.has(decision.expect), decision.expect]).toEqual([
            "replace",
            true,
            of.there,
          ]);
        }
        if (of.there === undefined) expect(decision).toEqual({ kind: "push", expect: undefined });
        if (of.there === of.commit) expect(decision.kind).toBe("done");
      },
    ),
  );
});

test("whenever one waits as long as it is told, no stretch of time has more than the rate allows, and no wait is longer than needed", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 5 }),
      fc.array(fc.nat(400), { maxLength: 40 }),
      (count, gaps) => {
        const rate = { count, perMs: 1_000 };
        const at: number[] = [];
        let now = 0;
        for (const gap of gaps) {
          now += gap;
          const wait = waitFor(rate, at, now);
          if (wait > 0)
            expect(at.filter((one) => one > now + wait - 1 - 1_000)).toHaveLength(count);
          now += wait;
          at.push(now);
        }
        for (const end of at)
          expect(at.filter((one) => one > end - 1_000 && one <= end).length).toBeLessThanOrEqual(
            count,
          );
      },
    ),
  );
  expect(["10/hour", "1/minute", "0/hour", "10/hr", "x"].map(readRate)).toEqual([
    { count: 10, perMs: 3_600_000 },
    { count: 1, perMs: 60_000 },
    undefined,
    undefined,
    undefined,
  ]);
});

test("the record knows what is ours, which pull request is open, and nothing of other branches", () => {
  const [a, b] = ["a".repeat(40), "b".repeat(40)];
  const entry = { key: "k", branch: "x", run: "r", at: 1 };
  const entries: readonly PublishEntry[] = [
    { ...entry, kind: "prepared", source: a, commit: b },
    { ...entry, kind: "opened", plan: "p", url: "https://x/pull/1" },
    { ...entry, kind: "opened", plan: "p", url: "https://x/pull/2" },
    { ...entry, kind: "closed", url: "https://x/pull/1" },
    { ...entry, branch: "other", kind: "prepared", source: b, commit: a },
  ];
  const past = branchPast(entries, { key: "k", branch: "x" });
  expect([[...past.ours], [...past.twins], past.pr]).toEqual([[b], [[a, b]], "https://x/pull/2"]);
  expect(openOnes(entries, "p").map(({ url }) => url)).toEqual(["https://x/pull/2"]);
  expect(openOnes(entries, "q")).toEqual([]);
});

test("what the tools print is read with suspicion", () => {
  expect(readOpened("Creating…\nhttps://github.com/a/b/pull/12\n")).toBe(
    "https://github.com/a/b/pull/12",
  );
  expect(readOpened("https://evil.example/x")).toBeUndefined();
  const pull = { url: "https://x/pull/1", state: "OPEN", headRefName: "x" };
  expect(readFound(JSON.stringify([pull, { ...pull, headRefName: "x2" }]), "x")).toEqual([
    { url: pull.url, isOpen: true },
  ]);
  expect(readFound(JSON.stringify([{ ...pull, url: "javascript:x" }]), "x")).toBeUndefined();
  expect(readFound("gh: not logged in", "x")).toBeUndefined();
});

const check = (conclusion: string, status = "COMPLETED"): object => ({ status, conclusion });

const gh = (more: object): string => JSON.stringify({ state: "OPEN", isDraft: false, ...more });
test("how a pull request stands is read from what gh and glab print, and asked of the tool its address belongs to", () => {
  const known: readonly (readonly [string, PullStanding | undefined])[] = [
    [gh({}), { state: "open", checks: "none" }],
    [gh({ isDraft: true, statusCheckRollup: [] }), { state: "draft", checks: "none" }],
    [
      gh({ state: "MERGED", statusCheckRollup: [check("SUCCESS"), check("SKIPPED")] }),
      { state: "merged", checks: "passing" },
    ],
    [
      gh({ statusCheckRollup: [check("SUCCESS"), check("", "IN_PROGRESS")] }),
      { state: "open", checks: "pending" },
    ],
    [
      gh({ statusCheckRollup: [check("", "QUEUED"), check("TIMED_OUT")] }),
      { state: "open", checks: "failing" },
    ],
    [
      gh({ statusCheckRollup: [{ state: "PENDING" }, { state: "SUCCESS" }] }),
      { state: "open", checks: "pending" },
    ],
    [
      JSON.stringify({ state: "opened", draft: true, head_pipeline: { status: "running" } }),
      { state: "draft", checks: "pending" },
    ],
    [
      JSON.stringify({ state: "merged", pipeline: { status: "failed" }, head_pipeline: null }),
      { state: "merged", checks: "failing" },
    ],
    [JSON.stringify({ state: "locked" }), { state: "closed", checks: "none" }],
    [JSON.stringify({ state: "new" }), undefined],
    ["not logged in", undefined],
  ];
  for (const [output, standing] of known) expect(readStanding(output)).toEqual(standing);
  expect(standingLine("https://github.com/a/b/pull/12")?.argv.slice(0, 4)).toEqual([
    "gh",
    "pr",
    "view",
    "https://github.com/a/b/pull/12",
  ]);
  expect(closeLine("https://git.example.org/g/h/i/-/merge_requests/7")?.argv).toEqual([
    "glab",
    "mr",
    "close",
    "7",
    "--repo=https://git.example.org/g/h/i",
  ]);
  expect(["--web", "https://x/pull/", "file:///pull/1"].map(closeLine)).toEqual(
    Array(3).fill(undefined),
  );
});

test("the script applies each patch to its own branch, and pushes only when it is told to", () => {
  const root = tempFolder();
  const { path, work, commits } = bareRepo(root, "it's here.git", { a: "1\n" });
  const base = commits[0] ?? ("" as CommitId);
  writeFiles(work, { "b c": "2\n" });
  gitIn(work, "add", "--all");
  gitIn(work, "commit", "--quiet", "--message=change");
  writeFiles(root, { "out/one.patch": gitIn(work, "format-patch", "--stdout", "-1") });
  const branch = "chore/it's-ü";
  writeFiles(root, {
    "out/publish.sh": patchScript([{ url: path, branch, base, file: "one.patch" }]),
  });
  const env = {
    PATH: process.env["PATH"],
    HOME: root,
    GIT_COMMITTER_NAME: "Ada",
    GIT_COMMITTER_EMAIL: "ada@example.org",
  };
  const run = (...args: readonly string[]): string =>
    execFileSync("sh", [join(root, "out/publish.sh"), ...args], {
      env,
      encoding: "utf8",
      stdio: "pipe",
    });
  const branches = (): string => gitIn(path, "for-each-ref", "--format=%(refname:short)").trim();
  expect(run()).toContain(`${branch}: `);
  expect(branches()).toBe("main");
  run("--push");
  expect(branches()).toBe(`${branch}\nmain`);
  expect(gitIn(path, "show", `${branch}:b c`)).toBe("2\n");
  rmSync(root, { recursive: true, force: true });
});
