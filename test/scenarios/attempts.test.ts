import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "vitest";

import type { RunEvent } from "../../src/model/event.ts";
import {
  call,
  conversation,
  finishedOf,
  skein,
  type SkeinResult,
  submit,
  yamlFile,
} from "../support/run-skein.ts";
import { git, tempRepo } from "../support/temp-repo.ts";

const files = { "a.txt": "one\n" };

function planOf(task: object): string {
  return yamlFile("plan.yaml", {
    version: 1,
    name: "attempts",
    tasks: {
      edit: { agent: { prompt: "Edit a.txt", scope: { write: ["a.txt"] } }, ...task },
    },
  });
}

async function run(
  repo: string,
  plan: string,
  conversations: readonly object[],
): Promise<SkeinResult> {
  const script = yamlFile("script.yaml", { conversations });
  const how = ["--script", script, "--json", "--permission-mode", "trusted"];
  return skein(["run", plan, "--repo", repo, ...how]);
}

const read = call("Read", { file_path: "a.txt" });
function edit(from: string, to: string): ReturnType<typeof call> {
  return call("Edit", { file_path: "a.txt", old_string: from, new_string: to });
}

/** How tries went on: by whom, and after what. */
function retriesOf({ events }: SkeinResult): readonly string[] {
  return events.flatMap((event) =>
    event.kind === "unit-retrying"
      ? [`${event.sameAgent === true ? "same" : "new"}: ${event.failure.message}`]
      : [],
  );
}

function endOf({ events }: SkeinResult): Extract<RunEvent, { kind: "unit-finished" }> {
  const end = events.find((event) => event.kind === "unit-finished");
  if (end?.kind !== "unit-finished") throw new Error("no unit has finished");
  return end;
}

function startsOf({ events }: SkeinResult): number {
  return events.filter(({ kind }) => kind === "unit-started").length;
}

/** What agents were told, of all transcripts. */
function toldIn(repo: string): string {
  const [run = ""] = readdirSync(join(repo, ".skein", "runs")).filter((name) => /^\d/.test(name));
  const folder = join(repo, ".skein", "runs", run, "transcripts");
  return readdirSync(folder)
    .filter((name) => name.endsWith(".jsonl"))
    .map((name) => readFileSync(join(folder, name), "utf8"))
    .join("\n");
}

test("the agent whose work is red is told so, and mends it where it is", async () => {
  const repo = tempRepo(files);
  const plan = planOf({
    verify: [{ run: "grep -q right a.txt || { echo no right in it; exit 1; }" }],
    retry: { max: 2 },
  });
  const result = await run(repo, plan, [
    conversation(
      'unit="edit"',
      [read],
      [edit("one", "wrong")],
      [submit()],
      [edit("wrong", "right")],
      [submit({ summary: "mended" })],
    ),
  ]);
  expect(result.exitCode, result.stderr).toBe(0);
  expect(startsOf(result)).toBe(1);
  expect(retriesOf(result)).toEqual([
    "same: verify: `grep -q right a.txt || { echo no right in it; exit 1; }` exited with 1",
  ]);
  expect(endOf(result)).toMatchObject({ outcome: "done", attempt: 1, summary: "mended" });
  expect(endOf(result).spent.turns).toBe(5);
  expect(git(repo, "show", `${finishedOf(result).result?.branch}:a.txt`)).toBe("right\n");
  const told = toldIn(repo);
  expect(told).toContain("no right in it");
  expect(told).toContain("-one\\n+wrong");
});

test("states follow the tries: acting, verifying, acting, verifying", async () => {
  const plan = planOf({ verify: [{ run: "grep -q right a.txt" }], retry: { max: 1 } });
  const result = await run(tempRepo(files), plan, [
    conversation(
      'unit="edit"',
      [read, edit("one", "wrong")],
      [submit()],
      [edit("wrong", "right")],
      [submit()],
    ),
  ]);
  const states = result.events.flatMap((event) =>
    event.kind === "unit-state" && event.unit === "edit"
      ? [`${event.state}(${event.attempt})`]
      : [],
  );
  expect(states).toEqual(["acting(1)", "verifying(1)", "acting(1)", "verifying(1)"]);
});

test("work outside the scope can be taken back by who did it", async () => {
  const repo = tempRepo({ ...files, "b.txt": "b\n" });
  const plan = yamlFile("plan.yaml", {
    version: 1,
    name: "attempts",
    tasks: {
      edit: {
        agent: { prompt: "Edit a.txt", scope: { write: ["a.txt"] } },
        retry: { max: 1 },
      },
    },
  });
  const result = await run(repo, plan, [
    conversation(
      'unit="edit"',
      [call("Bash", { command: "echo two > a.txt; echo more > c.txt" })],
      [submit()],
      [call("Bash", { command: "rm c.txt" })],
      [submit()],
    ),
  ]);
  expect(result.exitCode, result.stderr).toBe(0);
  expect(retriesOf(result)).toEqual(["same: changed a file outside its scope: c.txt"]);
  expect(endOf(result).patch?.files).toEqual(["a.txt"]);
});

test("when its tries are used up, the work ends as red as it is, and is kept", async () => {
  const plan = planOf({ verify: [{ run: "echo at $(cat a.txt); exit 1" }], retry: { max: 1 } });
  const result = await run(tempRepo(files), plan, [
    conversation(
      'unit="edit"',
      [read, edit("one", "two")],
      [submit()],
      [edit("two", "three")],
      [submit()],
    ),
  ]);
  expect(startsOf(result)).toBe(1);
  expect(retriesOf(result)).toHaveLength(1);
  expect(endOf(result)).toMatchObject({ outcome: "failed", attempt: 1 });
  expect(endOf(result).patchFile).toBeDefined();
});

test("only the commit is judged: what git ignores in the agent's worktree is not there", async () => {
  const plan = yamlFile("plan.yaml", {
    version: 1,
    name: "attempts",
    tasks: {
      edit: {
        agent: { prompt: "Edit a.txt", scope: { write: ["a.txt"] } },
        verify: [{ run: "test -e built.txt" }],
      },
    },
  });
  const result = await run(tempRepo({ ...files, ".gitignore": "built.txt\n" }), plan, [
    conversation(
      'unit="edit"',
      [call("Bash", { command: "echo two > a.txt; echo built > built.txt" })],
      [submit()],
    ),
  ]);
  expect(endOf(result)).toMatchObject({ outcome: "failed" });
});

test("the same error twice brings a fresh agent that is told to go another way, thrice is the end", async () => {
  const repo = tempRepo(files);
  const plan = planOf({
    verify: [{ run: "echo red in $PWD after $RANDOM ms; exit 1" }],
    retry: { max: 9, backoff: "1s" },
  });
  const result = await run(repo, plan, [
    conversation("take another way", [read, edit("one", "four")], [submit()]),
    conversation(
      'unit="edit"',
      [read, edit("one", "two")],
      [submit()],
      [edit("two", "three")],
      [submit()],
    ),
  ]);
  expect(startsOf(result)).toBe(2);
  expect(retriesOf(result).map((line) => line.split(":")[0])).toEqual(["same", "new"]);
  const { outcome, reason, attempt } = endOf(result);
  expect({ outcome, attempt }).toEqual({ outcome: "failed", attempt: 2 });
  expect(reason).toContain("the same error 3 times");
  expect(toldIn(repo)).toContain("-one\\n+three");
});

test("a command that fails alike is run three times at most, one that was unlucky as often as it may", async () => {
  const repo = tempRepo(files);
  const failing = yamlFile("plan.yaml", {
    version: 1,
    name: "attempts",
    tasks: {
      same: { run: "echo broken; exit 1", retry: { max: 9, on: ["run"], backoff: "1s" } },
    },
  });
  const result = await skein(["run", failing, "--repo", repo, "--json"]);
  expect(startsOf(result)).toBe(3);
  expect(endOf(result).reason).toContain("the same error 3 times");
});

test("an agent's commands have the unit's files, as the checks that will judge it have", async () => {
  const plan = planOf({
    strategy: { matrix: { file: ["a.txt"] } },
    agent: { prompt: "Edit ${{ matrix.file }}", scope: { write: ["${{ matrix.file }}"] } },
    outputs: { seen: { text: "seen" } },
    verify: [{ run: 'grep -q "^a.txt a.txt$" "$SKEIN_OUT/seen"' }],
  });
  const look = call("Bash", { command: 'echo "$SKEIN_FILE $*" > "$SKEIN_OUT/seen"' });
  const talk = conversation("Edit a.txt", [read], [edit("one", "two")], [look], [submit()]);
  const result = await run(tempRepo(files), plan, [talk]);
  expect(endOf(result)).toMatchObject({ outcome: "done", outputs: { seen: "a.txt a.txt" } });
});
