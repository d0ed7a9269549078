import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { execa } from "execa";
import { expect, test } from "vitest";

import { claimFolder } from "../../src/adapters/run-owner.ts";
import { memoryRepo, saidOn } from "../support/memory-repo.ts";

test("a damaged or missing state of memory is made anew from the generations, and said", async () => {
  const { run, take, facts, repo } = memoryRepo();
  await take(saidOn(1, "The linter of web is eslint"));
  await run("dream");
  await take(saidOn(2, "The license of web is MIT"));
  await run("dream");
  const before = await facts();
  const state = join(repo, ".skein/memory.gen/state.json");
  writeFileSync(state, "{ not json");
  const looked = await run("memory", "ls");
  expect(looked.exitCode).toBe(0);
  expect(looked.stderr).toContain("state.json cannot be read");
  expect(looked.stdout).toContain("eslint");
  const dreamt = await run("dream");
  expect(dreamt.exitCode).toBe(0);
  expect(dreamt.stderr).toContain("generation 2, the newest, holds");
  expect((await run("memory", "ls")).stderr).toBe("");
  expect(await facts()).toEqual(before);
  rmSync(state);
  expect((await run("memory", "add", "The owner of web is Ana")).exitCode).toBe(0);
  expect(await facts()).toHaveLength(3);
  expect((await run("memory", "undo", "2")).exitCode).toBe(0);
  expect(await facts()).toHaveLength(1);
});

test("a generation that is damaged is named, and what helps is said and does", async () => {
  const { run, take, facts, repo } = memoryRepo();
  await take(saidOn(1, "The linter of web is eslint", { origin: "run" }));
  await run("dream");
  const before = await facts();
  writeFileSync(join(repo, ".skein/memory.gen/1.json"), "[]");
  const said = await run("memory", "ls");
  expect(said.exitCode).toBe(2);
  expect(said.stderr).toContain(".skein/memory.gen/1.json cannot be read");
  expect(said.stderr).toContain("all of .skein/memory but inbox elsewhere");
  rmSync(join(repo, ".skein/memory.gen"), { recursive: true });
  for (const name of readdirSync(join(repo, ".skein/memory")))
    if (name !== "inbox") rmSync(join(repo, ".skein/memory", name), { recursive: true });
  expect((await run("dream")).exitCode).toBe(0);
  expect(await facts()).toEqual(before);
});

test("what is said while another process is at work on memory is noted once, and that is no failure", async () => {
  const { run, take, facts, repo } = memoryRepo();
  await take(saidOn(1, "The linter of web is eslint"));
  await run("dream");
  const held = await claimFolder(join(repo, ".skein/memory.gen"), "memory");
  const added = await run("memory", "add", "The owner of web is Ana");
  expect(added.exitCode).toBe(0);
  expect(added.stdout).toContain("noted; it takes effect with the next skein dream");
  if (held.ok) await held.value();
  await run("dream");
  expect((await facts()).map(({ value }) => value).toSorted()).toEqual(["Ana", "eslint"]);
});

test("work on memory that is over in a moment is waited for", async () => {
  const { run, take, repo } = memoryRepo();
  await take(saidOn(1, "The linter of web is eslint"));
  await run("dream");
  const held = await claimFolder(join(repo, ".skein/memory.gen"), "memory");
  const adding = run("memory", "add", "The owner of web is Ana");
  await expect.poll(() => readdirSync(join(repo, ".skein/memory/inbox")).length).toBe(2);
  if (held.ok) await held.value();
  expect((await adding).stdout).toContain("+ new");
});

test("where nothing is remembered, commands make no folder; where it is kept outside of a repository is said once", async () => {
  const { run, repo } = memoryRepo();
  for (const args of [["dream"], ["memory", "ls"], ["memory", "undo"], ["memory", "review"]])
    await run(...args);
  expect(readdirSync(repo)).toEqual([]);
  const added = await run("memory", "add", "The owner of web is Ana");
  expect(added.stderr).toContain(`${repo} is in no git repository`);
  expect((await run("memory", "add", "The linter of web is eslint")).stderr).toBe("");
});

test("git sees nothing of a fresh memory", async () => {
  const repo = mkdtempSync(join(tmpdir(), "skein-memory-"));
  await execa("git", ["init", "-q"], { cwd: repo });
  const { run } = memoryRepo(repo);
  const added = await run("memory", "add", "The owner of web is Ana");
  expect(added.stderr).toBe("");
  await run("dream");
  const status = await execa("git", ["status", "--porcelain", "-uall"], { cwd: repo });
  expect(status.stdout).toBe("");
});
