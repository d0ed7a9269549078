import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { mkdirSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "vitest";

import { memoryRepo, saidOn } from "../support/memory-repo.ts";

/** A memory with one fact, its id, and its file. */
async function oneFact() {
  const memory = memoryRepo();
  await memory.take(saidOn(1, "The linter of web is eslint", { origin: "run" }));
  await memory.run("dream");
  const [fact] = await memory.facts();
  const project = join(memory.repo, ".skein/memory/project");
  const [name = ""] = readdirSync(project);
  const texts = async (): Promise<readonly string[]> =>
    (await memory.facts()).map(({ id, status, text }) => `${id} ${status} ${text}`);
  return { ...memory, texts, id: fact?.id ?? "?", project, name, file: join(project, name) };
}

test("an edit, by hand or by command, leaves a fact its id, and the name of its file", async () => {
  const { run, runAs, texts, id, file, name, project, repo } = await oneFact();
  const edited = await runAs({ env: { EDITOR: "sed -i s/eslint/oxlint/" } }, "memory", "edit", id);
  expect(edited.stdout).toMatch(
    new RegExp(`^~ reworded +${id.slice(-8).toLowerCase()} .*oxlint$`, "m"),
  );
  expect(await texts()).toEqual([`${id} active The linter of web is oxlint`]);
  writeFileSync(file, readFileSync(file, "utf8").replaceAll("oxlint", "biome"));
  expect((await run("dream")).stdout).toMatch(/^~ reworded .*oxlint → .*biome$/m);
  expect(readdirSync(project)).toEqual([name]);
  mkdirSync(join(repo, ".skein/memory/user"));
  renameSync(file, join(repo, ".skein/memory/user", name));
  expect((await run("dream")).stdout).toContain("(scope: project → user)");
  expect(await texts()).toEqual([`${id} active The linter of web is biome`]);
  const shown = (await run("memory", "show", id)).stdout;
  expect(shown).toMatch(/it said before it was edited[^]* run {2}s-1 #1: .*eslint\n[^]*oxlint\n/);
  expect((await run("memory", "forget", id)).stdout).toMatch(/^- gone .*biome$/m);
  expect((await run("memory", "undo", id)).stdout).toContain("takes back that you forgot it");
  for (const linter of ["biome", "oxlint", "eslint"]) {
    expect((await run("memory", "undo", id)).stdout).toContain("takes back that you edited it");
    expect((await texts())[0], linter).toContain(`${id} active`);
  }
  expect(await texts()).toEqual([`${id} active The linter of web is eslint`]);
});

test("what is written into a fact's file while an editor has it open was said before what that says", async () => {
  const { run, runAs, texts, id, file } = await oneFact();
  const EDITOR = `sed -i s/eslint/biome/ ${file}; sed -i s/eslint/oxlint/`;
  const edited = await runAs({ env: { EDITOR } }, "memory", "edit", id);
  expect(edited.exitCode).toBe(0);
  expect(edited.stdout).toMatch(/^~ reworded .*eslint → .*biome\n~ reworded .*biome → .*oxlint\n$/);
  expect(await texts()).toEqual([`${id} active The linter of web is oxlint`]);
  await run("memory", "undo", id);
  expect(await texts()).toEqual([`${id} active The linter of web is biome`]);
  // Who writes nothing takes nothing back.
  const looked = await runAs(
    { env: { EDITOR: `sed -i s/biome/dprint/ ${file}; true` } },
    "memory",
    "edit",
    id,
  );
  expect(looked.stdout).toMatch(/biome → .*dprint\nnothing changed by it\n$/);
  expect(await texts()).toEqual([`${id} active The linter of web is dprint`]);
});

test("a fact that is put into another folder while an editor has it open is what the editor says, once", async () => {
  const { runAs, texts, id, file, name, repo } = await oneFact();
  const user = join(repo, ".skein/memory/user");
  const EDITOR = `mkdir ${user}; mv ${file} ${user}/${name}; sed -i s/eslint/oxlint/`;
  await runAs({ env: { EDITOR } }, "memory", "edit", id);
  expect(await texts()).toEqual([`${id} active The linter of web is oxlint`]);
});

test("what a person wrote in their editor and memory cannot take is kept, and told where", async () => {
  const { runAs, texts, id, repo } = await oneFact();
  const inbox = join(repo, ".skein/memory/inbox");
  const EDITOR = `mv ${inbox} ${inbox}.away; touch ${inbox}; sed -i s/eslint/oxlint/`;
  const refused = await runAs({ env: { EDITOR } }, "memory", "edit", id);
  expect(refused.exitCode).toBe(1);
  const [, copy = ""] = /^what you wrote is in (.*)$/m.exec(refused.stderr) ?? [];
  expect(readFileSync(copy, "utf8")).toContain("The linter of web is oxlint");
  rmSync(inbox);
  renameSync(`${inbox}.away`, inbox);
  expect(await texts()).toEqual([`${id} active The linter of web is eslint`]);
});

test("an edited fact that is exported and imported is the same fact there, with its id", async () => {
  const { run, runAs, texts, id } = await oneFact();
  await runAs({ env: { EDITOR: "sed -i s/eslint/oxlint/" } }, "memory", "edit", id);
  const { stdout } = await run("memory", "export");
  const other = memoryRepo();
  await other.take(JSON.parse(stdout) as object);
  await other.run("dream");
  expect((await other.facts()).map((one) => `${one.id} ${one.text}`)).toEqual([
    `${id} The linter of web is oxlint`,
  ]);
  await other.runAs({ env: { EDITOR: "sed -i s/oxlint/biome/" } }, "memory", "edit", id);
  const [back] = await other.facts();
  const file = JSON.stringify(back);
  await run("memory", "import", writtenIn(file));
  await run("dream");
  expect(await texts()).toContain(`${id} active The linter of web is biome`);
  expect((await texts()).filter((one) => one.startsWith(id))).toHaveLength(1);
});

function writtenIn(text: string): string {
  const file = join(memoryRepo().repo, "lines.jsonl");
  writeFileSync(file, text);
  return file;
}

test("a line that claims the id of a fact that is there is a fact of its own", async () => {
  const { run, take, texts, id } = await oneFact();
  const alike = `01BX5ZZKBK${"A".repeat(8)}${id.slice(-8)}`;
  await take(
    saidOn(9, "The owner of web is Ana", { session: "other", fact: id, origin: "run" }),
    saidOn(9, "The port of web is 80", { session: "else", fact: alike }),
  );
  expect((await run("dream")).exitCode).toBe(0);
  const held = await texts();
  expect(held).toHaveLength(3);
  expect(held).toContain(`${id} active The linter of web is eslint`);
  expect(new Set(held.map((one) => one.slice(18, 26))).size).toBe(3);
});

test("who erases what only claims to be a fact erases nothing of that fact, also of a file of it that was put aside", async () => {
  const { run, take, facts, file, id } = await oneFact();
  await take(saidOn(9, "The owner of web is Ana", { session: "other", fact: id, origin: "run" }));
  await run("dream");
  const claim = (await facts()).find(({ text }) => text.includes("Ana"))?.id ?? "?";
  writeFileSync(file, readFileSync(file, "utf8").replaceAll("eslint", "oxlint"));
  await run("memory", "restore", "--all");
  const kept = readFileSync(`${file}.kept`, "utf8");
  const erased = await run("memory", "forget", claim, "--erase");
  expect(erased).toMatchObject({ exitCode: 0, stderr: "" });
  expect(readFileSync(`${file}.kept`, "utf8")).toBe(kept);
  expect((await facts()).map((one) => one.text)).toEqual(["The linter of web is eslint"]);
  // Who erases the fact itself erases that, too.
  await run("memory", "forget", id, "--erase");
  expect(existsSync(`${file}.kept`)).toBe(false);
});

test.each(["a-copy.md", "z-copy.md"])(
  "a copy of a fact's file that is edited together with it is a fact of its own, whatever its name: %s",
  async (copy) => {
    const { run, texts, id, file, project } = await oneFact();
    const text = readFileSync(file, "utf8");
    writeFileSync(file, text.replaceAll("eslint", "oxlint"));
    writeFileSync(
      join(project, copy),
      text.replace("The linter of web is eslint", "Ana looks after the importer"),
    );
    await run("dream");
    const held = await texts();
    expect(held).toHaveLength(2);
    expect(held).toContain(`${id} active The linter of web is oxlint`);
    expect(held.join()).toContain("active Ana looks after the importer");
  },
);

test.each([
  ["a-copy.md", "eslint"],
  ["z-copy.md", "eslint"],
  ["a-copy.md", "oxlint"],
  ["z-copy.md", "oxlint"],
])(
  "so is an edited copy of one that was put into another folder: %s, where that says %s",
  async (copy, linter) => {
    const { run, texts, facts, id, file, name, project } = await oneFact();
    const text = readFileSync(file, "utf8");
    mkdirSync(join(project, "../user"));
    rmSync(file);
    writeFileSync(join(project, "../user", name), text.replaceAll("eslint", linter));
    writeFileSync(
      join(project, copy),
      text.replace("The linter of web is eslint", "Ana looks after the importer"),
    );
    await run("dream");
    expect(await texts()).toHaveLength(2);
    expect(await texts()).toContain(`${id} active The linter of web is ${linter}`);
    expect((await facts()).find((one) => one.id === id)?.scope).toBe("user");
  },
);

test("how often a fact was read still counts once it is edited", async () => {
  const { run, runAs, repo, facts, id } = await oneFact();
  const source = { session: "s-1", seq: 1 };
  writeFileSync(
    join(repo, ".skein/memory/inbox/used-1.jsonl"),
    `${JSON.stringify({ type: "used", at: "2026-10-03T00:00:00Z", source })}\n`,
  );
  await run("dream");
  for (const [from, to] of [
    ["eslint", "oxlint"],
    ["oxlint", "biome"],
  ])
    await runAs({ env: { EDITOR: `sed -i s/${from}/${to}/` } }, "memory", "edit", id);
  expect((await facts()).map((one) => [one.id, one.use_count])).toEqual([[id, 1]]);
});

test("the file of a forgotten fact that is put back as it was says it again, under its id", async () => {
  const { run, file, texts, id } = await oneFact();
  const text = readFileSync(file, "utf8");
  await run("memory", "forget", id);
  expect(await texts()).toEqual([]);
  writeFileSync(file, text);
  expect((await run("dream")).stdout).toMatch(/^\+ new .*eslint$/m);
  expect(await texts()).toEqual([`${id} active The linter of web is eslint`]);
  rmSync(file);
  await run("dream");
  expect(await texts()).toEqual([]);
});

test("whoever names a fact that is gone hears that, and what brings it back", async () => {
  const { run, runAs, id, texts } = await oneFact();
  const held = await texts();
  await run("memory", "forget", id);
  const short = id.slice(-8).toLowerCase();
  for (const words of [["show"], ["forget"], ["edit"]]) {
    const told = await run("memory", ...words, short);
    expect(told.exitCode).toBe(2);
    expect(told.stderr).toContain(`the fact "${short}" is gone: you forgot it`);
    expect(told.stderr).toContain(`skein memory undo ${short} takes that back`);
  }
  await run("memory", "undo", short);
  expect(await texts()).toEqual(held);
  await runAs({ env: { EDITOR: "sed -i s/eslint/oxlint/" } }, "memory", "edit", id);
  await run("memory", "forget", id, "--erase");
  expect((await run("memory", "undo", id)).stderr).toContain("it was erased");
  expect((await run("memory", "show", id)).stderr).toContain(`the fact "${id}" was erased`);
});

test("whoever names a fact that was merged into another one hears which, and so does who reads what a dream changed", async () => {
  const { run, take, id, texts } = await oneFact();
  await take(
    saidOn(1, "The linter of web is eslint", { session: "s-0", at: "2026-09-01T10:00:00Z" }),
  );
  const short = id.slice(-8).toLowerCase();
  const dreamt = await run("dream");
  const [held = ""] = await texts();
  const into = held.slice(18, 26).toLowerCase();
  expect(into).not.toBe(short);
  expect(dreamt.stdout).toContain(
    `- gone        ${short}  The linter of web is eslint (merged into ${into})`,
  );
  expect((await run("memory", "history")).stdout).toContain(`(merged into ${into})`);
  const all = [
    ["show"],
    ["forget"],
    ["edit"],
    ["undo"],
    ["forget", "--erase"],
    ["review", "--accept"],
  ];
  for (const words of all) {
    const told = await run("memory", ...words, short);
    expect(told.exitCode).toBe(2);
    expect(told.stderr).toContain(`the fact "${short}" was merged into ${into}: The linter of web`);
  }
  expect(await texts()).toEqual([held]);
});

test("of two edits of one fact the latest is that fact; the other has an id of its own, also once it is forgotten", async () => {
  const { run, runAs, take, facts, texts, id } = await oneFact();
  await runAs({ env: { EDITOR: "sed -i s/eslint/oxlint/" } }, "memory", "edit", id);
  await take(saidOn(9, "The linter of web is biome", { session: "other", fact: id }));
  await run("dream");
  const held = await texts();
  expect(held).toContain(`${id} active The linter of web is oxlint`);
  const other = (await facts()).find(({ text }) => text.includes("biome"))?.id ?? "?";
  expect(other).not.toBe(id);
  expect((await run("memory", "forget", other)).exitCode).toBe(0);
  expect((await run("memory", "undo", other)).stdout).toContain("takes back that you forgot it");
  expect(await texts()).toEqual(held);
});

test("an edit that comes from another clone takes the place of what it was made of, and only where a person made it", async () => {
  const one = memoryRepo();
  await one.run("memory", "add", "Don't touch the old importer");
  const [fact] = await one.facts();
  const [other, third] = [memoryRepo(), memoryRepo()];
  for (const clone of [other, third]) {
    await clone.take(fact ?? {});
    await clone.run("dream");
  }
  const id = fact?.id ?? "?";
  await one.runAs({ env: { EDITOR: "sed -i s/old/legacy/" } }, "memory", "edit", id);
  const [edited] = await one.facts();
  const now = async (clone: typeof other): Promise<readonly string[]> =>
    (await clone.facts()).map(({ status, text }) => `${status}: ${text}`).toSorted();
  await other.take(edited ?? {});
  await other.run("dream");
  expect(await now(other)).toEqual([
    "active: Don't touch the legacy importer",
    "superseded: Don't touch the old importer",
  ]);
  await third.take({ ...edited, evidence: 1 });
  await third.run("dream");
  expect(await now(third)).toEqual([
    "active: Don't touch the legacy importer",
    "active: Don't touch the old importer",
  ]);
});
