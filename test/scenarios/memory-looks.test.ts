import { chmodSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, test } from "vitest";

import { findFact } from "../../src/cli/memory-facts.ts";
import { memoryRepo, saidOn } from "../support/memory-repo.ts";
import { git, tempRepo } from "../support/temp-repo.ts";

test("a fact is found by any beginning of what ls shows, by its whole id, and by the end of it", () => {
  const facts = [
    "01KAAAAAAAAAAAAAAA6652Q7T9",
    "01KAAAAAAAAAAAAAAA66A2Q7TX",
    "01KBBBBBBBBBBBBBBBZZZZ6652",
  ].map((id) => ({ fact: { id } }));
  const found = (text: string): unknown => {
    const one = findFact(facts, text);
    return one.ok ? facts.indexOf(one.value) : (one.error.hint ?? "");
  };
  expect(found("6652")).toBe(0);
  expect(found("6652q7t9")).toBe(0);
  expect(found("01kbb")).toBe(2);
  expect(found("zz6652")).toBe(2);
  expect(found("66")).toBe("give more of the id: 6652q7t9, 66a2q7tx");
  expect(found("01ka")).toBe("give more of the id: 6652q7t9, 66a2q7tx");
  expect(found("nope")).toContain("skein memory ls --all");
});

test("facts are listed by words, and fit a terminal; a pipe has them whole", async () => {
  const { run, runAs, take } = memoryRepo();
  const long = `The parser of web reads ${"very ".repeat(40)}large files`;
  await take(saidOn(1, long), saidOn(2, "The linter of web is eslint"));
  await run("dream");
  expect((await run("memory", "ls", "LINTER", "web")).stdout).toMatch(
    /^\w+ {2}The linter [^\n]*\n$/,
  );
  expect((await run("memory", "ls", "parser")).stdout).toContain("large files");
  const none = await run("memory", "ls", "billing");
  expect(none).toMatchObject({ exitCode: 0, stdout: "" });
  expect(none.stderr).toContain("no fact has billing");
  const seen = await runAs({ isOutputTTY: true, columns: 70 }, "memory", "ls");
  for (const line of seen.stdout.trim().split("\n")) expect(line.length).toBeLessThan(70);
  expect(seen.stdout).toContain("…");
});

test("the dreams that are held are listed with what each changed", async () => {
  const { run, runAs, take } = memoryRepo();
  expect((await run("memory", "history")).stderr).toBe("nobody has dreamt yet\n");
  await take(...Array.from({ length: 12 }, (_, n) => saidOn(n + 1, `The port of app${n} is ${n}`)));
  await run("dream");
  await run("memory", "add", "The linter of web is eslint");
  const { stdout } = await run("memory", "history");
  expect(stdout).toMatch(/^generation 2 {2}\d{4}-\d\d-\d\d \d\d:\d\d UTC {2}1 change\n {2}\+ new/);
  expect(stdout).toContain("… 4 more: skein memory history 1");
  const inTokyo = await runAs({ timeZone: "Asia/Tokyo" }, "memory", "history");
  const [, shown = ""] = /^generation 2 {2}(.*) Asia\/Tokyo/.exec(inTokyo.stdout) ?? [];
  const [, wall = ""] = /^generation 2 {2}(.*) UTC/.exec(stdout) ?? [];
  expect(Date.parse(`${shown}Z`) - Date.parse(`${wall}Z`)).toBe(9 * 3_600_000);
  const one = await run("memory", "history", "1");
  expect(one.stdout.match(/\+ new/g)).toHaveLength(12);
  expect((await run("memory", "history", "9")).stderr).toContain("generation 9 is not held");
  const read = await run("memory", "history", "--json");
  expect(JSON.parse(read.stdout.split("\n")[0] ?? "")).toMatchObject({ generation: 2 });
});

test("what waits says who said it, when and where", async () => {
  const { run, take } = memoryRepo();
  await take(saidOn(3, "The base image of web is alpine", { origin: "external" }));
  await run("dream");
  const { stdout } = await run("memory", "review");
  expect(stdout).toContain("from outside on 2026-10-03, it was imported");
});

test("what contradicts what waits is named as it is listed, and nothing is accepted and rejected at once", async () => {
  const { run, take, facts } = memoryRepo();
  await take(
    saidOn(3, "The port of web is 82", { session: "a" }),
    saidOn(3, "The port of web is 83", { session: "b" }),
  );
  await run("dream");
  const [one = "", other = ""] = (await facts()).map(({ id }) => id.slice(-8).toLowerCase());
  const { stdout } = await run("memory", "review");
  expect(stdout).toContain(`it contradicts ${other}, on as good a ground`);
  expect(stdout).toContain(`it contradicts ${one}, on as good a ground`);
  const both = await run("memory", "review", "--accept", one, "--reject", one);
  expect(both).toMatchObject({ exitCode: 2, stdout: "" });
  expect(both.stderr).toContain(`"${one}" is accepted and rejected at once`);
  expect((await run("memory", "review", "--accept", one, "--reject", other)).exitCode).toBe(0);
});

test("a fact is changed in the editor that is set, and holds at once", async () => {
  const { run, runAs, take, facts } = memoryRepo();
  await take(saidOn(1, "The linter of web is eslint", { origin: "run" }));
  await run("dream");
  const [one] = await facts();
  const id = one?.id ?? "";
  const editor = join(mkdtempSync(join(tmpdir(), "skein-editor-")), "editor");
  writeFileSync(editor, '#!/bin/sh\nsed -i "s/eslint/$1/g" "$2"\n');
  chmodSync(editor, 0o755);
  const edited = await runAs({ env: { EDITOR: `${editor} oxlint` } }, "memory", "edit", id);
  expect(edited.exitCode).toBe(0);
  expect((await facts()).map(({ value, evidence }) => `${value} ${evidence}`)).toEqual([
    "oxlint 4",
  ]);
  const none = await run("memory", "edit", (await facts())[0]?.id ?? "");
  expect(none.exitCode).toBe(2);
  expect(none.stderr).toContain("no editor is set");
  const [held] = await facts();
  const failed = await runAs({ env: { EDITOR: "false" } }, "memory", "edit", held?.id ?? "");
  expect(failed.stderr).toContain("false ended with exit code 1");
});

test("what git tracks of the record waits for no dream, and it is said what makes it one's own", async () => {
  const repo = tempRepo({ "a.txt": "a\n" });
  const { run, take } = memoryRepo(repo);
  await take(saidOn(1, "The linter of web is eslint"), saidOn(2, "The port of web is 80"));
  expect((await run("memory", "ls")).stderr).toContain("2 observations wait for skein dream");
  git(repo, "add", "-f", ".skein/memory");
  expect((await run("memory", "ls")).stderr).not.toContain("skein dream");
  const told = await run("dream");
  const inbox = /git rm --cached (\S+), if it is yours/.exec(told.stderr)?.[1] ?? "?";
  git(repo, "rm", "-q", "--cached", inbox);
  expect((await run("dream")).stdout).toContain("2 facts hold");
  expect((await run("memory", "ls")).stderr).toBe("");
});
