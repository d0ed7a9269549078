import { expect, test } from "vitest";

import { fromJournal } from "../../../src/core/extract/from-journal.ts";
import type { JournalEntry, RunEvent } from "../../../src/model/event.ts";

const entries = (...events: readonly unknown[]): readonly JournalEntry[] =>
  events.map((event, seq) => ({ seq, at: seq * 1_000, event: event as RunEvent }));

const ran = (command: string, exitCode: number): object => ({
  kind: "command-finished",
  unit: "u",
  command,
  exitCode,
  durationMs: 1,
  log: "",
});

const changed = (...files: readonly string[]): object => ({
  kind: "unit-finished",
  patch: { files },
});

test("commands of a plan that work are learnt by what they are for, each once", () => {
  const told = fromJournal(
    entries(
      ran("npm test", 1),
      ran("npm test", 0),
      ran("npm test", 0),
      ran("npx tsc -p .", 0),
      ran("ls", 0),
    ),
    "r",
  );
  expect(told.map(({ seq, text, origin }) => [seq, text, origin])).toEqual([
    [1, "The test command `npm test` works", "run"],
    [3, "The build command `npx tsc -p .` works", "run"],
  ]);
});

test("files that three units changed together are learnt, those that often change alone are not", () => {
  const pair = changed("src/a.ts", "test/a.test.ts");
  const told = fromJournal(entries(pair, pair, changed("x", "y"), pair), "r");
  expect(told.map(({ text }) => text)).toEqual([
    "Files that are changed together: `src/a.ts` and `test/a.test.ts`",
  ]);
  expect(
    fromJournal(entries(pair, pair, pair, changed("src/a.ts"), changed("src/a.ts")), "r"),
  ).toEqual([]);
});

const gate = (approved: boolean, by: string): object => ({
  kind: "gate-decided",
  task: "ship",
  approved,
  by,
});

test("what a person turns down is their word; --yes is nobody's, and a yes is not news", () => {
  const told = fromJournal(
    entries(gate(true, "terminal"), gate(false, "--yes"), gate(false, "command")),
    "r",
  );
  expect(told).toMatchObject([{ seq: 2, origin: "user", text: "You turned down the task `ship`" }]);
});

const refused = (about: string, reason: string): object => ({
  kind: "agent",
  unit: "u",
  attempt: 1,
  event: { kind: "refused", tool: "Bash", about, reason },
});

test("what a person did not let an agent do is learnt once, as seen in a run; what rules refused is not", () => {
  const told = fromJournal(
    entries(
      refused("git push", "a person said no: git push does more than look"),
      refused("git push", "a person said no: git push does more than look"),
      refused("rm -rf /", "a rule denies it"),
      refused("echo `id`", "a person said no: it"),
    ),
    "r",
  );
  expect(told).toMatchObject([
    { seq: 0, origin: "run", kind: "decision", text: "Asked for Bash `git push`, you said no" },
  ]);
});
