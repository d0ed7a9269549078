import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, test } from "vitest";

import { memoryFiles } from "../support/memory-files.ts";
import { memoryRepo, saidOn } from "../support/memory-repo.ts";

/** A memory with a fact in each kind of folder, and a folder elsewhere that somebody links to. */
async function spread() {
  const memory = memoryRepo();
  await memory.take(
    saidOn(1, "The port of web is 80"),
    saidOn(2, "The port of web is 81 now"),
    saidOn(3, "I like short names", { scope: "user" }),
    saidOn(4, "Names are looked at first", { scope: "agents/reviewer" }),
  );
  await memory.run("dream");
  const elsewhere = mkdtempSync(join(tmpdir(), "skein-elsewhere-"));
  writeFileSync(join(elsewhere, "mine.md"), "The port of web is 82\n");
  const root = join(memory.repo, ".skein/memory");
  const texts = async (): Promise<readonly string[]> =>
    (await memory.facts()).map(({ status, text }) => `${status}: ${text}`).toSorted();
  return { ...memory, root, elsewhere, texts };
}

const folders = ["project", "user", "agents", "agents/reviewer", "archive", "archive/project"];
const inTheWay: readonly (readonly [string, string, (at: string, elsewhere: string) => void])[] =
  folders.flatMap((folder) => [
    [folder, "a link", (at, elsewhere) => symlinkSync(elsewhere, at)] as const,
    [folder, "a file", (at) => writeFileSync(at, "not memory's\n")] as const,
  ]);

test.each(inTheWay)(
  "in the place of %s %s is told and left; dreams go on, nothing is forgotten, and nothing outside is touched",
  async (folder, _what, put) => {
    const { run, root, elsewhere, texts } = await spread();
    const held = await texts();
    const away = join(mkdtempSync(join(tmpdir(), "skein-away-")), "folder");
    renameSync(join(root, folder), away);
    put(join(root, folder), elsewhere);
    const told = await run("dream");
    expect(told.exitCode).toBe(0);
    expect(told.stderr).toContain(`memory/${folder} is `);
    for (const scope of ["project", "user", "agents/reviewer"]) {
      const added = await run("memory", "add", `Rule of ${scope} is one`, "--scope", scope);
      expect(added.exitCode, scope).toBe(0);
    }
    await run("memory", "add", "The port of web is 83 now");
    const rules = ["project", "user", "agents/reviewer"].map(
      (one) => `active: Rule of ${one} is one`,
    );
    const now = held.map((one) =>
      one.replace("active: The port of web is 81", "superseded: The port of web is 81"),
    );
    const all = [...now, ...rules, "active: The port of web is 83 now"].toSorted();
    expect(await texts()).toEqual(all);
    expect((await run("memory", "undo")).exitCode).toBe(0);
    expect((await run("memory", "restore", "--all")).exitCode).toBe(2);
    expect(readdirSync(elsewhere)).toEqual(["mine.md"]);
    // Nobody has seen what could not be written, so nobody has removed it.
    rmSync(join(root, folder));
    renameSync(away, join(root, folder));
    await run("memory", "add", "The port of web is 83 now");
    expect((await run("dream")).exitCode).toBe(0);
    expect(await texts()).toEqual(all);
    expect(Object.values(memoryFiles(join(root, "../.."))).join("\n")).toContain("83 now");
    expect((await run("memory", "restore", "--all")).exitCode).toBe(0);
  },
);

test("a folder in the place of a fact's file is told and left, and the fact stays known", async () => {
  const { run, root, texts } = await spread();
  const held = await texts();
  const [name = ""] = readdirSync(join(root, "user"));
  const file = join(root, "user", name);
  const text = readFileSync(file, "utf8");
  rmSync(file);
  mkdirSync(file);
  expect((await run("dream")).stderr).toContain(
    `memory/user/${name} is in the place of a file of memory`,
  );
  expect((await run("memory", "add", "The owner of web is Ana")).exitCode).toBe(0);
  expect(await texts()).toEqual(["active: The owner of web is Ana", ...held].toSorted());
  rmSync(file, { recursive: true });
  expect((await run("memory", "restore")).stdout).toContain(`user/${name} is as the latest dream`);
  expect(readFileSync(file, "utf8")).toBe(text);
  expect(existsSync(`${file}.kept`)).toBe(false);
});

/** A fact whose file a second dream changed, and in the place of which somebody then put a folder. */
async function changedThenBlocked() {
  const memory = await spread();
  const [name = ""] = readdirSync(join(memory.root, "user"));
  await memory.take(saidOn(5, "I like short names", { scope: "user", session: "s-2" }));
  await memory.run("dream");
  const file = join(memory.root, "user", name);
  rmSync(file);
  mkdirSync(file);
  return { ...memory, name, file, held: await memory.texts() };
}

test("what an undo could not write for something in its place is told, and nobody has removed it", async () => {
  const { run, name, file, held, texts } = await changedThenBlocked();
  for (const more of [["--dry-run"], []]) {
    const undone = await run("memory", "undo", ...more);
    expect(undone.exitCode).toBe(0);
    expect(undone.stderr).toContain(`something else is in the place of memory/user/${name}`);
    expect(undone.stderr).not.toContain("was edited since");
  }
  rmSync(file, { recursive: true });
  expect((await run("dream")).exitCode).toBe(0);
  expect(await texts()).toEqual(held);
  expect(readFileSync(file, "utf8")).toContain("support: 2");
});

test("the same after an undo of two dreams, and where no dream but a restore comes next", async () => {
  const { run, name, file, held, texts } = await changedThenBlocked();
  await run("memory", "add", "The owner of web is Ana");
  expect((await run("memory", "undo", "2")).exitCode).toBe(0);
  rmSync(file, { recursive: true });
  const looked = await run("memory", "ls");
  expect(looked.stderr).toContain(`skein memory restore user/${name} brings it`);
  expect((await run("memory", "restore", "--all")).exitCode).toBe(0);
  expect(readFileSync(file, "utf8")).toContain("I like short names");
  expect(await texts()).toEqual(held);
});

test("an undo that would lose what a person wrote, for something in its place, is not made", async () => {
  const { run, root, texts } = await spread();
  const [name = ""] = readdirSync(join(root, "user"));
  const file = join(root, "user", name);
  writeFileSync(file, readFileSync(file, "utf8").replaceAll("short", "long"));
  await run("dream");
  const held = await texts();
  renameSync(file, `${file}.mine`);
  mkdirSync(file);
  const refused = await run("memory", "undo");
  expect(refused.exitCode).toBe(2);
  expect(refused.stderr).toContain(`memory/user/${name} is in the place of what you had written`);
  expect(await texts()).toEqual(held);
  rmSync(file, { recursive: true });
  renameSync(`${file}.mine`, file);
  expect((await run("memory", "undo")).exitCode).toBe(0);
  expect(readFileSync(file, "utf8")).toContain("long names");
});

test("a file that could not be written, was brought back, and is then removed, is forgotten", async () => {
  const { run, name, file, texts } = await changedThenBlocked();
  await run("memory", "add", "The owner of web is Ana");
  rmSync(file, { recursive: true });
  expect((await run("memory", "restore", `user/${name}`)).exitCode).toBe(0);
  rmSync(file);
  expect((await run("dream")).stdout).toMatch(/^- gone .*short names$/m);
  expect((await texts()).join()).not.toContain("short names");
});

test("the same where it was put back by hand", async () => {
  const { run, name, file, texts } = await changedThenBlocked();
  const aside = `${file}.mine`;
  renameSync(file, aside);
  expect((await run("memory", "restore", `user/${name}`)).exitCode).toBe(0);
  const text = readFileSync(file, "utf8");
  rmSync(file);
  renameSync(aside, file);
  await run("memory", "add", "The owner of web is Ana");
  rmSync(file, { recursive: true });
  writeFileSync(file, text);
  await run("dream");
  rmSync(file);
  expect((await run("dream")).stdout).toMatch(/^- gone .*short names$/m);
  expect((await texts()).join()).not.toContain("short names");
});
