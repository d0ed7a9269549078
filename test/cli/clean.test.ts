import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { expect, test, vi } from "vitest";

import { childIdentity } from "../../src/adapters/process-identity.ts";
import { claimRun } from "../../src/adapters/run-owner.ts";
import { cleanCommand } from "../../src/cli/commands/clean.ts";
import { runCli } from "../../src/cli/run-cli.ts";
import type { RunEvent } from "../../src/model/event.ts";
import type { CommitId, RunId, UnitId } from "../../src/model/ids.ts";
import { noSpend } from "../../src/model/spend.ts";
import { fakeIo } from "../support/fake-io.ts";
import { runKilled } from "../support/killed-run.ts";
import { skein, yamlFile } from "../support/run-skein.ts";
import { journalOf, runStarted } from "../support/run-story.ts";
import { git, tempRepo, writeFiles } from "../support/temp-repo.ts";

/** Worktrees of this machine's own runs are none of these tests'. */
const worktrees = await vi.hoisted(async () => {
  const { mkdtempSync: make } = await import("node:fs");
  const { tmpdir: base } = await import("node:os");
  const folder = make(`${base()}/skein-worktrees-`);
  process.env["SKEIN_WORKTREES"] = folder;
  return folder;
});
const env = { SKEIN_WORKTREES: worktrees };

async function clean(
  repo: string,
  ...args: readonly string[]
): Promise<{ exitCode: number; out: string; err: string }> {
  const io = fakeIo({ columns: 100 });
  const exitCode = await runCli(["node", "skein", "clean", ...args, "--repo", repo], io);
  return { exitCode, out: io.out(), err: io.err() };
}

function write(repo: string, id: string, events: readonly RunEvent[]): string {
  const folder = join(repo, ".skein", "runs", id);
  mkdirSync(folder, { recursive: true });
  const lines = journalOf(events).map((entry) => `${JSON.stringify(entry)}\n`);
  writeFileSync(join(folder, "journal.jsonl"), lines.join(""));
  return folder;
}

type Finished = Extract<RunEvent, { kind: "run-finished" }>;

function ended(id: string, more: Partial<Finished>): Finished {
  return {
    kind: "run-finished",
    run: id as RunId,
    outcomes: {},
    exitCode: 0,
    merged: [],
    notMerged: [],
    spent: noSpend,
    durationMs: 1_000,
    ...more,
  };
}

/** A run that changed a file, with its branch and the ref of its unit. */
function ran(repo: string, id: string): string {
  const base = git(repo, "rev-parse", "HEAD").trim() as CommitId;
  git(repo, "switch", "--quiet", "--create", `skein/${id}`);
  writeFiles(repo, { [`${id}.txt`]: `${id}\n` });
  git(repo, "add", `${id}.txt`);
  git(repo, "commit", "--quiet", `--message=work of ${id}`);
  const commit = git(repo, "rev-parse", "HEAD").trim() as CommitId;
  git(repo, "switch", "--quiet", "main");
  git(repo, "update-ref", `refs/skein/${id}/one/1`, commit);
  const branch = `skein/${id}`;
  write(repo, id, [
    runStarted({ run: id as RunId, name: `work ${id}`, base }),
    ended(id, { result: { branch, commit, files: 1, insertions: 1, deletions: 0 } }),
  ]);
  return commit;
}

const [taken, squashed, waiting, broken, cut, alive] = [
  "261101-100000-00aaa",
  "261102-100000-00bbb",
  "261103-100000-00ccc",
  "261104-100000-00ddd",
  "261105-100000-00eee",
  "261106-100000-00fff",
] as const;

/** A run of each kind. */
async function manyRuns(): Promise<string> {
  const repo = tempRepo({ "a.txt": "a\n", ".gitignore": ".skein\n" });
  ran(repo, taken);
  git(repo, "merge", "--quiet", "--no-ff", "--no-edit", `skein/${taken}`);
  ran(repo, squashed);
  git(repo, "merge", "--quiet", "--squash", `skein/${squashed}`);
  git(repo, "commit", "--quiet", "--message=squashed");
  ran(repo, waiting);
  git(repo, "update-ref", `refs/skein/${broken}/two/1`, "HEAD");
  const notMerged = [{ unit: "two" as UnitId, outcome: "failed", reason: "red" }] as const;
  write(repo, broken, [
    runStarted({ run: broken as RunId }),
    ended(broken, { exitCode: 1, notMerged }),
  ]);
  write(repo, cut, [runStarted({ run: cut as RunId })]);
  await claimRun(write(repo, alive, [runStarted({ run: alive as RunId })]));
  return repo;
}

function runsIn(repo: string): readonly string[] {
  return readdirSync(join(repo, ".skein", "runs")).toSorted();
}

function refsIn(repo: string): readonly string[] {
  return git(repo, "for-each-ref", "--format=%(refname)").trim().split("\n");
}

test("what is taken goes, with branch and refs; all else stays as it is, and each is told with its why", async () => {
  const repo = await manyRuns();
  const dry = await clean(repo, "--dry-run");
  expect(dry.out.replaceAll(/ +[\d.]+ kB/g, " N kB")).toMatchInlineSnapshot(`
    "2 runs can go, N kB
      261102-100000-00bbb N kB  its result is taken: work 261102-100000-00bbb
      261101-100000-00aaa N kB  its result is taken: work 261101-100000-00aaa
    4 runs stay
      at work, skein cancel ends it: 261106-100000-00fff
      cut off, skein resume goes on with it: 261105-100000-00eee
      failed, skein retry does that again: 261104-100000-00ddd
      its result is not taken, skein apply: 261103-100000-00ccc
      skein clean RUN removes one all the same
    "
  `);
  expect(runsIn(repo)).toHaveLength(6);
  const { exitCode, err } = await clean(repo, "--yes");
  expect(exitCode).toBe(0);
  expect(err).toMatch(/^removed 2 runs, 2 branches; \d+ kB freed\n$/);
  expect(runsIn(repo)).toEqual([waiting, broken, cut, alive]);
  expect(refsIn(repo)).toEqual([
    "refs/heads/main",
    `refs/heads/skein/${waiting}`,
    `refs/skein/${waiting}/one/1`,
    `refs/skein/${broken}/two/1`,
  ]);
  expect((await clean(repo, "--yes")).err).toBe("there is nothing to remove\n");
  const fresh = await clean(tempRepo({ "a.txt": "a\n" }), "--yes");
  expect(fresh).toEqual({ exitCode: 0, out: "", err: "there is nothing to remove\n" });
});

test("a run that is named goes whatever came of it, but not while it is at work", async () => {
  const repo = await manyRuns();
  const commit = git(repo, "rev-parse", `skein/${waiting}`).trim();
  const one = await clean(repo, "00ccc", "--yes");
  expect(one.err).toContain(`the result of ${waiting} was ${commit}; until git collects it`);
  expect(runsIn(repo)).toHaveLength(5);
  expect((await clean(repo, "*", "--yes")).err).toMatch(/^(note: .*\n)*removed 4 runs/);
  expect(runsIn(repo)).toEqual([alive]);
  const live = await clean(repo, "latest", "--yes");
  expect(live.out).toContain(`at work, skein cancel ends it: ${alive}`);
  expect(live.exitCode).toBe(1);
  expect(runsIn(repo)).toEqual([alive]);
});

test("a star in a name stands for any text, and what else a glob has for itself", async () => {
  const repo = await manyRuns();
  for (const name of ["!*zz*", "!(*zz*)", "{*ccc,*ddd}", "*[c]cc", "?61103*", "!*"]) {
    const none = await clean(repo, name, "--dry-run");
    expect(none).toMatchObject({ exitCode: 2, out: "" });
    expect(none.err).toContain(`no run is called ${name}`);
  }
  const some = await clean(repo, "2611*-100000-*c", "--dry-run");
  expect(some.out).toContain(waiting);
  expect(some.out).not.toContain(broken);
});

test("a branch that somebody worked on, or has checked out, is left to them", async () => {
  const repo = tempRepo({ "a.txt": "a\n", ".gitignore": ".skein\n" });
  ran(repo, taken);
  ran(repo, squashed);
  git(repo, "merge", "--quiet", "--no-edit", `skein/${taken}`);
  git(repo, "switch", "--quiet", `skein/${taken}`);
  git(repo, "commit", "--quiet", "--allow-empty", "--message=more");
  git(repo, "switch", "--quiet", `skein/${squashed}`);
  const { err } = await clean(repo, "*", "--yes");
  expect(err).toContain(`skein/${taken} holds something else by now; it stays`);
  expect(err).toContain(`skein/${squashed} is checked out in ${repo}; it stays`);
  expect(err).toMatch(/removed 2 runs, 0 branches/);
  expect(refsIn(repo)).toEqual([
    "refs/heads/main",
    `refs/heads/skein/${taken}`,
    `refs/heads/skein/${squashed}`,
  ]);
});

test("nothing goes without a yes: of a person, or on the command line", async () => {
  const repo = await manyRuns();
  const unasked = await clean(repo);
  expect(unasked.exitCode).toBe(2);
  expect(unasked.err).toContain("nobody is there to say yes");
  const options = { runs: [], repo, olderThan: 0, dryRun: false, yes: false, json: false };
  for (const answer of ["", "n", undefined])
    await cleanCommand(options, fakeIo({ isTTY: true }), async () => answer);
  expect(runsIn(repo)).toHaveLength(6);
  const young = { ...options, olderThan: Date.now() };
  await cleanCommand(young, fakeIo({ isTTY: true }), async () => "y");
  expect(runsIn(repo)).toHaveLength(6);
  await cleanCommand(options, fakeIo({ isTTY: true }), async () => "y");
  expect(runsIn(repo)).toHaveLength(4);
});

test("what is not a run of Skein's here is never touched: other names, links, what came with the repository", async () => {
  const repo = tempRepo({
    [`.skein/runs/${broken}/journal.jsonl`]: "",
    "kept/journal.jsonl": "",
  });
  const commit = ran(repo, taken);
  git(repo, "update-ref", "refs/skein/cache/abc", commit);
  git(repo, "branch", `skein/${squashed}`, commit);
  git(repo, "branch", "skein/mine", commit);
  write(repo, "cache", []);
  symlinkSync(join(repo, "kept"), join(repo, ".skein", "runs", waiting));
  await clean(repo, "*", "--yes");
  expect(runsIn(repo)).toEqual([waiting, broken, "cache"].toSorted());
  expect(existsSync(join(repo, "kept", "journal.jsonl"))).toBe(true);
  expect(refsIn(repo)).toEqual([
    "refs/heads/main",
    `refs/heads/skein/${squashed}`,
    "refs/heads/skein/mine",
    "refs/skein/cache/abc",
  ]);
});

test("a run whose branch cannot be removed just now stays whole, and the others go", async () => {
  const repo = await manyRuns();
  mkdirSync(join(repo, ".git", "refs", "heads", "skein", `${taken}.lock`));
  const { exitCode, err } = await clean(repo, "--yes");
  expect(exitCode).toBe(1);
  expect(err).toContain("removed 1 run, 1 branch;");
  expect(runsIn(repo)).toEqual([taken, waiting, broken, cut, alive]);
  expect(refsIn(repo)).toContain(`refs/skein/${taken}/one/1`);
}, 30_000);

test("a clean that was killed half way is finished by the next one", async () => {
  const repo = tempRepo({ "a.txt": "a\n", ".gitignore": ".skein\n" });
  ran(repo, taken);
  git(repo, "branch", "-D", `skein/${taken}`);
  mkdirSync(join(repo, ".skein", "runs", `.${squashed}-123`, "logs"), { recursive: true });
  expect((await clean(repo, "--yes")).err).toMatch(/^removed 1 run, 0 branches/);
  expect(runsIn(repo)).toEqual([]);
  expect(refsIn(repo)).toEqual(["refs/heads/main"]);
});

test("of two cleans at once the second says what the first has done, and is content with it", async () => {
  const repo = await manyRuns();
  const options = { runs: [], repo, olderThan: 0, dryRun: false, yes: false, json: false };
  const io = fakeIo({ isTTY: true });
  const exitCode = await cleanCommand(options, io, async () => {
    await clean(repo, "--yes");
    return "y";
  });
  expect(exitCode).toBe(0);
  expect(io.err()).toBe(
    [squashed, taken]
      .map((id) => `another skein clean has removed run ${id} meanwhile\n`)
      .join("")
      .concat("removed 0 runs, 0 branches; 0 B freed\n"),
  );
});

test("a run that somebody has taken up since it was judged stays to them", async () => {
  const repo = await manyRuns();
  const options = { runs: [taken], repo, olderThan: 0, dryRun: false, yes: false, json: false };
  const io = fakeIo({ isTTY: true });
  const exitCode = await cleanCommand(options, io, async () => {
    const identity = JSON.stringify(childIdentity(process.ppid));
    writeFileSync(join(repo, ".skein", "runs", taken, "owner-1.json"), identity);
    return "y";
  });
  expect(exitCode).toBe(1);
  expect(io.err()).toContain(
    `another skein clean, or who goes on with it, has run ${taken} by now`,
  );
  expect(io.err()).not.toContain("skein cancel");
  expect(runsIn(repo)).toHaveLength(6);
});

test("worktrees of a run whose process is gone go, the run stays and can go on", async () => {
  const repo = tempRepo({ "a.txt": "one\n" });
  const plan = yamlFile("plan.yaml", {
    version: 1,
    name: "two",
    tasks: { one: { run: "echo 1 > one.txt" }, two: { needs: ["one"], run: "echo 2 > two.txt" } },
  });
  const acting = '"unit":"two","attempt":1,"state":"acting"';
  await runKilled(["run", plan, "--repo", repo], { kind: "line", text: acting }, env);
  expect(git(repo, "worktree", "list").trim().split("\n").length).toBeGreaterThan(1);
  const done = await skein(["clean", "--yes", "--repo", repo], { env });
  expect(done.stdout).toMatch(/^worktrees of 1 other run can go, \d+ kB: their processes or /);
  expect(git(repo, "worktree", "list").trim().split("\n")).toHaveLength(1);
  expect((await skein(["resume", "--repo", repo], { env })).exitCode).toBe(0);
});

/** A batch run over one repository, killed while a command of it was at work there. */
async function killedBatch(cwd: string): Promise<{ id: string; other: string; folder: string }> {
  const other = tempRepo({ "a.txt": "one\n" });
  const plan = yamlFile("plan.yaml", {
    version: 1,
    name: "fleet",
    repos: [other],
    tasks: {
      each: {
        strategy: { matrix: { repo: "${{ repos }}" } },
        workspace: { repo: "${{ matrix.repo }}" },
        run: "echo two > a.txt",
      },
    },
  });
  await runKilled(["run", plan], { kind: "line", text: '"state":"acting"' }, env, cwd);
  const [id = ""] = runsIn(cwd).filter((name) => /^\d/.test(name));
  const folder = join(worktrees, `skein-${process.getuid?.() ?? 0}`, id);
  expect(git(other, "worktree", "list").trim().split("\n")).toHaveLength(2);
  return { id, other, folder };
}

test.each(["inside of a repository", "outside of any"])(
  "worktrees of a batch run that was killed go with it, started %s",
  async (where) => {
    const isInside = where === "inside of a repository";
    const cwd = isInside
      ? tempRepo({ "b.txt": "b\n", ".gitignore": ".skein\n" })
      : mkdtempSync(join(tmpdir(), "skein-test-"));
    const { id, other, folder } = await killedBatch(cwd);
    const done = await clean(cwd, id, "--yes");
    expect(done).toMatchObject({ exitCode: 0 });
    expect(done.err).toMatch(/^removed 1 run, 0 branches; /);
    expect(existsSync(folder)).toBe(false);
    expect(git(other, "worktree", "list").trim().split("\n")).toHaveLength(1);
  },
);

/** In a place of its own, where no worktree can be removed; what git keeps of one can. */
function withoutRemoving(): Readonly<Record<string, string>> {
  const bin = mkdtempSync(join(tmpdir(), "skein-test-"));
  const rm = `case "$*" in *${worktrees}*) exit 1 ;; esac; exec /bin/rm "$@"`;
  writeFileSync(join(bin, "rm"), `#!/bin/sh\n${rm}\n`, { mode: 0o755 });
  return { ...env, PATH: `${bin}:${process.env["PATH"] ?? ""}` };
}

test("a run whose worktrees cannot be removed stays, and the next clean removes both", async () => {
  const plan = yamlFile("plan.yaml", { version: 1, name: "one", tasks: { one: { run: "true" } } });
  const repo = tempRepo({ "a.txt": "one\n", ".gitignore": ".skein\n" });
  const { id, other, folder } = await killedBatch(repo);
  await runKilled(["run", plan, "--repo", repo], { kind: "line", text: '"state":"acting"' }, env);
  const alone = runsIn(repo).find((name) => /^\d/.test(name) && name !== id) ?? "";
  // Of another repository's run that happens to be called so.
  writeFiles(join(folder, "theirs"), { ".git": `gitdir: ${other}/.git/worktrees/none\n` });
  const args = ["clean", id, alone, "--yes"];
  const failed = await skein(args, { cwd: repo, env: withoutRemoving() });
  expect(failed.exitCode).toBe(1);
  for (const run of [id, alone])
    expect(failed.stderr).toContain(`could not be removed whole; run ${run} stays`);
  expect(failed.stderr).toContain("removed 0 runs, 0 branches; 0 B freed");
  expect(runsIn(repo)).toEqual(expect.arrayContaining([id, alone]));
  const done = await skein(args, { cwd: repo, env });
  expect(done.stderr).toMatch(/^removed 2 runs, 0 branches; /);
  expect(readdirSync(folder)).toEqual(["theirs"]);
  rmSync(folder, { recursive: true });
  expect(existsSync(join(dirname(folder), alone))).toBe(false);
});

test("worktrees whose repository is gone go after a week; others' and young ones stay", async () => {
  const repo = tempRepo({ "a.txt": "a\n", ".gitignore": ".skein\n" });
  ran(repo, waiting);
  const all = join(worktrees, `skein-${process.getuid?.() ?? 0}`);
  const gone = { ".git": "gitdir: /nowhere/.git/worktrees/one\n" };
  const other = { ".git": `gitdir: ${repo}/.git\n` };
  const old = Date.now() / 1_000 - 8 * 24 * 3_600;
  const folders = { lost: gone, theirs: other, young: gone, mixed: gone } as const;
  for (const [name, files] of Object.entries(folders))
    writeFiles(join(all, `261001-000000-${name}`), { [`one/.git`]: files[".git"] });
  writeFiles(join(all, "261001-000000-mixed/two"), other);
  writeFiles(join(all, "261001-000000-batch/repo/one"), gone);
  mkdirSync(join(all, "261001-000000-empty"));
  mkdirSync(join(all, "mine"), { recursive: true });
  chmodSync(all, 0o700);
  for (const name of readdirSync(all))
    if (!name.endsWith("young")) utimesSync(join(all, name), old, old);
  const done = await skein(["clean", "--yes", "--repo", repo], {
    env,
  });
  expect(done.stdout).toMatch(/^worktrees of 3 other runs can go, /);
  expect(readdirSync(all).toSorted()).toEqual(
    ["theirs", "young", "mixed"]
      .map((name) => `261001-000000-${name}`)
      .toSorted()
      .concat("mine"),
  );
});

test("what a run found stays where it is only in its folder, and so does what nobody knows of", async () => {
  const repo = tempRepo({ "a.txt": "a\n" });
  const ids = [
    "261001-100000-aaaa",
    "261001-100001-bbbb",
    "261001-100002-cccc",
    "261001-100003-dddd",
  ];
  const [report, survey, plain, strange] = ids.map((id) => join(repo, ".skein", "runs", id));
  for (const id of ids.slice(0, 3)) write(repo, id, [runStarted(), ended(id, {})]);
  writeFiles(report ?? "", { "report.html": "<p>found</p>" });
  writeFiles(survey ?? "", { "out/one-1/n.txt": "3" });
  writeFiles(strange ?? "", { "notes.txt": "mine" });
  const { out, exitCode } = await clean(repo, "--yes");
  expect(exitCode).toBe(0);
  expect(out).toContain("what it found is only in its folder");
  expect([report, survey, plain, strange].map((folder) => existsSync(folder ?? ""))).toEqual([
    true,
    true,
    false,
    true,
  ]);
});

test("of all runs there may be none to remove: that is how whoever says * wants it", async () => {
  const repo = tempRepo({ "a.txt": "a\n" });
  const folder = write(repo, "261001-100000-aaaa", [runStarted(), ended("261001-100000-aaaa", {})]);
  expect((await clean(repo, "*", "--older-than", "365d", "--yes")).exitCode).toBe(0);
  expect((await clean(repo, "*", "--yes")).exitCode).toBe(0);
  expect(existsSync(folder)).toBe(false);
  expect((await clean(repo, "*", "--yes")).exitCode).toBe(0);
  expect((await clean(repo, "nobody*", "--yes")).exitCode).toBe(2);
});
