import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { createSample } from "../../../src/adapters/sample/create-sample.ts";
import { sampleFiles } from "../../../src/adapters/sample/sample-files.ts";

let home: string;
let sample: string;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "skein-sample-"));
  sample = join(home, "gander");
  expect(await createSample(sample)).toMatchObject({ ok: true });
});

afterAll(async () => {
  await rm(home, { recursive: true, force: true });
});

async function git(cwd: string, ...args: readonly string[]): Promise<string> {
  return (await execa("git", args, { cwd })).stdout;
}

/** A clone to change, at the sample's only branch. */
async function copy(name: string): Promise<string> {
  const folder = join(home, name);
  await git(home, "clone", "--quiet", sample, folder);
  return folder;
}

/** The sample's own tests: exit code and what they print. */
async function ownTests(cwd: string): Promise<{ exitCode: number | undefined; output: string }> {
  const done = await execa(process.execPath, ["tools/test.js"], { cwd, reject: false, all: true });
  return { exitCode: done.exitCode, output: done.all };
}

async function edit(
  folder: string,
  files: readonly string[],
  change: (text: string) => string,
): Promise<void> {
  for (const file of files) {
    const path = join(folder, file);
    await writeFile(path, change(await readFile(path, "utf8")));
  }
}

async function filesWith(folder: string, word: string): Promise<readonly string[]> {
  return (await git(folder, "grep", "-lw", word, "--", "*.js")).split("\n");
}

/** Renames the identifier as a person would: not inside longer names, not the stored event. */
function renamed(text: string): string {
  return text.replaceAll(/(?<![:\w$])formatMoney(?![\w$])/g, "formatAmount");
}

describe("the sample workspace", () => {
  test("is a clean repository of about 200 files in 9 packages with a history", async () => {
    expect(await git(sample, "status", "--porcelain")).toBe("");
    expect((await git(sample, "log", "--format=%s")).split("\n")).toHaveLength(5);
    expect((await git(sample, "ls-files")).split("\n")).toHaveLength(sampleFiles().size);
    expect(sampleFiles().size).toBeGreaterThan(150);
    expect(await git(sample, "ls-tree", "--name-only", "HEAD:packages")).toBe(
      "billing\ncalendar\ncli\nhttp\nmanifest\nmoney\nrouting\nstore\nunits",
    );
  });

  test("is the same to the last commit hash wherever it is made", async () => {
    const other = join(home, "elsewhere");
    await createSample(other);
    expect(await git(other, "rev-parse", "HEAD")).toBe(await git(sample, "rev-parse", "HEAD"));
  });

  test("passes its own tests right after a checkout, without an install", async () => {
    const { exitCode, output } = await ownTests(await copy("fresh"));
    expect(exitCode).toBe(0);
    expect(output).toMatch(/pass 1\d\d/);
  });

  test("imports nothing that a file does not use", () => {
    const unused = [...sampleFiles()].flatMap(([path, text]) => {
      const names = [...text.matchAll(/^import \{([^}]*)\}/gm)].flatMap((match) =>
        (match[1] ?? "").split(",").map((name) => name.trim()),
      );
      const body = text.replaceAll(/^import [^;]*;/gm, "");
      return names
        .filter((name) => name !== "" && !new RegExp(`\\b${name}\\b`).test(body))
        .map((name) => `${path}: ${name}`);
    });
    expect(unused).toEqual([]);
  });

  test("refuses a folder that holds something, and leaves it alone", async () => {
    expect(await createSample(sample)).toMatchObject({
      ok: false,
      error: { kind: "io", hint: expect.any(String) },
    });
    expect(await git(sample, "status", "--porcelain")).toBe("");
  });
});

describe("what makes it hard to refactor", () => {
  test("a rename that stops half way fails its tests", async () => {
    const folder = await copy("half");
    const files = await filesWith(folder, "formatMoney");
    await edit(
      folder,
      files.filter((file) => !file.startsWith("packages/cli/")),
      renamed,
    );
    const { exitCode, output } = await ownTests(folder);
    expect(exitCode).toBe(1);
    expect(output).toContain("does not provide an export named 'formatMoney'");
  });

  test("the whole rename passes them", async () => {
    const folder = await copy("whole");
    await edit(folder, await filesWith(folder, "formatMoney"), renamed);
    expect((await ownTests(folder)).exitCode).toBe(0);
  });

  test("a rename that takes the stored event name along fails them", async () => {
    const folder = await copy("too-much");
    await edit(folder, await filesWith(folder, "formatMoney"), (text) =>
      text.replaceAll(/\bformatMoney\b/g, "formatAmount"),
    );
    const { exitCode, output } = await ownTests(folder);
    expect(exitCode).toBe(1);
    expect(output).toContain("last year's trail can still be read");
  });

  test("renaming and prefixing built-ins apart from each other conflict where their imports touch", async () => {
    const folder = await copy("conflict");
    const commit = async (branch: string, change: (text: string) => string): Promise<void> => {
      await git(folder, "checkout", "--quiet", "-b", branch, "origin/main");
      await edit(folder, await filesWith(folder, "import"), change);
      await git(folder, "commit", "--quiet", "--all", "--message", branch);
    };
    await commit("rename", renamed);
    await commit("prefix", (text) =>
      text.replaceAll(/(from|import\()( ?)"(fs|crypto|events|path)/g, '$1$2"node:$3'),
    );
    const merge = await execa(
      "git",
      ["merge-tree", "--write-tree", "--name-only", "--no-messages", "rename", "prefix"],
      { cwd: folder, reject: false },
    );
    expect(merge.stdout.split("\n").slice(1)).toEqual([
      "packages/billing/src/archive.js",
      "packages/routing/src/labels.js",
      "packages/store/src/audit.js",
    ]);
  });
});
