import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, onTestFinished, test, vi } from "vitest";

import { memoryFiles } from "../support/memory-files.ts";
import { memoryRepo, saidOn } from "../support/memory-repo.ts";

const token = `ghp_${"a1B2c3D4e5F6".repeat(3)}`;
const key = "AKIAIOSFODNN7EXAMPLE";

/** All that is written below a folder, and the names of it. */
function everythingIn(folder: string): string {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .flatMap((name) => {
      const path = join(folder, name);
      return statSync(path).isFile() ? [name, readFileSync(path, "utf8")] : [name];
    })
    .join("\n");
}

test("a secret in the name of a file is nowhere on disk once a dream has read it, nor after an undo of that", async () => {
  const { run, take, repo, facts } = memoryRepo();
  await take(saidOn(1, "The linter of web is eslint"));
  await run("dream");
  const project = join(repo, ".skein/memory/project");
  mkdirSync(join(project, `of-${token}`));
  const said = {
    [`${token}.md`]: "The owner of web is Ana",
    [`${key}.md`]: "The cache of web is redis",
    [`of-${token}/port.md`]: "The port of web is 80",
  };
  for (const [name, text] of Object.entries(said)) writeFileSync(join(project, name), `${text}\n`);
  await run("dream");
  const texts = (await facts()).map(({ text }) => text).toSorted();
  expect(texts).toEqual([...Object.values(said), "The linter of web is eslint"].toSorted());
  expect(everythingIn(join(repo, ".skein"))).not.toMatch(/ghp_|AKIA/);
  const undone = await run("memory", "undo");
  expect(undone.stderr).not.toMatch(/ghp_|AKIA/);
  expect(everythingIn(join(repo, ".skein"))).not.toMatch(/ghp_|AKIA/);
  // Each has a name of its own, and says what it said.
  for (const text of Object.values(said))
    expect(Object.values(memoryFiles(repo))).toContain(`${text}\n`);
  await run("dream");
  expect((await facts()).map(({ text }) => text).toSorted()).toEqual(texts);
});

test("a secret in the name of a file that cannot be read is in nothing that Skein writes or tells", async () => {
  const { run, repo } = memoryRepo();
  await run("memory", "add", "The linter of web is eslint");
  const project = join(repo, ".skein/memory/project");
  writeFileSync(join(project, `my-${token}.md`), "---\nid: nope\n---\nThe port of web is 80\n");
  writeFileSync(join(project, "new.md"), "The owner of web is Ana\n");
  const told = await run("dream");
  expect(told.stderr).toMatch(
    /my-\[redacted\]\.md: id: 26 characters of a ULID; it has no valid_from, /,
  );
  const kept = everythingIn(join(repo, ".skein/memory.gen"));
  expect(kept).toContain("my-[redacted].md");
  expect(kept).not.toContain("ghp_");
  const restored = await run("memory", "restore", "--all");
  expect(restored.stdout).toContain(
    ".skein/memory/project/my-[redacted].md is none of the latest dream's; it is in .skein/memory/project/my-[redacted].md.kept",
  );
  expect(restored.stdout).not.toContain("ghp_");
  expect(everythingIn(join(repo, ".skein"))).not.toContain("ghp_");
});

test("a file in a folder that is named by a secret is put aside, where nothing is in the way of that", async () => {
  const { run, repo } = memoryRepo();
  await run("memory", "add", "The linter of web is eslint");
  const project = join(repo, ".skein/memory/project");
  mkdirSync(join(project, `of-${token}`));
  writeFileSync(join(project, `of-${token}/port.md`), "The port of web is 80\n");
  writeFileSync(join(project, "of-[redacted]"), "not memory's\n");
  writeFileSync(join(project, "owner.md"), "The owner of web is Ana\n");
  const refused = await run("memory", "restore", "--all");
  expect(refused.exitCode).toBe(2);
  expect(refused.stdout).toContain("owner.md is none of the latest dream's");
  expect(refused.stderr).toContain(
    "memory/project/of-[redacted]/port.md stays where it is: memory/project/of-[redacted] is where it was to be kept",
  );
  expect(refused.stdout + refused.stderr).not.toContain("ghp_");
  rmSync(join(project, "of-[redacted]"));
  expect((await run("memory", "restore", "--all")).exitCode).toBe(0);
  expect(readFileSync(join(project, "of-[redacted]/port.md.kept"), "utf8")).toContain("80");
  expect(everythingIn(join(repo, ".skein"))).not.toContain("ghp_");
});

test("a secret in the name of a file is shown by no command that looks", async () => {
  const { run, repo, facts } = memoryRepo();
  await run("memory", "add", "The linter of web is eslint");
  const [fact] = await facts();
  const project = join(repo, ".skein/memory/project");
  const [name = ""] = readdirSync(project);
  renameSync(join(project, name), join(project, `${token}.md`));
  writeFileSync(join(project, `of-${token}.md`), "The port of web is 80\n");
  for (const words of [["ls"], ["show", fact?.id ?? "?"], ["show", fact?.id ?? "?", "--json"]]) {
    const seen = await run("memory", ...words);
    expect(seen.exitCode).toBe(0);
    expect(seen.stderr).toContain("memory/project/of-[redacted].md is new");
    expect(seen.stdout + seen.stderr).not.toContain("ghp_");
  }
});

test("what is a secret and nothing else is no fact, whoever says it", async () => {
  const { run, take, facts, repo } = memoryRepo();
  const alone = await run("memory", "add", `"${token}".`);
  expect(alone.exitCode).toBe(2);
  expect(alone.stderr).toContain("it is a secret and nothing else, and memory keeps none");
  await take(saidOn(1, key), saidOn(2, "The linter of web is eslint"));
  writeFileSync(join(repo, ".skein/memory/project.md"), `${token}\n`);
  await run("dream");
  expect((await facts()).map(({ text }) => text)).toEqual(["The linter of web is eslint"]);
  expect(everythingIn(join(repo, ".skein"))).not.toMatch(/ghp_|AKIA/);
});

test("an editor that cannot be started leaves nothing behind", async () => {
  const { run, runAs, facts } = memoryRepo();
  await run("memory", "add", "The linter of web is eslint");
  const [fact] = await facts();
  const copies = mkdtempSync(join(tmpdir(), "skein-copies-"));
  vi.stubEnv("TMPDIR", copies);
  const told = await runAs({ env: { EDITOR: "false" } }, "memory", "edit", fact?.id ?? "?");
  expect(told.exitCode).toBe(2);
  expect(told.stderr).toContain("nothing was changed; EDITOR and VISUAL say which editor");
  vi.unstubAllEnvs();
  expect(readdirSync(copies)).toEqual([]);
});

test("a password that is the day it was said keeps no dream from being committed, and is on no disk", async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.parse("2026-11-28T10:00:00Z") });
  onTestFinished(() => void vi.useRealTimers());
  const { run, facts, take, repo } = memoryRepo();
  await run("memory", "add", "The linter of web is eslint");
  writeFileSync(
    join(repo, ".skein/memory/project/mine.md"),
    "---\nsubject: web\npredicate: password\nvalue: 2026-11-28\n---\nweb has the password 2026-11-28\n",
  );
  await take(
    saidOn(1, "The password of api is 2026-11-27", { at: "2026-11-27T10:00:00Z" }),
    saidOn(2, "The port of web is 80", { at: `Nov 1 2026 (${key})` }),
  );
  expect(await run("dream")).toMatchObject({ exitCode: 0 });
  expect((await facts()).map(({ text }) => text).toSorted()).toEqual([
    "The linter of web is eslint",
    "The password of api is [redacted]",
    "The port of web is 80",
    "web has the password [redacted]",
  ]);
  expect(everythingIn(join(repo, ".skein"))).not.toMatch(/password (?:of api is )?2026|AKIA/);
});
