import { mkdtemp, mkdir, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import fc from "fast-check";
import { expect, test } from "vitest";

import { parseJournal } from "../../src/adapters/journal/parse-journal.ts";
import { isOwnerAlive, claimRun } from "../../src/adapters/run-owner.ts";
import { findRun, findRunsHome, readJournal } from "../../src/adapters/run-store.ts";
import { listRuns } from "../../src/adapters/stored-runs.ts";
import { journal } from "../support/run-events.ts";
import { story } from "../support/run-story.ts";

function bytesOf(lines: readonly unknown[]): Buffer {
  return Buffer.from(lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
}

async function repoWith(...runs: readonly string[]): Promise<string> {
  const repo = await mkdtemp(join(tmpdir(), "skein-store-"));
  for (const run of runs) await mkdir(join(repo, ".skein", "runs", run), { recursive: true });
  return repo;
}

test("a journal reads back as it was written", () => {
  fc.assert(
    fc.property(journal, (entries) => {
      const bytes = bytesOf(entries);
      expect(parseJournal(bytes)).toEqual({
        entries: JSON.parse(JSON.stringify(entries)),
        problems: [],
        goodBytes: bytes.length,
      });
    }),
  );
});

test("a journal cut anywhere gives its whole lines, and says that the last is torn", () => {
  const whole = bytesOf(story);
  fc.assert(
    fc.property(fc.nat(whole.length), (length) => {
      const { entries, problems, goodBytes } = parseJournal(whole.subarray(0, length));
      expect(entries).toEqual(story.slice(0, entries.length));
      expect(goodBytes).toBe(bytesOf(entries).length);
      const cleanCut = length === 0 || whole[length - 1] === 10;
      expect(problems.length).toBe(cleanCut ? 0 : 1);
    }),
  );
});

test("no bytes make the reader throw", () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => void parseJournal(bytes)));
});

test("what follows a damaged line is left out, with the line and the reason", () => {
  const [first, second, third] = story;
  expect(parseJournal(bytesOf([first, { ...second, seq: "x" }, third]))).toEqual({
    entries: [first],
    goodBytes: bytesOf([first]).length,
    problems: [
      "line 2 of the journal is damaged (seq Invalid input: expected number, received string); it and what follows are left out, 2 in all",
    ],
  });
});

test("a missing entry is noticed", () => {
  expect(parseJournal(bytesOf([story[0], story[2]])).problems).toEqual([
    "line 2 of the journal is damaged (entry 2 where 1 was due); it and what follows are left out, 1 in all",
  ]);
});

test("a journal that is a link is not followed", async () => {
  const repo = await repoWith("261123-120000-aaaa");
  const [run] = await listRuns(repo);
  await symlink("/etc/passwd", join(run!.folder, "journal.jsonl"));
  expect(await readJournal(run!)).toMatchObject({ ok: false, error: { kind: "io" } });
});

test("runs are listed latest first, and folders of other names are not runs", async () => {
  const repo = await repoWith("261122-120000-bbbb", "261123-120000-aaaa", "..odd", "a b");
  expect((await listRuns(repo)).map((run) => run.id)).toEqual([
    "261123-120000-aaaa",
    "261122-120000-bbbb",
  ]);
});

test.for([
  ["latest", "261123-120000-aaaa"],
  ["261122", "261122-120000-bbbb"],
  ["261123-120000-aaaa", "261123-120000-aaaa"],
  ["bbbb", "261122-120000-bbbb"],
  ["aa", "261123-120000-aaaa"],
] as const)("%s means %s", async ([named, id]) => {
  const repo = await repoWith("261122-120000-bbbb", "261123-120000-aaaa");
  expect(await findRun(repo, named)).toMatchObject({ ok: true, value: { id } });
});

test("a beginning or an end that fits several runs names them; an unknown one points to the list", async () => {
  const repo = await repoWith("261123-120000-aaaa", "261123-130000-bbbb");
  expect(await findRun(repo, "2611")).toMatchObject({
    error: { hint: "give more of the id: 261123-130000-bbbb, 261123-120000-aaaa" },
  });
  const alike = await repoWith("261123-120000-abab", "261123-130000-cdab");
  expect(await findRun(alike, "ab")).toMatchObject({ error: { message: '"ab" could be 2 runs' } });
  expect(await findRun(repo, "../x")).toMatchObject({
    error: { message: 'there is no run "../x"' },
  });
});

test("runs are found from a folder inside the repository, and not beyond it", async () => {
  const repo = await repoWith("261123-120000-aaaa");
  const inner = join(repo, "src", "deep");
  await mkdir(inner, { recursive: true });
  expect(findRunsHome(inner)).toEqual({ ok: true, value: repo });
  const other = join(repo, "vendor", "other");
  await mkdir(join(other, ".git"), { recursive: true });
  expect(findRunsHome(other)).toMatchObject({ ok: false });
});

test("a run whose process lives is told from one whose process is gone", async () => {
  const repo = await repoWith("261123-120000-aaaa", "261123-130000-bbbb", "261123-140000-cccc");
  const folder = (id: string): string => join(repo, ".skein", "runs", id);
  await claimRun(folder("261123-120000-aaaa"));
  // The number of a living process, but not the one that wrote the run: it started at another time.
  await writeFile(
    join(folder("261123-130000-bbbb"), "owner.json"),
    JSON.stringify({ pid: process.pid, startedAt: "1" }),
  );
  expect(await isOwnerAlive(folder("261123-120000-aaaa"))).toBe(true);
  expect(await isOwnerAlive(folder("261123-130000-bbbb"))).toBe(false);
  expect(await isOwnerAlive(folder("261123-140000-cccc"))).toBe(false);
});
