import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, test, vi } from "vitest";

import { keepRecord } from "../../src/adapters/daemon/record-file.ts";
import { diskFiles } from "../../src/adapters/memory/disk-files.ts";
import { runCli } from "../../src/cli/run-cli.ts";
import { withProposals } from "../../src/core/daemon/proposals.ts";
import { begun, emptyRecord, ended, paused } from "../../src/core/daemon/record.ts";
import { widthOf } from "../../src/core/text-layout.ts";
import { fakeIo } from "../support/fake-io.ts";
import { git, tempRepo, writeFiles } from "../support/temp-repo.ts";

const config = mkdtempSync(join(tmpdir(), "skein-config-"));

const key = { ANTHROPIC_API_KEY: "none" };

/** What `skein daemon status` says where no daemon is at work. */
async function status(repo: string, ...more: readonly string[]): Promise<string> {
  return statusWith(key, repo, ...more);
}

async function statusWith(
  env: Readonly<Record<string, string>>,
  repo: string,
  ...more: readonly string[]
): Promise<string> {
  const io = fakeIo({ env: { XDG_CONFIG_HOME: config, ...env }, columns: 300 });
  const argv = ["node", "skein", "daemon", "status", "--repo", repo, ...more];
  expect(await runCli(argv, io), io.err()).toBe(0);
  return io.out();
}

/** A job's line in there. */
const line = (told: string, job: string): string | undefined =>
  told
    .split("\n")
    .find((one) => one.startsWith(`  ${job}  `))
    ?.trim()
    .replaceAll(/ {2,}/g, "  ");

const daily = (more = ""): string => `---\ncron: "0 3 * * *"\n${more}---\nLook for stale notes.\n`;

test("schedules and what is wrong with them are told without a daemon at work", async () => {
  const repo = tempRepo({ "a.txt": "a\n" });
  const schedules = join(repo, ".skein/schedules");
  writeFiles(schedules, { "good.md": daily(), "wrong.md": daily("colour: red\n") });
  const told = await status(repo);
  expect(told).toContain("daemon is not at work; skein daemon start\n");
  expect(line(told, "schedule/good")).toMatch(
    /^schedule\/good {2}waits {2}its time is \d{4}-\d\d-\d\d 03:00 UTC$/,
  );
  expect(line(told, "schedule/wrong")).toMatch(/ {2}waits {2}its file is wrong: .*colour/);
  expect(line(told, "dream")).toBe("dream  waits  nothing new is in the inbox");
  expect(line(told, "tidy")).toBe("tidy  due");
  expect(told).toMatch(/^24 hours: nothing done$/m);
  expect(JSON.parse(await status(repo, "--json"))).toMatchObject({
    phase: "stopped",
    jobs: expect.arrayContaining([{ job: "tidy", is: "due", why: "" }]),
  });
});

test("the status is as wide as the window at most, and what is to be typed stands in one line", async () => {
  const repo = tempRepo({ "a.txt": "a\n" });
  writeFiles(join(repo, ".skein/schedules"), {
    "good.md": daily(),
    "wrong.md": daily("colour: red\nmissed: always\n"),
    "what-holes-do-the-dependencies-have.md": daily(),
    "theirs.md": daily(),
  });
  git(repo, "add", "--force", ".skein/schedules/theirs.md");
  const command = `skein run .skein/drop/${"n".repeat(30)}.yaml`;
  const text = "the plan that was dropped in is a valid one";
  const proposals = withProposals([], {
    job: "j",
    isDone: true,
    at: 1,
    proposals: [{ about: "dropped/n.yaml", text, command, hangsOn: [] }],
  });
  await keepRecord(diskFiles(repo), { ...emptyRecord, proposals });
  for (const columns of [80, 120]) {
    const io = fakeIo({ env: { XDG_CONFIG_HOME: config, ...key }, columns });
    await runCli(["node", "skein", "daemon", "status", "--repo", repo], io);
    const lines = io.out().split("\n");
    expect(Math.max(...lines.map(widthOf))).toBeLessThanOrEqual(columns);
    for (const typed of [command, "git rm --cached .skein/schedules/theirs.md"])
      expect(lines.filter((one) => one.includes(typed))).toHaveLength(1);
  }
});

test("a task in words waits for a model, and says where its key belongs; a plan file needs none", async () => {
  const repo = tempRepo({ "a.txt": "a\n" });
  writeFiles(join(repo, ".skein/schedules"), {
    "words.md": daily(),
    "edits.md": daily("profile: accept-edits\n"),
    "plan.md": "---\ncron: '0 3 * * *'\nplan: plan.yaml\n---\n",
  });
  writeFiles(repo, { "plan.yaml": "version: 1\nname: n\ntasks:\n  a:\n    run: make\n" });
  const needs = `waits  it needs a model: set ANTHROPIC_API_KEY where skein daemon start is given, or in ${config}/skein/daemon.env for its systemd unit`;
  const told = await statusWith({}, repo);
  expect(line(told, "schedule/words")).toBe(`schedule/words  ${needs}`);
  expect(line(told, "schedule/edits")).toBe(`schedule/edits  ${needs}`);
  expect(line(told, "schedule/plan")).toContain("  waits  its time is");
  for (const env of [key, { ANTHROPIC_BASE_URL: "http://127.0.0.1:1" }])
    expect(await statusWith(env, repo)).not.toContain("needs a model");
});

test("a schedule that is switched off says so, whatever it lacks besides", async () => {
  const repo = tempRepo({ "a.txt": "a\n" });
  const schedules = join(repo, ".skein/schedules");
  writeFiles(schedules, {
    "words.md": daily("enabled: false\n"),
    "plan.md": "---\ncron: '@daily'\nplan: gone.yaml\nenabled: false\n---\n",
  });
  const told = await statusWith({}, repo);
  for (const name of ["words", "plan"])
    expect(line(told, `schedule/${name}`)).toBe(`schedule/${name}  waits  it is switched off`);
});

test("whatever lies in the folders is taken, or said why not", async () => {
  const repo = tempRepo({ "a.txt": "a\n" });
  const skein = join(repo, ".skein");
  writeFiles(skein, {
    "schedules/Nightly Job.md": daily(),
    "schedules/sub/lost.md": daily(),
    "schedules/notes.txt": "notes",
    "schedules/.swp": "",
    "drop/sp ace ü.yaml": "version: 1\n",
  });
  symlinkSync("Nightly Job.md", join(skein, "schedules/link.md"));
  mkdirSync(join(skein, "drop/later"));
  const told = await status(repo);
  expect(line(told, "schedule/Nightly Job")).toContain("  waits  its time is ");
  expect(line(told, "schedule/sub/")).toContain(
    "waits  it is a folder; files in it are not looked at",
  );
  expect(line(told, "schedule/notes.txt")).toContain("waits  its name does not end in .md");
  expect(line(told, "schedule/link.md")).toContain(
    "waits  it is a link, or no plain file; a copy of it would be taken",
  );
  expect(line(told, "dropped/later/")).toContain("  waits  it is a folder");
  expect(line(told, "dropped/sp ace ü.yaml")).toMatch(/ {2}(?:due|waits {2}it is being written)$/);
  expect(told).not.toContain(".swp");
});

test("times are told as the reader's clocks show them, with their zone; programs are told of UTC", async () => {
  const repo = tempRepo({ "a.txt": "a\n" });
  const file = daily("tz: UTC\n");
  writeFiles(join(repo, ".skein/schedules"), { "x.md": file });
  const running = { job: "tidy", slot: "x", startedAt: 1, byHand: false };
  const endedAt = Date.parse("2026-01-01T22:45:00Z");
  const end = { outcome: "done" as const, said: "swept", usd: 0, endedAt, proposals: [] };
  await keepRecord(diskFiles(repo), ended(begun(emptyRecord, running), end));
  const told = async (...more: readonly string[]): Promise<string> => {
    const io = fakeIo({ env: { XDG_CONFIG_HOME: config, ...key }, timeZone: "Asia/Kolkata" });
    await runCli(["node", "skein", "daemon", "status", "--repo", repo, ...more], io);
    return io.out();
  };
  expect(await told()).toMatch(/^ {2}schedule\/x +waits +its time is \S+ 08:30 Asia\/Kolkata$/m);
  expect(await told()).toMatch(
    /^what it did last, by the clocks of Asia\/Kolkata:\n {2}2026-01-02 04:15 {2}tidy {2}swept$/m,
  );
  expect(await told("--json")).toMatch(/its time is \S+ 03:00 UTC"/);
});

test("git is asked as often for many schedules and plans as for one", async () => {
  const folder = mkdtempSync(join(tmpdir(), "skein-git-"));
  const said = join(folder, "said");
  const real = (process.env["PATH"] ?? "").split(":").find((one) => existsSync(join(one, "git")));
  writeFiles(folder, { git: `#!/bin/sh\necho "$@" >> ${said}\nexec ${real}/git "$@"\n` });
  chmodSync(join(folder, "git"), 0o755);
  const asked = async (count: number): Promise<readonly string[]> => {
    const repo = tempRepo({ "a.txt": "a\n" });
    const names = Array.from({ length: count }, (_, at) => `n${at}`);
    writeFiles(join(repo, ".skein"), {
      ...Object.fromEntries(names.map((name) => [`schedules/${name}.md`, daily()])),
      ...Object.fromEntries(names.map((name) => [`drop/${name}.yaml`, "version: 1\n"])),
    });
    vi.stubEnv("PATH", `${folder}:${process.env["PATH"]}`);
    await status(repo);
    vi.unstubAllEnvs();
    const calls = readFileSync(said, "utf8").trimEnd().split("\n");
    rmSync(said);
    return calls;
  };
  const once = await asked(1);
  expect(once.length).toBeGreaterThan(0);
  expect(await asked(7)).toEqual(once);
});

test("a schedule whose plan is not there says so at once", async () => {
  const repo = tempRepo({ "a.txt": "a\n" });
  writeFiles(join(repo, ".skein/schedules"), {
    "lost.md": "---\ncron: '* * * * *'\nplan: gone.yaml\n---\n",
  });
  expect(await status(repo)).toMatch(/^ {2}schedule\/lost +waits +there is no gone.yaml$/m);
});

test("a daemon that was paused and then stopped is still paused, and the status says so", async () => {
  const repo = tempRepo({ "a.txt": "a\n" });
  await keepRecord(diskFiles(repo), paused(emptyRecord));
  expect(await status(repo)).toContain(
    "skein daemon start\n  waits  paused by a person, until skein daemon resume\n",
  );
});

test.each([
  ["status", 0],
  ["dismiss --all", 0],
  ["dismiss abc", 2],
] as const)("daemon %s says what a damaged record means, and leaves it", async (words, code) => {
  const repo = tempRepo({ "a.txt": "a\n" });
  writeFiles(repo, { ".skein/daemon/state.json": '{"version":1,"isPaused":true' });
  const io = fakeIo({ env: { XDG_CONFIG_HOME: config } });
  const argv = ["node", "skein", "daemon", ...words.split(" "), "--repo", repo];
  expect(await runCli(argv, io), io.err()).toBe(code);
  expect(io.err()).toContain(
    "note: the daemon's record .skein/daemon/state.json is damaged: what was done and proposed, and whether it was paused, is not known",
  );
  expect(readdirSync(join(repo, ".skein/daemon"))).toEqual(["state.json"]);
});

test("what was at work when a daemon was ended is not at work any more, for programs too", async () => {
  const repo = tempRepo({ "a.txt": "a\n" });
  const running = { job: "tidy", slot: "x", startedAt: 1, byHand: false };
  await keepRecord(diskFiles(repo), begun(emptyRecord, running));
  const told = JSON.parse(await status(repo, "--json")) as object;
  expect(told).toMatchObject({ phase: "stopped" });
  expect(told).not.toHaveProperty("running");
});

test("a dropped plan that has mistakes says so before its job has run, and nothing that is due otherwise does", async () => {
  const repo = tempRepo({ "a.txt": "a\n" });
  const lines = "version: 1\nname: n\ntasks:\n  a:\n    runn: make\n";
  writeFiles(join(repo, ".skein/drop"), {
    "good.yaml": lines.replace("runn", "run"),
    "bad.yaml": lines,
    "worse.yaml": `${lines}    x: 1\n    y: 2\n    z: 3\n`,
    "none.yaml": "a: [",
  });
  // What is written right now waits.
  vi.setSystemTime(Date.now() + 60_000);
  const told = await status(repo);
  const asJson = JSON.parse(await status(repo, "--json")) as { readonly jobs: readonly object[] };
  vi.useRealTimers();
  expect(line(told, "dropped/good.yaml")).toBe("dropped/good.yaml  due");
  const wrong = 'it is wrong: line 5: there is no key "runn" here (did you mean run?)';
  expect(line(told, "dropped/bad.yaml")).toBe(`dropped/bad.yaml  waits  ${wrong}`);
  expect(line(told, "dropped/worse.yaml")).toContain("; and 1 more");
  expect(line(told, "dropped/none.yaml")).toMatch(/ waits {2}it is wrong: line 1: /);
  expect(asJson.jobs).toContainEqual({ job: "dropped/bad.yaml", is: "waits", why: wrong });
});

test("a schedule whose plan has mistakes says so before its time comes, with the plan's line, and when its time is", async () => {
  const repo = tempRepo({ "a.txt": "a\n" });
  const lines = "version: 1\nname: n\ntasks:\n  a:\n    runn: make\n";
  const bad = "---\ncron: '0 3 * * *'\nplan: bad.yaml\n";
  writeFiles(repo, { "bad.yaml": lines, "good.yaml": lines.replace("runn", "run") });
  writeFiles(join(repo, ".skein/schedules"), {
    "bad.md": `${bad}---\n`,
    "good.md": "---\ncron: '0 3 * * *'\nplan: good.yaml\n---\n",
    "off.md": `${bad}enabled: false\n---\n`,
    "theirs.md": `${bad}---\n`,
  });
  git(repo, "add", "--force", ".skein/schedules/theirs.md");
  const told = await status(repo);
  expect(line(told, "schedule/bad")).toMatch(
    /^schedule\/bad {2}waits {2}its plan is wrong: bad\.yaml line 5: there is no key "runn" here \(did you mean run\?\); its time is \S+ 03:00 UTC$/,
  );
  expect(line(told, "schedule/good")).toMatch(/^schedule\/good {2}waits {2}its time is \S+ 03:00/);
  expect(line(told, "schedule/off")).toBe("schedule/off  waits  it is switched off");
  expect(line(told, "schedule/theirs")).toContain("came with the repository");
  expect(told.match(/its plan is wrong/g)).toHaveLength(1);
});

test("outside of any repository no daemon is begun, nor told anything, and no folder is made", async () => {
  const folder = mkdtempSync(join(tmpdir(), "skein-nowhere-"));
  for (const words of [
    ["start"],
    ["run"],
    ["status"],
    ["pause"],
    ["resume"],
    ["dismiss", "--all"],
  ]) {
    const io = fakeIo({ env: { XDG_CONFIG_HOME: config } });
    const exitCode = await runCli(["node", "skein", "daemon", ...words, "--repo", folder], io);
    expect([exitCode, io.err()], words[0]).toEqual([
      2,
      expect.stringContaining("is in no git repository, and has no .skein"),
    ]);
  }
  expect(readdirSync(folder)).toEqual([]);
});
