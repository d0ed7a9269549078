import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

import { execa } from "execa";
import { expect, test } from "vitest";

import { call, conversation, finishedOf, skein, submit, yamlFile } from "../support/run-skein.ts";
import { git, tempRepo } from "../support/temp-repo.ts";

async function judge(input: string, ...args: readonly string[]) {
  const root = tempRepo({ "a.txt": "one\n" });
  const main = resolve("bin/skein.js");
  const done = await execa(process.execPath, [main, "judge", "--root", root, ...args], {
    input,
    reject: false,
  });
  const lines = done.stdout.split("\n").map((line): unknown => JSON.parse(line));
  return { exitCode: done.exitCode, lines };
}

test("judge answers every line with its id, in order, and says which rule decided", async () => {
  const input = [
    { id: 1, command: "cat a.txt" },
    { id: "b", command: "npm test" },
    { id: 3, command: "rm -rf /" },
    { id: 4, command: "cat a.txt", cwd: "/" },
    { id: 5, command: "echo 'a\u2028b'" },
  ];
  const { exitCode, lines } = await judge(
    input.map((line) => JSON.stringify(line)).join("\n"),
    "--allow",
    "Bash(npm test)",
    "--home",
    "/nowhere",
  );
  expect(exitCode).toBe(0);
  expect(lines).toMatchObject([
    { id: 1, decision: "allow", rule: null, reasons: [] },
    { id: "b", decision: "allow", rule: "Bash(npm test)" },
    { id: 3, decision: "deny" },
    { id: 4, decision: "ask" },
    { id: 5, decision: "ask" },
  ]);
});

test("a line that is none is answered in its place, and the exit code says so", async () => {
  const { exitCode, lines } = await judge('{"id":1}\nnonsense\n{"id":2,"command":"ls"}');
  expect(exitCode).toBe(2);
  expect(lines).toMatchObject([
    { error: expect.stringContaining("not a line of") },
    { error: expect.stringContaining("not a line of") },
    { id: 2, decision: "allow" },
  ]);
});

test("a rule that is not understood is told before anything is judged", async () => {
  const { exitCode, stderr } = await skein(["judge", "--deny", "Bahs(x)"]);
  expect(exitCode).toBe(2);
  expect(stderr).toContain("did you mean Bash?");
});

const plan = yamlFile("plan.yaml", {
  version: 1,
  name: "command",
  tasks: { t: { agent: { prompt: "x", scope: { write: ["**"] } } } },
});
const script = yamlFile("script.yaml", {
  conversations: [
    conversation('unit="t"', [call("Bash", { command: "echo x > made" })], [submit()]),
  ],
});

async function outcomeOf(repo: string, env: Readonly<Record<string, string>>, ...more: string[]) {
  const asked = ["run", plan, "--repo", repo, "--script", script, "--json", ...more];
  const result = await skein(asked, { env });
  return { outcomes: finishedOf(result).outcomes, stderr: result.stderr };
}

test("a repository's configuration allows nothing until a person trusts it as it is", async () => {
  const repo = tempRepo({
    "a.txt": "one\n",
    ".skein/config.yaml": "permissions:\n  mode: trusted\n",
  });
  const home = mkdtempSync(join(tmpdir(), "skein-home-"));
  const env = { HOME: home };
  const before = await outcomeOf(repo, env);
  expect(before.outcomes).toEqual({ noop: 1 });
  expect(before.stderr).toContain("skein init --trust");
  expect(await skein(["init", "--repo", repo, "--trust"], { env })).toMatchObject({ exitCode: 0 });
  expect((await outcomeOf(repo, env)).outcomes).toEqual({ done: 1 });
  writeFileSync(
    join(repo, ".skein/config.yaml"),
    "permissions:\n  mode: trusted\n  allow: [Bash]\n",
  );
  expect((await outcomeOf(repo, env)).outcomes).toEqual({ noop: 1 });
});

test("a person's own configuration counts everywhere, and its mistakes are told with their lines", async () => {
  const repo = tempRepo({ "a.txt": "one\n" });
  const home = mkdtempSync(join(tmpdir(), "skein-home-"));
  mkdirSync(join(home, ".config/skein"), { recursive: true });
  const file = join(home, ".config/skein/config.yaml");
  writeFileSync(file, "permissions:\n  mode: trusted\n");
  expect((await outcomeOf(repo, { HOME: home })).outcomes).toEqual({ done: 1 });
  expect(
    (await outcomeOf(repo, { HOME: home }, "--permission-mode", "read-only")).outcomes,
  ).toEqual({
    noop: 1,
  });
  writeFileSync(file, "permissions:\n  allow:\n    - Bash(ls\n    - Bahs\n");
  const wrong = await skein(["run", plan, "--repo", repo], { env: { HOME: home } });
  expect(wrong).toMatchObject({ exitCode: 2 });
  expect(wrong.stderr).toContain(`${file}:3:7: "Bash(ls": column 8`);
  expect(wrong.stderr).toContain(`${file}:4:7: "Bahs"`);
});

test("init writes a configuration that says nothing yet, and never over one that is there", async () => {
  const repo = tempRepo({ "a.txt": "one\n" });
  const env = { HOME: mkdtempSync(join(tmpdir(), "skein-home-")) };
  expect(await skein(["init", "--repo", repo], { env })).toMatchObject({ exitCode: 0 });
  const file = join(repo, ".skein/config.yaml");
  const first = readFileSync(file, "utf8");
  expect(first).toContain("permissions:");
  expect((await outcomeOf(repo, env)).outcomes).toEqual({ noop: 1 });
  writeFileSync(file, `${first}# mine\n`);
  expect((await skein(["init", "--repo", repo], { env })).stdout).toContain("is there already");
  expect(readFileSync(file, "utf8")).toContain("# mine");
  expect(git(repo, "status", "--porcelain")).toContain(".skein/");
});
