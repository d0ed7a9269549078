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
