import { chmodSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, test } from "vitest";

import { bareRepo, cacheAt, readyOf, repoAt } from "../adapters/mirrors/mirror-rig.ts";
import { skein } from "../support/run-skein.ts";
import { git, tempRepo, writeFiles } from "../support/temp-repo.ts";

function folderOf(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), "skein-repos-"));
  writeFiles(folder, files);
  return folder;
}

const plan = (repos: string): string =>
  `version: 1\nname: t\nrepos: ${repos}\ntasks: { a: { run: "true" } }\n`;

test("skein repos lists what a plan means, after its list, include and exclude", async () => {
  const cwd = folderOf({
    "plan.yaml": plan('{ file: repos.txt, include: ["unjs/*"], exclude: [unjs/jiti] }'),
    "repos.txt":
      "unjs/defu\ngit@github.com:unjs/jiti.git # not now\nnuxt/nuxt\nssh://git@github.com/unjs/pathe\n",
  });
  const listed = await skein(["repos", "plan.yaml", "--json"], { cwd });
  expect(listed.exitCode).toBe(0);
  const names = listed.stdout
    .trim()
    .split("\n")
    .map((line) => (JSON.parse(line) as { name: string }).name);
  expect(names).toEqual(["unjs/defu", "unjs/pathe"]);
  const only = await skein(["repos", "plan.yaml", "--only", "*/pathe"], { cwd });
  expect(only.stdout).toBe("unjs/pathe  ssh://git@github.com/unjs/pathe");
  const other = await skein(["repos", "plan.yaml", "--repos", "more.csv"], {
    cwd: folderOf({ "plan.yaml": plan("[a/b]"), "more.csv": "repo,base\nc/d,main\n" }),
  });
  expect(other.stdout).toBe("c/d  https://github.com/c/d.git  main");
});

test("all that is wrong in a list is told at once, with file and line, and no credential is repeated", async () => {
  const cwd = folderOf({
    "plan.yaml": plan("{ list: [unjs/defu], file: repos.txt }"),
    "repos.txt":
      "https://github.com/unjs/defu\next::sh\n\nhttps://ada:hunter2hunter2@x.org/a\n./gone\n",
  });
  const { exitCode, stderr, stdout } = await skein(["repos", "plan.yaml"], { cwd });
  expect([exitCode, stdout]).toEqual([2, ""]);
  expect(
    stderr.match(/repos\.txt:\d+:\d+ error E-[A-Z-]+/g)?.map((one) => one.replace(/^.*txt/, "")),
  ).toEqual([
    ":1:1 error E-REPO-TWICE",
    ":2:1 error E-REPO",
    ":4:1 error E-REPO",
    ":5:1 error E-REPO-PATH",
  ]);
  expect(stderr).toContain("has 4 problems; nothing was run");
  expect(stderr).not.toContain("hunter2");
});

test("--lock writes exact commits, which hold until they are locked again", async () => {
  const one = tempRepo({ a: "1" });
  const two = tempRepo({ b: "1" });
  git(two, "tag", "--annotate", "--message=x", "v1");
  const first = git(one, "rev-parse", "HEAD").trim();
  const list = JSON.stringify([one, { repo: `file://${two}`, base: "v1" }]);
  const cwd = folderOf({
    "plan.yaml": plan("{ file: r.json, lock: r.lock.json }"),
    "r.json": list,
  });
  const locked = await skein(["repos", "plan.yaml", "--lock"], { cwd });
  expect(locked.exitCode).toBe(0);
  const text = readFileSync(join(cwd, "r.lock.json"), "utf8");
  expect(JSON.parse(text)).toEqual({
    version: 1,
    repos: {
      [one]: { commit: first },
      [two]: { base: "v1", commit: git(two, "rev-parse", "v1^{commit}").trim() },
    },
  });
  git(one, "commit", "--quiet", "--allow-empty", "--message=later");
  const again = await skein(["repos", "plan.yaml", "--json"], { cwd });
  expect(again.stdout).toContain(`"commit":"${first}"`);
  writeFileSync(join(cwd, "r.lock.json"), "<<<<<<< ours\n");
  const damaged = await skein(["repos", "plan.yaml"], { cwd });
  expect([damaged.exitCode, damaged.stderr]).toEqual([2, expect.stringContaining("is damaged")]);
});

test("a repository without a commit, and one without the base, cannot be locked; nothing is written", async () => {
  const empty = folderOf({});
  git(empty, "init", "--quiet");
  const list = JSON.stringify([empty, { repo: tempRepo({ a: "1" }), base: "nope" }]);
  const cwd = folderOf({
    "plan.yaml": plan("{ file: r.json, lock: r.lock.json }"),
    "r.json": list,
  });
  const { exitCode, stderr } = await skein(["repos", "plan.yaml", "--lock"], { cwd });
  expect(exitCode).toBe(1);
  expect(stderr).toContain("it has no commit yet");
  expect(stderr).toContain("it has no nope");
  expect(() => readFileSync(join(cwd, "r.lock.json"))).toThrow("ENOENT");
});

test("a query goes through gh, as it is; without gh it says what to do", async () => {
  const bin = folderOf({});
  const calls = join(bin, "calls.txt");
  const script = `#!/bin/sh\nprintf '%s\\n' "$@" > '${calls}'\nprintf '%s\\n' '{"url":"https://github.com/unjs/defu.git","archived":false}'\n`;
  writeFileSync(join(bin, "gh"), script);
  chmodSync(join(bin, "gh"), 0o755);
  const cwd = folderOf({ "plan.yaml": plan('{ query: "org:unjs $(id)", via: gh }') });
  const PATH = process.env["PATH"] ?? "";
  const listed = await skein(["repos", "plan.yaml"], { cwd, env: { PATH: `${bin}:${PATH}` } });
  expect(listed.stdout).toBe("unjs/defu  https://github.com/unjs/defu.git");
  expect(readFileSync(calls, "utf8").split("\n")).toContain("q=org:unjs $(id)");
  mkdirSync(join(bin, "empty"));
  const without = await skein(["repos", "plan.yaml"], { cwd, env: { PATH: join(bin, "empty") } });
  expect([without.exitCode, without.stderr]).toEqual([
    2,
    expect.stringContaining("gh is not installed"),
  ]);
});

test("skein cache lists mirrors and removes those that nobody used for long", async () => {
  const root = folderOf({});
  const { path } = bareRepo(root, "x.git", { a: "1" });
  await readyOf(await cacheAt(join(root, "cache")), repoAt(`file://${path}`));
  const at = ["--cache", join(root, "cache")];
  const listed = await skein(["cache", "ls", "--json", ...at]);
  const [mirror] = listed.stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as object);
  expect(mirror).toMatchObject({ url: `file://${path}`, isInUse: false });
  const kept = await skein(["cache", "gc", "--older-than", "99999d", ...at]);
  expect([kept.exitCode, kept.stderr]).toEqual([2, expect.stringContaining("a number of days")]);
  const dry = await skein(["cache", "gc", "--older-than", "9000d", "--dry-run", ...at]);
  expect(dry.stderr).toContain("1 of 1 mirrors would go");
  const gone = await skein(["cache", "gc", "--max-size", "1k", "--older-than", "9999d", ...at]);
  expect(gone.stderr).toContain("1 of 1 mirrors removed");
  expect((await skein(["cache", "ls", "--json", ...at])).stdout).toBe("");
});
