import { spawn } from "node:child_process";
import { mkdtemp, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";

import { expect, test } from "vitest";

import { openJsonlJournal } from "../../../src/adapters/journal/jsonl-journal.ts";
import type { JournalEntry, RunEvent } from "../../../src/model/event.ts";
import type { TaskId } from "../../../src/model/ids.ts";

function event(name: string): RunEvent {
  return { kind: "task-ended", task: name as TaskId, outcome: "skipped", reason: name };
}

async function journalFile(): Promise<string> {
  return join(await mkdtemp(join(tmpdir(), "skein-journal-")), "journal.jsonl");
}

async function entriesOf(file: string): Promise<readonly JournalEntry[]> {
  const text = await readFile(file, "utf8");
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as JournalEntry);
}

test("events are on disk in call order, numbered without gaps, before append resolves", async () => {
  const file = await journalFile();
  const seen: number[] = [];
  await using journal = await openJsonlJournal({
    file,
    clock: { now: () => 7 },
    onEntry: (entry) => seen.push(entry.seq),
  });
  await journal.append(event("first"));
  expect(await entriesOf(file)).toEqual([{ seq: 0, at: 7, event: event("first") }]);
  await Promise.all(["a", "b", "c"].map((name) => journal.append(event(name))));
  expect((await entriesOf(file)).map((entry) => entry.event)).toEqual(
    ["first", "a", "b", "c"].map(event),
  );
  expect(seen).toEqual([0, 1, 2, 3]);
});

test("a reopened journal goes on where it was, and keeps what was there", async () => {
  const file = await journalFile();
  {
    await using journal = await openJsonlJournal({ file, clock: { now: () => 1 } });
    await journal.append(event("before"));
  }
  await using journal = await openJsonlJournal({ file, clock: { now: () => 2 }, firstSeq: 1 });
  await journal.append(event("after"));
  expect((await entriesOf(file)).map(({ seq, at }) => [seq, at])).toEqual([
    [0, 1],
    [1, 2],
  ]);
});

test("when the disk refuses, the append rejects and so does every later one: the record has no gap", async () => {
  await using journal = await openJsonlJournal({ file: "/dev/full", clock: { now: () => 0 } });
  await expect(journal.append(event("lost"))).rejects.toThrow(/ENOSPC/);
  await expect(journal.append(event("later"))).rejects.toThrow(/ENOSPC/);
});

test("what a killed process was told is written is there", async () => {
  const file = await journalFile();
  const script = `
    import { openJsonlJournal } from ${JSON.stringify(resolve("src/adapters/journal/jsonl-journal.ts"))};
    const journal = await openJsonlJournal({ file: ${JSON.stringify(file)}, clock: { now: () => 0 } });
    for (let n = 0; ; n++) {
      const entry = await journal.append({ kind: "task-ended", task: "t", outcome: "skipped", reason: String(n) });
      process.stdout.write(entry.seq + "\\n");
    }`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", script], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let told = -1;
  for await (const line of createInterface(child.stdout)) {
    told = Number(line);
    if (told === 20) child.kill("SIGKILL");
  }
  const whole = (await readFile(file, "utf8")).split("\n").slice(0, -1);
  expect(whole.length).toBeGreaterThan(told);
});
