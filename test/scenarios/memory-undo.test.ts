import {
  existsSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";

import { expect, test } from "vitest";

import { memoryFiles } from "../support/memory-files.ts";
import { memoryRepo, saidOn } from "../support/memory-repo.ts";

/** A memory in which a person changed a file, removed one and wrote one, and a dream took that in. */
async function editedByHand() {
  const memory = memoryRepo();
  await memory.take(
    saidOn(1, "The linter of web is eslint", { origin: "run" }),
    saidOn(2, "The owner of web is Ana", { origin: "run" }),
  );
  await memory.run("dream");
  const before = memoryFiles(memory.repo);
  const project = join(memory.repo, ".skein/memory/project");
  const [linter = "", owner = ""] = readdirSync(project)
    .toSorted()
    .map((name) => join(project, name));
  writeFileSync(linter, readFileSync(linter, "utf8").replaceAll("eslint", "oxlint"));
  rmSync(owner);
  writeFileSync(join(project, "mine.md"), "The formatter of web is dprint\n");
  await memory.run("dream");
  const texts = async (): Promise<readonly string[]> =>
    (await memory.facts()).map(({ text }) => text).toSorted();
  return { ...memory, before, project, texts };
}

test("an undo of hand edits says once that the next dream takes them in again, and what gives them up", async () => {
  const { run, repo, before, project, texts } = await editedByHand();
  const undone = await run("memory", "undo");
  expect(undone.stderr).toMatch(/mine\.md is as you had left it before\n/);
  expect(undone.stderr.match(/skein memory restore --all/g)).toHaveLength(1);
  expect(undone.stderr).toContain(
    "the next skein dream takes that in again; skein memory restore --all gives it up",
  );
  const restored = await run("memory", "restore", "--all");
  expect(restored.exitCode).toBe(0);
  expect(restored.stdout.trim().split("\n")).toHaveLength(3);
  expect(restored.stdout).toContain(
    ".skein/memory/project/mine.md is none of the latest dream's; it is in .skein/memory/project/mine.md.kept",
  );
  expect(existsSync(join(project, "mine.md"))).toBe(false);
  for (const [name, text] of Object.entries(before))
    expect(memoryFiles(repo)[name], name).toBe(text);
  expect((await run("dream")).stdout).toContain("nothing changed");
  expect(await texts()).toEqual(["The linter of web is eslint", "The owner of web is Ana"]);
  expect((await run("memory", "restore", "--all")).stderr).toContain(
    "every file is as the latest dream left it",
  );
});

test("a file that the latest dream did not leave can be given up by its name", async () => {
  const { run, project } = await editedByHand();
  await run("memory", "undo");
  const given = await run("memory", "restore", "project/mine.md");
  expect(given.exitCode).toBe(0);
  expect(readFileSync(join(project, "mine.md.kept"), "utf8")).toContain("dprint");
  expect((await run("memory", "restore", "project/none.md")).stderr).toContain(
    "there is no file project/none.md",
  );
  expect((await run("memory", "restore", "--all", "project/mine.md")).exitCode).toBe(2);
});

test("a dry run of undo shows what it would change, and changes nothing", async () => {
  const { run, repo, texts } = await editedByHand();
  const [held, facts] = [memoryFiles(repo), await texts()];
  const dry = await run("memory", "undo", "--dry-run");
  expect(dry.exitCode).toBe(0);
  expect(dry.stdout).toMatch(/^- gone .*dprint$/m);
  expect(dry.stdout).toMatch(/^\+ new .*Ana$/m);
  expect(dry.stdout).toContain("memory would be at generation 1");
  expect(dry.stdout).toContain("nothing was written (--dry-run)");
  expect(memoryFiles(repo)).toEqual(held);
  expect(await texts()).toEqual(facts);
  const undone = await run("memory", "undo");
  const changes = /^[-+~=?] .*$/gm;
  expect(undone.stdout.match(changes)).toEqual(dry.stdout.match(changes));
  expect((await run("memory", "undo", "2", "--dry-run")).stderr).toContain("only one dream");
});

/** A memory in which a session said something; `idOf` finds a fact by its words. */
async function saidOnce() {
  const memory = memoryRepo();
  await memory.take(saidOn(1, "The linter of web is eslint", { origin: "run" }));
  await memory.run("dream");
  const texts = async (): Promise<readonly string[]> =>
    (await memory.facts()).map(({ text, status }) => `${status}: ${text}`).toSorted();
  const idOf = async (words: string): Promise<string> =>
    (await memory.facts()).find(({ text }) => text.includes(words))?.id ?? "";
  return { ...memory, texts, idOf };
}

test("one thing that a person added is taken back, and nothing else; that can be taken back, too", async () => {
  const { run, take, texts, idOf } = await saidOnce();
  await run("memory", "add", "The linter of web is oxlint");
  const id = await idOf("oxlint");
  await take(saidOn(2, "The owner of web is Ana"));
  await run("dream");
  const held = await texts();
  const dry = await run("memory", "undo", id, "--dry-run");
  expect(dry.stdout).toMatch(
    /^would take back that you added it on \d{4}-\d\d-\d\d \d\d:\d\d UTC\n\+ restored .*eslint\n- gone .*oxlint\n/,
  );
  expect(dry.stdout).toContain("nothing was written (--dry-run)");
  expect(await texts()).toEqual(held);
  const undone = await run("memory", "undo", id.slice(-8, -3));
  expect(undone.exitCode).toBe(0);
  expect(undone.stdout).toMatch(/^takes back that you added it on/);
  const after = ["active: The linter of web is eslint", "active: The owner of web is Ana"];
  expect(await texts()).toEqual(after);
  await run("dream");
  expect(await texts()).toEqual(after);
  await run("memory", "undo");
  await run("dream");
  expect(await texts()).toEqual(held);
});

test("what was forgotten, accepted or rejected is taken back by the fact's id, also where it is gone", async () => {
  const { run, take, texts, idOf } = await saidOnce();
  await take(
    saidOn(2, "The base image of web is alpine", { origin: "external" }),
    saidOn(3, "The owner of web is Ana", { origin: "run" }),
  );
  await run("dream");
  const held = await texts();
  const [owner, image] = [await idOf("Ana"), await idOf("alpine")];
  await run("memory", "forget", owner);
  await run("memory", "review", "--accept", image);
  expect(await texts()).not.toEqual(held);
  expect((await run("memory", "undo", owner.slice(-8))).stdout).toMatch(
    /^takes back that you forgot it .*\n\+ new .*Ana\n/,
  );
  expect((await run("memory", "undo", image)).stdout).toMatch(
    /^takes back that you accepted it .*\n\? quarantined/,
  );
  expect(await texts()).toEqual(held);
  await run("memory", "review", "--reject", image);
  expect((await run("memory", "undo", image)).stdout).toMatch(/you rejected it/);
  expect(await texts()).toEqual(held);
});

test("of the files that a person changed at once, one is taken back; what they decided before comes back", async () => {
  const { run, runAs, repo, texts, idOf } = await saidOnce();
  await run("memory", "add", "The owner of web is Ana");
  const project = join(repo, ".skein/memory/project");
  for (const name of readdirSync(project)) {
    const text = readFileSync(join(project, name), "utf8");
    writeFileSync(join(project, name), text.replaceAll("eslint", "oxlint").replaceAll("Ana", "Bo"));
  }
  writeFileSync(join(project, "mine.md"), "The formatter of web is dprint\n");
  const dry = await run("memory", "undo", await idOf("Bo"), "--dry-run");
  expect(dry.stdout).toMatch(/^would take back that you edited it/);
  await run("memory", "undo", await idOf("Bo"));
  const rest = ["active: The formatter of web is dprint", "active: The linter of web is oxlint"];
  expect(await texts()).toEqual([...rest, "active: The owner of web is Ana"]);
  await runAs({ env: { EDITOR: "sed -i s/Ana/Cy/" } }, "memory", "edit", await idOf("Ana"));
  await run("memory", "undo", await idOf("Cy"));
  expect(await texts()).toEqual([...rest, "active: The owner of web is Ana"]);
  expect((await run("memory", "undo", await idOf("Ana"))).stdout).toMatch(/you added it/);
  expect(await texts()).toEqual(rest);
});

test("where nothing can be taken back of a fact, the reason is said", async () => {
  const { run, idOf, texts } = await saidOnce();
  const id = await idOf("eslint");
  const none = await run("memory", "undo", id);
  expect(none.exitCode).toBe(2);
  expect(none.stderr).toContain("you decided nothing on it");
  expect(none.stderr).toContain("skein memory forget");
  await run("memory", "forget", id, "--erase");
  const erased = await run("memory", "undo", id.slice(-8));
  expect(erased.exitCode).toBe(2);
  expect(erased.stderr).toContain("it was erased");
  expect((await run("memory", "undo", "nope")).stderr).toContain('there is no fact "nope"');
  expect((await run("memory", "undo", "21")).stderr).toContain("at most 20");
  expect((await run("memory", "undo", "abc")).stderr).toContain("at least 4 characters of an id");
  expect(await texts()).toEqual([]);
});

/** A file of a day of which one part is broken, and a dream that wrote something into it since. */
async function brokenDay() {
  const memory = memoryRepo();
  await memory.take(
    saidOn(1, "The port of web is 80"),
    saidOn(1, "The port of db is 60", { seq: 102 }),
    saidOn(5, "The port of web is 81 now"),
  );
  await memory.run("dream");
  const name = "archive/project/2026-10-05.md";
  const day = join(memory.repo, ".skein/memory", name);
  const clean = readFileSync(day, "utf8");
  const broken = clean.replace(/^evidence: .*$/m, "evidence: high");
  writeFileSync(day, broken);
  await memory.take(saidOn(5, "The port of db is 61 now", { seq: 106 }));
  await memory.run("dream");
  expect(readFileSync(day, "utf8")).toContain("evidence: high");
  return { ...memory, name, day, clean, broken };
}

test("an undo takes what restore wrote for memory's own, also where a part was broken", async () => {
  const { run, name, day, broken } = await brokenDay();
  await run("memory", "restore", name);
  expect(readFileSync(day, "utf8")).not.toContain("evidence: high");
  const dry = await run("memory", "undo", "--dry-run");
  const undone = await run("memory", "undo");
  expect(undone.stderr).not.toContain("was edited since");
  expect(undone.stderr).toContain(`memory/${name} is as you had left it before`);
  expect(dry.stderr).toBe(undone.stderr.replaceAll(" is as you", " would be as you"));
  expect(readFileSync(day, "utf8")).toBe(broken);
});

test("a dream takes what restore wrote for memory's own, too", async () => {
  const { run, take, name, day, facts } = await brokenDay();
  await run("memory", "restore", name);
  await take(
    saidOn(1, "The port of api is 70", { seq: 111 }),
    saidOn(5, "The port of api is 71 now", { seq: 112 }),
  );
  await run("dream");
  expect(readFileSync(day, "utf8").match(/^id: /gm)).toHaveLength(3);
  const ids = (await facts()).map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect((await run("dream")).stdout).toContain("nothing changed");
});

test("a dry run of undo tells of files what the undo tells of them", async () => {
  const { run, name, repo, take } = await brokenDay();
  const mine = join(repo, ".skein/memory/project/mine.md");
  writeFileSync(mine, "The formatter of web is dprint\n");
  await run("dream");
  await take(saidOn(7, "The owner of web is Ana"));
  await run("dream");
  const project = join(repo, ".skein/memory/project");
  const owner = readdirSync(project).find((one) => one.includes("owner")) ?? "";
  rmSync(join(project, owner));
  symlinkSync("/dev/null", join(project, owner));
  const dry = await run("memory", "undo", "3", "--dry-run");
  const undone = await run("memory", "undo", "3");
  expect(dry.stderr).toBe(
    undone.stderr
      .replaceAll(" is as you", " would be as you")
      .replaceAll("; it is left", "; it would be left"),
  );
  // It was to go, and so is not missing.
  expect(undone.stderr).not.toContain(owner);
  expect(readlinkSync(join(project, owner))).toBe("/dev/null");
  expect(undone.stderr).toContain(`${name} is as you had left it before`);
  expect(undone.stderr).toContain("mine.md is as you had left it before");
});

test("a dry run of taking back an edit that no dream has read says what the file would say again", async () => {
  const { run, repo, idOf } = await saidOnce();
  const project = join(repo, ".skein/memory/project");
  const [name = ""] = readdirSync(project);
  const edited = readFileSync(join(project, name), "utf8").replaceAll("eslint", "oxlint");
  writeFileSync(join(project, name), edited);
  const id = await idOf("oxlint");
  const dry = await run("memory", "undo", id, "--dry-run");
  expect(dry.stdout).toMatch(/^would take back that you edited it/);
  expect(dry.stdout).not.toContain("nothing would change");
  expect(readFileSync(join(project, name), "utf8")).toBe(edited);
  const undone = await run("memory", "undo", id);
  const told = /^takes back .*\n([^]*)$/m.exec(undone.stdout)?.[1] ?? "?";
  expect(told).toMatch(/eslint/);
  expect(dry.stdout).toContain(told);
});

test("of a fact that was edited twice one edit after the other is taken back, by its id", async () => {
  const { run, runAs, texts, idOf } = await saidOnce();
  const id = await idOf("eslint");
  for (const [from, to] of [
    ["eslint", "oxlint"],
    ["oxlint", "biome"],
  ])
    await runAs({ env: { EDITOR: `sed -i s/${from}/${to}/` } }, "memory", "edit", id);
  for (const linter of ["oxlint", "eslint"]) {
    const undone = await run("memory", "undo", id);
    expect(undone.stdout).toMatch(/^takes back that you edited it/);
    expect(await texts()).toEqual([`active: The linter of web is ${linter}`]);
  }
  const none = await run("memory", "undo", id);
  expect(none.exitCode).toBe(2);
  expect(none.stderr).toContain("all that you decided on it is taken back");
  await run("memory", "undo", "2");
  expect(await texts()).toEqual(["active: The linter of web is biome"]);
});

test("where all is taken back that was decided on a fact, that is said, and not that others said it", async () => {
  const { run } = memoryRepo();
  const added = await run("memory", "add", "The owner of web is Ana");
  const id = /new +(\w{8})/.exec(added.stdout)?.[1] ?? "?";
  await run("memory", "forget", id);
  expect((await run("memory", "undo", id)).stdout).toContain("you forgot it");
  expect((await run("memory", "undo", id)).stdout).toContain("you added it");
  const none = await run("memory", "undo", id);
  expect(none.exitCode).toBe(2);
  expect(none.stderr).toContain("all that you decided on it is taken back");
  expect(none.stderr).not.toContain("it comes from what sessions");
});

test("a file that a person removed stays so, whichever dreams are taken back, until the next one reads that", async () => {
  const { run, texts, repo } = await saidOnce();
  const project = join(repo, ".skein/memory/project");
  const [linter = ""] = readdirSync(project);
  await run("memory", "add", "The owner of web is Ana");
  rmSync(join(project, linter));
  await run("dream");
  expect(await texts()).toEqual(["active: The owner of web is Ana"]);
  const undone = await run("memory", "undo", "2");
  expect(undone.stderr).toContain(`memory/project/${linter} is as you had left it before`);
  expect(readdirSync(project)).toEqual([]);
  await run("dream");
  expect(await texts()).toEqual([]);
});

test("what was removed and no dream has read is told, and not put back by an undo; an index that is gone is", async () => {
  const { run, texts, repo } = await saidOnce();
  const project = join(repo, ".skein/memory/project");
  const [linter = ""] = readdirSync(project);
  await run("memory", "add", "The owner of web is Ana");
  rmSync(join(project, linter));
  rmSync(join(repo, ".skein/memory/INDEX.md"));
  const dry = await run("memory", "undo", "--dry-run");
  expect(dry.stderr).toContain(`memory/project/${linter} was removed since; it would be left so`);
  const undone = await run("memory", "undo");
  expect(undone.stderr).toBe(dry.stderr.replaceAll("would be", "is"));
  expect(undone.stderr).toContain("skein memory restore --all gives it up");
  expect(readdirSync(project)).toEqual([]);
  expect(existsSync(join(repo, ".skein/memory/INDEX.md"))).toBe(true);
  await run("memory", "restore", `project/${linter}`);
  expect((await run("dream")).stdout).toContain("nothing changed");
  expect(await texts()).toEqual(["active: The linter of web is eslint"]);
});
