import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "vitest";

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

const files = {
  "a.txt": "one\ntwo\nthree\n",
  "b.txt": "one\n",
  "c.txt": "one\n",
  "package.json": '{"name":"t"}\n',
};

/** A unit per file, each an agent that may only write its file, then a merge that runs a check. */
function planOf(options: {
  readonly files: readonly string[];
  readonly verify?: string;
  readonly check?: string;
  readonly task?: object;
}): string {
  return yamlFile("plan.yaml", {
    version: 1,
    name: "test",
    tasks: {
      edit: {
        strategy: { matrix: { file: options.files } },
        agent: { prompt: "Edit ${{ matrix.file }}", scope: { write: ["${{ matrix.file }}"] } },
        ...(options.verify === undefined ? {} : { verify: [{ run: options.verify }] }),
        ...options.task,
      },
      merge: {
        needs: ["edit"],
        if: "always()",
        reduce: { from: "edit" },
        verify: [{ run: options.check ?? "true" }],
      },
    },
  });
}

/** A file is only changed by an agent that has read it. */
function read(file: string): ReturnType<typeof call> {
  return call("Read", { file_path: file });
}

function edits(file: string, from: string, to: string): object {
  return conversation(
    `unit="edit[${file}]"`,
    [read(file), call("Edit", { file_path: file, old_string: from, new_string: to })],
    [submit()],
  );
}

function run(
  repo: string,
  plan: string,
  conversations: readonly object[],
  ...more: readonly string[]
): Promise<SkeinResult> {
  const script = yamlFile("script.yaml", { conversations });
  return skein(["run", plan, "--repo", repo, "--script", script, "--json", ...more]);
}

test("units work side by side, their patches become one verified branch, and the checkout stays as it was", async () => {
  const repo = tempRepo(files);
  const before = git(repo, "status", "--porcelain", "--branch");
  const result = await run(
    repo,
    planOf({
      files: ["a.txt", "b.txt"],
      verify: 'grep -q 1 "$SKEIN_FILE"',
      check: "grep -q 1 a.txt && grep -q 1 b.txt",
    }),
    [edits("a.txt", "one", "1"), edits("b.txt", "one", "1")],
  );
  const finished = finishedOf(result);
  expect(finished.outcomes).toEqual({ done: 3 });
  expect([...finished.merged].toSorted()).toEqual(["edit[a.txt]", "edit[b.txt]"]);
  expect(result.exitCode).toBe(0);
  expect(git(repo, "diff", "--stat", "main", finished.result!.branch)).toContain("2 files changed");
  expect(git(repo, "status", "--porcelain", "--branch")).toBe(before);
  expect(git(repo, "worktree", "list").trim().split("\n")).toHaveLength(1);
});

test("work outside the contract's scope is kept as a patch and not merged", async () => {
  const repo = tempRepo(files);
  const result = await run(
    repo,
    planOf({ files: ["a.txt"] }),
    [
      conversation(
        "edit[a.txt]",
        [call("Bash", { command: "echo x >> a.txt; echo x >> b.txt" })],
        [submit()],
      ),
    ],
    "--permission-mode",
    "trusted",
  );
  const finished = finishedOf(result);
  expect(finished.outcomes).toEqual({ "out-of-scope": 1, noop: 1 });
  expect(finished.notMerged).toEqual([
    {
      unit: "edit[a.txt]",
      outcome: "out-of-scope",
      reason: "changed a file outside its scope: b.txt",
    },
  ]);
  expect(result.exitCode).toBe(1);
  const ended = result.events.find((event) => event.kind === "unit-finished");
  const patch = join(repo, ".skein/runs", finished.run, ended!.patchFile!);
  expect(readFileSync(patch, "utf8")).toContain("+x");
});

test("a file tool refuses what is outside the scope, and the model is told why", async () => {
  const repo = tempRepo(files);
  const result = await run(repo, planOf({ files: ["a.txt"] }), [
    conversation(
      "edit[a.txt]",
      [
        call("Write", { file_path: "b.txt", content: "x" }),
        call("Write", { file_path: "../b.txt", content: "x" }),
        call("Read", { file_path: ".git" }),
      ],
      [submit()],
    ),
  ]);
  const answers = result.events.filter(
    (event) => event.kind === "agent" && event.event.kind === "tool-finished",
  );
  expect(
    answers.map(
      (event) => event.kind === "agent" && event.event.kind === "tool-finished" && event.event.ok,
    ),
  ).toEqual([false, false, false, true]);
  expect(finishedOf(result).outcomes).toEqual({ noop: 2 });
});

test("where the error is not to be told, a fresh agent begins again with the diff of the one before it", async () => {
  const repo = tempRepo(files);
  const plan = planOf({
    files: ["a.txt"],
    verify: "grep -q right a.txt",
    task: { retry: { max: 1, backoff: "1s", "feed-back": ["last-diff"] } },
  });
  const result = await run(repo, plan, [
    conversation(
      "-one\n+wrong",
      [read("a.txt"), call("Edit", { file_path: "a.txt", old_string: "one", new_string: "right" })],
      [submit()],
    ),
    edits("a.txt", "one", "wrong"),
  ]);
  expect(finishedOf(result).outcomes).toEqual({ done: 2 });
  expect(result.events.filter((event) => event.kind === "unit-retrying")).toHaveLength(1);
  expect(result.exitCode).toBe(0);
});

test("one unit fails, the others are merged, and the exit code says so", async () => {
  const repo = tempRepo(files);
  const result = await run(repo, planOf({ files: ["a.txt", "b.txt"] }), [
    edits("a.txt", "one", "1"),
    conversation("edit[b.txt]", [submit({ status: "failed", summary: "cannot be done" })]),
  ]);
  const finished = finishedOf(result);
  expect(finished.outcomes).toEqual({ done: 2, failed: 1 });
  expect(finished.merged).toEqual(["edit[a.txt]"]);
  expect(finished.notMerged).toEqual([
    { unit: "edit[b.txt]", outcome: "failed", reason: "the agent gave up: cannot be done" },
  ]);
  expect(result.exitCode).toBe(1);
});

test("a textual conflict goes to a reducer agent, whose answer is merged", async () => {
  const repo = tempRepo(files);
  const plan = yamlFile("plan.yaml", {
    version: 1,
    name: "conflict",
    tasks: {
      left: { agent: { prompt: "Say left", scope: { write: ["a.txt"] } } },
      right: { agent: { prompt: "Say right", scope: { write: ["a.txt"] } } },
      merge: {
        needs: ["left", "right"],
        reduce: { from: ["left", "right"] },
        verify: [{ run: "grep -q both a.txt && ! grep -q '<<<<' a.txt" }],
      },
    },
  });
  const result = await run(repo, plan, [
    conversation(
      'unit="left"',
      [read("a.txt"), call("Edit", { file_path: "a.txt", old_string: "two", new_string: "left" })],
      [submit()],
    ),
    conversation(
      'unit="right"',
      [read("a.txt"), call("Edit", { file_path: "a.txt", old_string: "two", new_string: "right" })],
      [submit()],
    ),
    conversation(
      'role="reducer"',
      [call("Read", { file_path: "a.txt" })],
      [read("a.txt"), call("Write", { file_path: "a.txt", content: "one\nboth\nthree\n" })],
      [submit()],
    ),
  ]);
  const finished = finishedOf(result);
  expect(finished.outcomes).toEqual({ done: 3 });
  expect(git(repo, "show", `${finished.result!.branch}:a.txt`)).toBe("one\nboth\nthree\n");
  expect(
    result.events.flatMap((event) =>
      event.kind === "conflict-found" ? event.files.map(({ file }) => file) : [],
    ),
  ).toEqual(["a.txt"]);
});

test("a reducer that leaves a marker settles nothing: the second patch is dropped and named", async () => {
  const repo = tempRepo(files);
  const plan = yamlFile("plan.yaml", {
    version: 1,
    name: "conflict",
    tasks: {
      left: { agent: { prompt: "Say left", scope: { write: ["a.txt"] } } },
      right: { agent: { prompt: "Say right", scope: { write: ["a.txt"] } } },
      merge: { needs: ["left", "right"], reduce: { from: ["left", "right"] } },
    },
  });
  const result = await run(repo, plan, [
    conversation(
      'unit="left"',
      [read("a.txt"), call("Edit", { file_path: "a.txt", old_string: "two", new_string: "left" })],
      [submit()],
    ),
    conversation(
      'unit="right"',
      [read("a.txt"), call("Edit", { file_path: "a.txt", old_string: "two", new_string: "right" })],
      [submit()],
    ),
    conversation('role="reducer"', [submit()]),
  ]);
  const finished = finishedOf(result);
  expect(finished.merged).toEqual(["left"]);
  expect(finished.notMerged.map((one) => one.unit)).toEqual(["right"]);
  expect(result.exitCode).toBe(1);
  expect(git(repo, "show", `${finished.result!.branch}:a.txt`)).toBe("one\nleft\nthree\n");
});

test("a merged tree that fails its check is not offered as a result", async () => {
  const repo = tempRepo(files);
  const result = await run(
    repo,
    planOf({ files: ["a.txt"], check: "grep one a.txt || { echo the build is broken; exit 3; }" }),
    [edits("a.txt", "one", "1")],
  );
  const finished = finishedOf(result);
  expect(finished.result).toBeUndefined();
  expect(finished.outcomes).toEqual({ done: 1, failed: 1 });
  expect(result.exitCode).toBe(1);
  expect(git(repo, "branch", "--list", "skein/*")).toBe("");
  expect(git(repo, "for-each-ref", "refs/skein")).toContain("refs/skein/");
});

test("a command that eats memory fails its unit alone", async () => {
  const repo = tempRepo(files);
  const hog = "node -e 'const a = []; for (;;) a.push(Buffer.alloc(64 * 1024 * 1024, 1))'";
  const plan = yamlFile("plan.yaml", {
    version: 1,
    name: "hog",
    tasks: { hog: { run: hog }, edit: { agent: { prompt: "Edit", scope: { write: ["a.txt"] } } } },
  });
  const result = await run(repo, plan, [
    conversation(
      'unit="edit"',
      [read("a.txt"), call("Edit", { file_path: "a.txt", old_string: "one", new_string: "1" })],
      [submit()],
    ),
  ]);
  const finished = finishedOf(result);
  expect(finished.outcomes).toEqual({ failed: 1, done: 1 });
  expect(finished.merged).toEqual(["edit"]);
});

test("a task may return new tasks: they are checked as a whole, run, and merged", async () => {
  const repo = tempRepo(files);
  const plan = yamlFile("plan.yaml", {
    version: 1,
    name: "grow",
    tasks: { scout: { agent: { prompt: "Look", scope: { write: ["a.txt"] } } } },
  });
  const tasks = { more: { agent: { prompt: "Edit b", scope: { write: ["b.txt"] } } } };
  const result = await run(repo, plan, [
    conversation('unit="scout"', [submit({ tasks })]),
    conversation(
      'unit="more"',
      [read("b.txt"), call("Edit", { file_path: "b.txt", old_string: "one", new_string: "1" })],
      [submit()],
    ),
  ]);
  const finished = finishedOf(result);
  expect(finished.merged).toEqual(["more"]);
  expect(
    result.events.flatMap((event) => (event.kind === "plan-grown" ? event.added : [])),
  ).toEqual(["more"]);
});

test("new tasks that do not fit the plan fail the unit that returned them, with the errors", async () => {
  const repo = tempRepo(files);
  const plan = yamlFile("plan.yaml", {
    version: 1,
    name: "grow",
    tasks: { scout: { agent: { prompt: "Look", scope: { write: ["a.txt"] } } } },
  });
  const tasks = { more: { needs: ["nobody"], run: "true" } };
  const result = await run(repo, plan, [conversation('unit="scout"', [submit({ tasks })])]);
  const ended = result.events.find((event) => event.kind === "unit-finished");
  expect(ended?.outcome).toBe("failed");
  expect(ended?.failure?.detail).toContain("E-NEED-UNKNOWN");
});

test("at the budget, units end with outcome budget, finished work is merged, and the exit code is 4", async () => {
  const repo = tempRepo(files);
  const result = await run(
    repo,
    planOf({ files: ["a.txt", "b.txt"] }),
    [edits("a.txt", "one", "1"), edits("b.txt", "one", "1")],
    "--max-agents",
    "1",
    "--budget-usd",
    "0.004",
  );
  const finished = finishedOf(result);
  expect(finished.outcomes["budget"]).toBeGreaterThan(0);
  expect(result.exitCode).toBe(4);
});

test("words become a plan: the coordinator's errors go back to it, and the third plan runs", async () => {
  const repo = tempRepo(files);
  const good = {
    version: 1,
    name: "good",
    tasks: { edit: { agent: { prompt: "Edit a", scope: { write: ["a.txt"] } } } },
  };
  const result = await run(repo, "Make one into 1", [
    conversation(
      'role="coordinator"',
      [call("Glob", { pattern: "*.txt" }), call("Grep", { pattern: "one" })],
      [call("Submit", { summary: "a plan", plan: { version: 1, name: "bad", tasks: {} } })],
      [
        call("Submit", {
          summary: "a plan",
          plan: { ...good, tasks: { edit: { ...good.tasks.edit, needs: ["x"] } } },
        }),
      ],
      [call("Submit", { summary: "a plan", plan: good })],
    ),
    conversation(
      'unit="edit"',
      [read("a.txt"), call("Edit", { file_path: "a.txt", old_string: "one", new_string: "1" })],
      [submit()],
    ),
  ]);
  expect(finishedOf(result).merged).toEqual(["edit"]);
  expect(result.exitCode).toBe(0);
});

test("a coordinator whose plans stay invalid has failed, and nothing was run", async () => {
  const repo = tempRepo(files);
  const bad = call("Submit", { summary: "a plan", plan: { version: 1, name: "bad", tasks: {} } });
  const result = await run(repo, "Make one into 1", [
    conversation('role="coordinator"', [bad], [bad], [bad]),
  ]);
  const finished = finishedOf(result);
  expect(finished.failure?.message).toContain("still invalid after 3 tries");
  expect(finished.failure?.detail).toContain("E-TASKS-NONE");
  expect(result.exitCode).toBe(1);
});

test("a plan with errors is refused before anything is written, with exit code 2", async () => {
  const repo = tempRepo(files);
  const plan = yamlFile("plan.yaml", {
    version: 1,
    name: "bad",
    tasks: { a: { run: "true", needs: ["b"] } },
  });
  const result = await skein(["run", plan, "--repo", repo, "--offline"]);
  expect(result.exitCode).toBe(2);
  expect(result.stderr).toContain("E-NEED-UNKNOWN");
  expect(existsSync(join(repo, ".skein"))).toBe(false);
});

test("a run says that it begins without what is not committed", async () => {
  const repo = tempRepo(files);
  const script = [edits("a.txt", "one", "1")];
  expect((await run(repo, planOf({ files: ["a.txt"] }), script)).stderr).not.toContain("committed");
  writeFileSync(join(repo, "a.txt"), "mine\n");
  const told = await run(repo, planOf({ files: ["a.txt"] }), script);
  expect(told.stderr).toContain(
    "1 file has changes that are not committed; the run begins at HEAD, without them",
  );
  const named = await run(repo, planOf({ files: ["a.txt"] }), script, "--base", "main");
  expect(named.stderr).not.toContain("committed");
});

test("a run whose checks will not find what the repository needs says so before anything is paid for", async () => {
  const packageJson = JSON.stringify({ devDependencies: { mocha: "1" } });
  const repo = tempRepo({ ...files, "package.json": packageJson, "yarn.lock": "" });
  const bare = yamlFile("plan.yaml", { version: 1, name: "n", tasks: { one: { run: "true" } } });
  const said = "names dependencies and none are installed in";
  const script = [edits("a.txt", "one", "1")];
  const checked = planOf({ files: ["a.txt"] });
  const told = await run(repo, checked, script);
  expect(told.stderr).toContain(`${said} ${repo}; checks that need them will fail: yarn install`);
  expect((await skein(["run", bare, "--repo", repo])).stderr).not.toContain(said);
  mkdirSync(join(repo, "node_modules"));
  expect((await run(repo, checked, script)).stderr).not.toContain(said);
});

test("apply brings the result into the current branch, and refuses over changes that are not committed", async () => {
  const repo = tempRepo(files);
  const finished = finishedOf(
    await run(repo, planOf({ files: ["a.txt"] }), [edits("a.txt", "one", "1")]),
  );
  writeFileSync(join(repo, "a.txt"), "mine\n");
  const refused = await skein(["apply", finished.run, "--repo", repo]);
  expect(refused.exitCode).toBe(1);
  expect(refused.stderr).toContain("you have changes in files that the result changes too");
  expect(readFileSync(join(repo, "a.txt"), "utf8")).toBe("mine\n");
  git(repo, "checkout", "--quiet", "a.txt");
  const applied = await skein(["apply", finished.run.slice(0, 10), "--repo", repo]);
  expect(applied).toMatchObject({ exitCode: 0 });
  expect(readFileSync(join(repo, "a.txt"), "utf8")).toBe("1\ntwo\nthree\n");
});
