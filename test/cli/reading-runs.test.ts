import { spawn } from "node:child_process";
import { once } from "node:events";
import { appendFileSync, cpSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

import { expect, test } from "vitest";

import { claimRun } from "../../src/adapters/run-owner.ts";
import { runCli } from "../../src/cli/run-cli.ts";
import { fakeIo } from "../support/fake-io.ts";
import { skein } from "../support/run-skein.ts";
import { story } from "../support/run-story.ts";
import { storedStory, type StoredStory, storyRun, writeJournal } from "../support/stored-run.ts";
import { git, tempRepo } from "../support/temp-repo.ts";

async function read(
  run: StoredStory,
  ...args: readonly string[]
): Promise<{ exitCode: number; out: string; err: string }> {
  const io = fakeIo({ columns: 100 });
  const exitCode = await runCli(["node", "skein", ...args, "--repo", run.repo], io);
  return { exitCode, out: io.out(), err: io.err() };
}

/** The run as it stood after so many entries. */
function cut(run: StoredStory, count: number): string {
  return writeJournal(run.repo, story.slice(0, count), run);
}

test("runs lists what was run, with what came of it", async () => {
  const run = storedStory();
  expect((await read(run, "runs")).out).toMatchInlineSnapshot(`
    "run                 started (UTC)     outcome                       cost   time  name
    261123-120000-abcd  2026-11-23 12:00  3 done, 1 skipped, 1 failed  $0.09  36.0s  assert to expect
    "
  `);
  expect(JSON.parse((await read(run, "runs", "--json")).out)).toMatchObject({
    run: storyRun,
    standing: "finished",
    outcomes: { done: 3, failed: 1, skipped: 1 },
    exitCode: 1,
    branch: `skein/${storyRun}`,
  });
});

test("where many runs are kept it is said how some of them go", async () => {
  const run = storedStory();
  const runs = join(run.repo, ".skein", "runs");
  for (let n = 10; n < 49; n += 1)
    cpSync(join(runs, storyRun), join(runs, `261122-1200${n}-abcd`), { recursive: true });
  expect((await read(run, "runs")).err).toBe(
    "40 runs; skein clean removes those whose results are taken\n",
  );
  expect((await read(run, "runs", "--json")).err).toBe("");
});

test("a repository without runs says how to start one, and is nothing to a program", async () => {
  const run = { ...storedStory(), repo: tempRepo({ a: "a" }) };
  const people = await read(run, "runs");
  expect([people.exitCode, people.out]).toEqual([2, ""]);
  expect(people.err).toContain("start one with skein run");
  expect(await read(run, "runs", "--json")).toEqual({ exitCode: 0, out: "", err: "" });
});

test("status tells a finished run's end and what went wrong", async () => {
  expect((await read(storedStory(), "status")).out).toMatchInlineSnapshot(`
    "assert to expect
    run 261123-120000-abcd: finished
      ✗ fix[b] failed: verify: npm test exited with 1
    3 done, 1 skipped, 1 failed · $0.09 · 9.6k tokens · 36.0s
    skein apply 261123-120000-abcd
    skein report 261123-120000-abcd
    skein retry 261123-120000-abcd
    "
  `);
});

test("status is cut to the window at a terminal, and whole where a program reads it", async () => {
  const { repo } = storedStory();
  const at = async (isOutputTTY: boolean): Promise<string> => {
    const io = fakeIo({ columns: 41, isOutputTTY });
    await runCli(["node", "skein", "status", "--repo", repo], io);
    return io.out();
  };
  const figures = "3 done, 1 skipped, 1 failed · $0.09 · 9.6k tokens · 36.0s";
  expect(await at(false)).toContain(`${figures}\n`);
  expect(await at(true)).not.toContain(figures);
});

test("a run that a person stopped is stopped", async () => {
  const run = storedStory();
  const stopped = story.map((entry) =>
    entry.event.kind === "run-finished"
      ? { ...entry, event: { ...entry.event, exitCode: 130 } }
      : entry,
  );
  writeJournal(run.repo, stopped, run);
  const { out } = await read(run, "status");
  expect(out).toContain(`run ${storyRun}: stopped\n`);
  expect(out).toContain(`skein resume ${storyRun}`);
});

test("a run without an end is interrupted when its process is gone, and running while it lives", async () => {
  const run = storedStory();
  const folder = cut(run, 14);
  const gone = await read(run, "status");
  expect(gone.out).toContain("interrupted, its process is gone");
  expect(gone.out).toContain("fix[b] acting 2.0s");
  expect(JSON.parse((await read(run, "status", "--json")).out)).toMatchObject({
    standing: "interrupted",
    interrupted: true,
    elapsedMs: 13_000,
    ended: 1,
  });
  await claimRun(folder);
  expect(JSON.parse((await read(run, "status", "--json")).out)).toMatchObject({
    standing: "running",
    interrupted: false,
  });
});

test("a torn last line is left out and said, on standard error", async () => {
  const run = storedStory();
  const folder = cut(run, 14);
  appendFileSync(join(folder, "journal.jsonl"), '{"seq":14,"at":');
  const status = await read(run, "status", "--json");
  expect(status.err).toBe("note: the last line of the journal is torn: it was being written\n");
  expect(JSON.parse(status.out)).toMatchObject({ ended: 1 });
});

test("log tells the journal in words, for a unit or for all units of a task", async () => {
  const run = storedStory();
  expect((await read(run, "log", "--unit", "fix[b]")).out).toMatchInlineSnapshot(`
    "12:00:11.000 · fix[b] started
    12:00:12.000   fix[b] acting
    12:00:13.000   fix[b] turn 1
    12:00:14.000   fix[b] has used 1020 tokens in, 50 out
    12:00:15.000   fix[b] Edit src/a.ts
    12:00:16.000   fix[b] verifying
    12:00:17.000   fix[b] $ npm test: exit 1 after 2.0s, logs/fix[b]-1.log
    12:00:18.000 ✗ fix[b] failed (41.0s, 1 file +3 -2, 3 turns, 3.2k tokens, $0.03): verify: npm test exited with 1
    "
  `);
  const task = (await read(run, "log", "--unit", "fix")).out;
  expect(task).toContain("fix[a] done");
  expect(task).not.toContain("merge done");
  const unknown = await read(run, "log", "--unit", "nope");
  expect([unknown.exitCode, unknown.out]).toEqual([2, ""]);
});

test("log --json gives the events with stable names, the last is run-finished", async () => {
  const lines = (await read(storedStory(), "log", "--json")).out.trimEnd().split("\n");
  expect(lines).toHaveLength(story.length);
  expect(JSON.parse(lines.at(-1) ?? "")).toMatchObject({
    seq: story.length - 1,
    kind: "run-finished",
  });
});

test("log --follow reads on while the run writes, and ends with it", async () => {
  const run = storedStory();
  const folder = cut(run, 14);
  await claimRun(folder);
  const whole = storedStory();
  const all = readFileSync(join(whole.repo, ".skein", "runs", storyRun, "journal.jsonl"), "utf8");
  const rest = all.split("\n").slice(14).join("\n");
  const child = spawn(
    process.execPath,
    [resolve("bin/skein.js"), "log", "--follow", "--json", "--repo", run.repo],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  let out = "";
  let hasWritten = false;
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    out += text;
    if (hasWritten || out.split("\n").length < 15) return;
    hasWritten = true;
    // In two pieces, the first of which ends in the middle of a line.
    appendFileSync(join(folder, "journal.jsonl"), rest.slice(0, 100));
    appendFileSync(join(folder, "journal.jsonl"), rest.slice(100));
  });
  expect(await once(child, "exit")).toEqual([0, null]);
  expect(
    out
      .trimEnd()
      .split("\n")
      .map((line) => (JSON.parse(line) as { seq: number }).seq),
  ).toEqual(story.map(({ seq }) => seq));
});

test("log --follow ends when the run's process is gone", async () => {
  const run = storedStory();
  cut(run, 14);
  const done = await read(run, "log", "--follow", "--json");
  expect(done.exitCode).toBe(0);
  expect(done.out.trimEnd().split("\n")).toHaveLength(14);
});

test("report comes as text, JSON, CSV and Markdown", async () => {
  const run = storedStory();
  expect((await read(run, "report")).out).toContain(`Result: branch skein/${storyRun}`);
  expect(JSON.parse((await read(run, "report", "--json")).out)).toMatchObject({ run: storyRun });
  expect((await read(run, "report", "--csv")).out).toMatch(/^unit,task,outcome/);
  expect((await read(run, "report", "--md")).out).toMatch(/^# assert to expect\n/);
});

test("diff is a patch that git applies", async () => {
  const run = storedStory();
  const { out } = await read(run, "diff");
  const file = join(run.repo, ".git", "the.patch");
  writeFileSync(file, out);
  git(run.repo, "apply", "--index", file);
  expect(git(run.repo, "write-tree")).toBe(git(run.repo, "rev-parse", `${run.result}^{tree}`));
});

test("diff of one unit is what that unit did; of one that is not there, an error", async () => {
  const run = storedStory();
  expect((await read(run, "diff", "--unit", "fix[a]")).out).toContain("+2\n");
  expect((await read(run, "diff", "--stat")).out).toContain("src/new.ts");
  expect(await read(run, "diff", "--unit", "fix[z]")).toMatchObject({ exitCode: 1, out: "" });
});

test("on a terminal a diff is coloured by us, and its text steers nothing", async () => {
  const run = storedStory();
  const io = fakeIo({ isOutputTTY: true, color: true });
  await runCli(["node", "skein", "diff", "--unit", "fix[a]", "--repo", run.repo], io);
  expect(io.out()).toContain("\u001b[32m+2\u001b[39m");
});

test("a run that merged nothing has no diff and nothing to apply", async () => {
  const run = storedStory();
  cut(run, 14);
  for (const command of ["diff", "apply"]) {
    const done = await read(run, command);
    expect([done.exitCode, done.out]).toEqual([1, ""]);
    expect(done.err).toContain("it has not finished");
  }
});

test("a reader that closes the pipe early is no failure", async () => {
  const run = storedStory();
  const child = spawn(
    process.execPath,
    [resolve("bin/skein.js"), "log", "--json", "--repo", run.repo],
    {
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  child.stdout.destroy();
  let err = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (err += text));
  const [code] = (await once(child, "exit")) as [number];
  expect([code, err]).toEqual([0, ""]);
});

test("the exit code of a command is the process's", async () => {
  const run = storedStory();
  expect((await skein(["report"], { cwd: join(run.repo, "src") })).exitCode).toBe(0);
  expect((await skein(["report", "nope"], { cwd: run.repo })).exitCode).toBe(2);
});
