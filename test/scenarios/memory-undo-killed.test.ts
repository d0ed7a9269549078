import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

import { execa } from "execa";
import { expect, test } from "vitest";

import { memoryFiles } from "../support/memory-files.ts";
import { memoryRepo, saidOn } from "../support/memory-repo.ts";

const main = resolve("bin/skein.js");
const killer = resolve("test/support/kill-at-write.mjs");

/** Three dreams: sessions, a person's word, and what they changed, removed and added by hand. */
async function threeDreams(): Promise<string> {
  const { repo, run, take } = memoryRepo();
  const project = join(repo, ".skein/memory/project");
  await take(
    saidOn(1, "The linter of web is eslint", { origin: "run" }),
    saidOn(2, "The owner of web is Ana", { origin: "run" }),
    saidOn(3, "The port of web is 80", { origin: "run" }),
  );
  await run("dream");
  await run("memory", "add", "The port of web is 81 now");
  const [linter = "", owner = ""] = readdirSync(project).toSorted();
  const path = join(project, linter);
  writeFileSync(path, readFileSync(path, "utf8").replaceAll("eslint", "oxlint"));
  rmSync(join(project, owner));
  writeFileSync(join(project, "mine.md"), "The formatter of web is dprint\n");
  await run("dream");
  return repo;
}

function copyOf(repo: string): string {
  const copy = mkdtempSync(join(tmpdir(), "skein-memory-"));
  cpSync(repo, copy, { recursive: true });
  return copy;
}

/** What people see of a memory, once a command has brought to its end what was cut off: its facts, its files, its record. */
async function seenIn(repo: string): Promise<string> {
  const { facts, run } = memoryRepo(repo);
  await run("memory", "undo", "20", "--dry-run");
  const said = (await facts()).map(({ id, status, text }) => `${id} ${status} ${text}`);
  const held = (await run("memory", "history", "--json")).stdout.match(/"generation":\d+/g);
  return JSON.stringify({ said, held, files: memoryFiles(repo) }, undefined, 1);
}

/** Takes all three back in a process that is killed at its nth write; gives how many writes there were where it was not. */
async function undoAll(repo: string, at?: number): Promise<number | undefined> {
  const told = join(mkdtempSync(join(tmpdir(), "skein-writes-")), "count");
  const { PATH = "", HOME = "" } = process.env;
  const done = await execa(
    process.execPath,
    ["--import", killer, main, "memory", "undo", "3", "--repo", repo],
    {
      env: {
        PATH,
        HOME,
        CI: "1",
        SKEIN_TEST_WRITES: told,
        ...(at === undefined ? {} : { SKEIN_TEST_KILL_AT: String(at) }),
      },
      extendEnv: false,
      reject: false,
      stdin: "ignore",
    },
  );
  if (done.signal === "SIGKILL") return undefined;
  expect(done.exitCode, done.stderr).toBe(0);
  return Number(readFileSync(told, "utf8"));
}

test(
  "an undo of several dreams that is killed at any of its writes leaves memory as before or as after, and nothing between",
  { timeout: 240_000 },
  async () => {
    const repo = await threeDreams();
    const before = await seenIn(copyOf(repo));
    const undone = copyOf(repo);
    const writes = (await undoAll(undone)) ?? 0;
    const after = await seenIn(undone);
    expect(after).not.toBe(before);
    expect(writes).toBeGreaterThan(20);
    const found: string[] = [];
    const points = Array.from({ length: writes }, (_, at) => at + 1);
    await Promise.all(
      [0, 1].map(async (part) => {
        for (const at of points.filter((point) => point % 2 === part)) {
          const copy = copyOf(repo);
          expect(await undoAll(copy, at), `write ${at}`).toBeUndefined();
          expect(await memoryRepo(copy).run("memory", "ls")).toMatchObject({ exitCode: 0 });
          const seen = await seenIn(copy);
          found.push(seen === before ? "before" : seen === after ? "after" : `${at}: ${seen}`);
        }
      }),
    );
    expect(new Set(found)).toEqual(new Set(["before", "after"]));
  },
);

test("an undo that an earlier version began is brought to its end, with all that people had written", async () => {
  const repo = await threeDreams();
  const undone = copyOf(repo);
  await memoryRepo(undone).run("memory", "undo");
  const cutOff = copyOf(undone);
  const held = ".skein/memory.gen";
  for (const name of ["3.json", "3.diff"]) cpSync(join(repo, held, name), join(cutOff, held, name));
  const state = { current: 2, isApplied: false, undoing: 3 };
  writeFileSync(join(cutOff, held, "state.json"), JSON.stringify(state));
  expect((await memoryRepo(cutOff).run("memory", "history")).stderr).toBe("");
  expect(await seenIn(cutOff)).toBe(await seenIn(undone));
});
