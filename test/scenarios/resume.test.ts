import { appendFileSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";

import { execa } from "execa";
import { expect, test } from "vitest";

import type { RunEvent } from "../../src/model/event.ts";
import { runKilled } from "../support/killed-run.ts";
import { call, conversation, finishedOf, skein, submit, yamlFile } from "../support/run-skein.ts";
import { git, tempRepo } from "../support/temp-repo.ts";

function folderOf(repo: string): string {
  const [run = ""] = readdirSync(join(repo, ".skein", "runs")).filter((name) => /^\d/.test(name));
  return join(repo, ".skein", "runs", run);
}

function journalOf(repo: string): readonly RunEvent[] {
  return readFileSync(join(folderOf(repo), "journal.jsonl"), "utf8")
    .trim()
    .split("\n")
    .map((line) => (JSON.parse(line) as { readonly event: RunEvent }).event);
}

function startsOf(events: readonly RunEvent[], unit: string): readonly number[] {
  return events.flatMap((event) =>
    event.kind === "unit-started" && event.unit === unit ? [event.attempt] : [],
  );
}

const twoSteps = yamlFile("plan.yaml", {
  version: 1,
  name: "two steps",
  tasks: {
    one: { run: "echo one > one.txt" },
    two: { needs: ["one"], run: "echo two > two.txt" },
  },
});

test("an agent that was cut off goes on with its last reply, and nothing is paid twice", async () => {
  const repo = tempRepo({ "a.txt": "one\n" });
  const plan = yamlFile("plan.yaml", {
    version: 1,
    name: "cut off",
    tasks: {
      edit: { agent: { prompt: "Edit a.txt", scope: { write: ["a.txt"] } }, retry: { max: 0 } },
    },
  });
  const turns = [
    [call("Read", { file_path: "a.txt" })],
    [call("Edit", { file_path: "a.txt", old_string: "one", new_string: "two" })],
    [submit()],
  ];
  const script = yamlFile("script.yaml", {
    conversations: [conversation('unit="edit"', ...turns)],
  });
  const args = [plan, "--repo", repo, "--script", script];
  const killed = await runKilled(["run", ...args], { kind: "line", text: '"tool":"Edit"' });
  expect(killed.exitCode).toBeUndefined();
  const resumed = await skein(["resume", "--repo", repo, "--script", script, "--json"]);
  expect(resumed.exitCode, resumed.stderr).toBe(0);
  expect(startsOf(journalOf(repo), "edit")).toEqual([1, 1]);
  const { spent, result } = finishedOf(resumed);
  expect(spent.turns).toBe(3);
  expect(git(repo, "show", `${result?.branch}:a.txt`)).toBe("two\n");
});

test("what a person stopped goes on: done work stays, the rest is done, the branch takes it in", async () => {
  const repo = tempRepo({ "a.txt": "one\n" });
  const plan = yamlFile("plan.yaml", {
    version: 1,
    name: "stopped",
    tasks: {
      quick: { run: "echo two > a.txt" },
      slow: {
        needs: ["quick"],
        run: 'test -e "$(git rev-parse --git-common-dir)/info/go" || sleep 3600; echo b > b.txt',
      },
      after: { needs: ["slow"], run: "cat a.txt b.txt > c.txt" },
    },
  });
  const run = execa(process.execPath, ["bin/skein.js", "run", plan, "--repo", repo, "--json"], {
    reject: false,
  });
  for await (const line of run.iterable()) {
    const event = JSON.parse(line) as RunEvent;
    if (event.kind === "unit-state" && event.unit === "slow") run.kill("SIGINT");
  }
  expect((await run).exitCode).toBe(130);
  appendFileSync(join(repo, ".git", "info", "go"), "");
  const resumed = await skein(["resume", "--repo", repo, "--json"]);
  expect(resumed.exitCode, resumed.stderr).toBe(0);
  const { result, outcomes, merged } = finishedOf(resumed);
  expect(outcomes).toEqual({ done: 3 });
  expect(merged).toEqual(["quick", "slow", "after"]);
  expect(git(repo, "show", `${result?.branch}:c.txt`)).toBe("two\nb\n");
  expect(startsOf(journalOf(repo), "quick")).toEqual([1]);
  const status = await skein(["status", "--repo", repo, "--json"]);
  expect(JSON.parse(status.stdout)).toMatchObject({ standing: "finished", ended: 3 });
});

test("a run that has finished is not touched, however often it is resumed", async () => {
  const repo = tempRepo({ "a.txt": "one\n" });
  await skein(["run", twoSteps, "--repo", repo]);
  const before = git(repo, "for-each-ref");
  const resumed = await skein(["resume", "--repo", repo]);
  expect(resumed.exitCode).toBe(0);
  expect(resumed.stderr).toContain("has finished, nothing of it is left to do");
  expect(git(repo, "for-each-ref")).toBe(before);
});

test("two processes do not work on one run: the second is told of the first", async () => {
  const repo = tempRepo({ "a.txt": "one\n" });
  const plan = yamlFile("plan.yaml", {
    version: 1,
    name: "busy",
    tasks: { slow: { run: "sleep 3600" } },
  });
  const run = execa(process.execPath, ["bin/skein.js", "run", plan, "--repo", repo, "--json"], {
    reject: false,
  });
  for await (const line of run.iterable()) {
    const event = JSON.parse(line) as RunEvent;
    if (event.kind !== "unit-state" || event.unit !== "slow") continue;
    const second = await skein(["resume", "--repo", repo]);
    expect(second.exitCode).toBe(2);
    expect(second.stderr).toContain(`another process is at work on the run (${run.pid})`);
    run.kill("SIGINT");
  }
  expect((await run).exitCode).toBe(130);
});

test("the half line that a power cut left is put aside, and the run goes on before it", async () => {
  const repo = tempRepo({ "a.txt": "one\n" });
  const args = ["run", twoSteps, "--repo", repo];
  await runKilled(args, { kind: "line", text: '"unit-finished","unit":"one"' });
  const folder = folderOf(repo);
  appendFileSync(join(folder, "journal.jsonl"), '{"seq":9,"at":17');
  const resumed = await skein(["resume", "--repo", repo]);
  expect(resumed.exitCode, resumed.stderr).toBe(0);
  expect(resumed.stderr).toContain("the last line of the journal is torn");
  const [cut = ""] = readdirSync(folder).filter((name) => name.startsWith("journal-cut-at-"));
  expect(readFileSync(join(folder, cut), "utf8")).toBe('{"seq":9,"at":17');
  expect(startsOf(journalOf(repo), "one")).toEqual([1]);
});

function oneAgent(): { readonly plan: string; readonly model: readonly string[] } {
  const repo = tempRepo({ "a.txt": "one\n" });
  const plan = yamlFile("plan.yaml", {
    version: 1,
    name: "capped",
    tasks: { edit: { agent: { prompt: "Edit a.txt", scope: { write: ["a.txt"] } } } },
  });
  const script = yamlFile("script.yaml", {
    conversations: [
      conversation(
        'unit="edit"',
        [call("Read", { file_path: "a.txt" })],
        [call("Edit", { file_path: "a.txt", old_string: "one", new_string: "two" })],
        [submit()],
      ),
    ],
  });
  return { plan, model: ["--repo", repo, "--script", script, "--json"] };
}

test("a request that was under way when the run was killed counts: nobody knows that it was not charged", async () => {
  const { plan, model } = oneAgent();
  const began = ["run", plan, ...model.slice(0, -1), "--budget-tokens", "900"];
  await runKilled(began, { kind: "line", text: '"kind":"reserved"' });
  const again = await skein(["resume", ...model]);
  expect(again.exitCode, again.stderr).toBe(4);
  expect(finishedOf(again).spent.turns).toBe(0);
});

test("what a cap stopped goes on when the cap is raised, and what was spent still counts", async () => {
  const { plan, model } = oneAgent();
  const capped = await skein(["run", plan, ...model, "--budget-tokens", "900"]);
  expect(capped.exitCode, capped.stderr).toBe(4);
  const again = await skein(["resume", ...model]);
  expect(again.exitCode, again.stderr).toBe(4);
  const raised = await skein(["resume", ...model, "--budget-tokens", "900000"]);
  expect(raised.exitCode, raised.stderr).toBe(0);
  expect(finishedOf(raised).spent.turns).toBe(3);
});

test("tasks that a unit added before it was cut off are there once", async () => {
  const repo = tempRepo({ "a.txt": "one\n" });
  const plan = yamlFile("plan.yaml", {
    version: 1,
    name: "growing",
    tasks: {
      grower: { run: `printf 'more:\\n  run: echo more > more.txt\\n' > "$SKEIN_OUT/tasks.yaml"` },
    },
  });
  await runKilled(["run", plan, "--repo", repo], { kind: "line", text: '"kind":"plan-grown"' });
  const resumed = await skein(["resume", "--repo", repo, "--json"]);
  expect(resumed.exitCode, resumed.stderr).toBe(0);
  expect(finishedOf(resumed).outcomes).toEqual({ done: 2 });
  expect(journalOf(repo).filter(({ kind }) => kind === "plan-grown")).toHaveLength(1);
});

test("a task in words that was cut off while it was planned is planned again", async () => {
  const repo = tempRepo({ "src/a.js": 'const fs = require("fs");\n' });
  const goal = "prefix built-in imports with node:";
  await runKilled(["run", goal, "--repo", repo, "--offline"], {
    kind: "line",
    text: '"kind":"turn-started"',
  });
  const resumed = await skein(["resume", "--repo", repo, "--json"]);
  expect(resumed.exitCode, resumed.stderr).toBe(0);
  expect(git(repo, "show", `${finishedOf(resumed).result?.branch}:src/a.js`)).toContain("node:fs");
});

test("a run that came with the repository is nobody's to go on with", async () => {
  const repo = tempRepo({ "a.txt": "one\n" });
  await runKilled(["run", twoSteps, "--repo", repo], {
    kind: "line",
    text: '"kind":"unit-started"',
  });
  git(repo, "add", "--force", ".skein/runs");
  const resumed = await skein(["resume", "--repo", repo]);
  expect(resumed.exitCode).toBe(2);
  expect(resumed.stderr).toContain("came with the repository");
});

test("a worktree that somebody deleted meanwhile, and a branch that moved, change nothing", async () => {
  const repo = tempRepo({ "a.txt": "one\n" });
  await runKilled(["run", twoSteps, "--repo", repo], { kind: "line", text: '"state":"acting"' });
  const paths = git(repo, "worktree", "list", "--porcelain")
    .split("\n")
    .flatMap((line) => (line.startsWith("worktree ") ? [line.slice("worktree ".length)] : []));
  for (const path of paths.filter((one) => one !== repo)) rmSync(path, { recursive: true });
  git(repo, "commit", "--allow-empty", "--message=meanwhile");
  const resumed = await skein(["resume", "--repo", repo, "--json"]);
  expect(resumed.exitCode, resumed.stderr).toBe(0);
  const { result } = finishedOf(resumed);
  expect(git(repo, "show", `${result?.branch}:two.txt`)).toBe("two\n");
  expect(git(repo, "log", "--format=%s", `${result?.branch}`)).not.toContain("meanwhile");
  expect(git(repo, "worktree", "list").trim().split("\n")).toHaveLength(1);
});

test("what a killed run left in the way is swept by the next run of the repository; it can still go on", async () => {
  const repo = tempRepo({ "a.txt": "one\n" });
  const killed = await runKilled(["run", twoSteps, "--repo", repo], {
    kind: "line",
    text: '"unit":"two","attempt":1,"state":"acting"',
  });
  expect(killed.exitCode).toBeUndefined();
  const [dead = ""] = readdirSync(join(repo, ".skein", "runs")).filter((name) => /^\d/.test(name));
  expect(git(repo, "worktree", "list").trim().split("\n").length).toBeGreaterThan(1);
  const parent = process.env["SKEIN_WORKTREES"] ?? "/var/tmp";
  // What a sweep that was killed itself leaves.
  const doomed = join(parent, `skein-${process.getuid?.() ?? 0}`, `.${dead}-1`);
  mkdirSync(join(doomed, "one"), { recursive: true });
  const other = await skein(["run", twoSteps, "--repo", repo]);
  expect(other.exitCode, other.stderr).toBe(0);
  expect(git(repo, "worktree", "list").trim().split("\n")).toHaveLength(1);
  const left = readdirSync(join(parent, `skein-${process.getuid?.() ?? 0}`));
  expect(left.filter((name) => name.includes(dead))).toEqual([]);
  expect(git(repo, "for-each-ref", `refs/skein/${dead}`)).toContain("/one/1");
  const resumed = await skein(["resume", dead, "--repo", repo, "--json"]);
  expect(resumed.exitCode, resumed.stderr).toBe(0);
  expect(finishedOf(resumed).merged).toEqual(["one", "two"]);
});
