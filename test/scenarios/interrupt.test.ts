import { resolve } from "node:path";

import { execa } from "execa";
import { expect, test } from "vitest";

import type { RunEvent } from "../../src/model/event.ts";
import { yamlFile } from "../support/run-skein.ts";
import { git, tempRepo } from "../support/temp-repo.ts";

test("Ctrl-C ends what is at work, says so, keeps what was done and leaves no worktree behind", async () => {
  const repo = tempRepo({ "a.txt": "one\n" });
  const plan = yamlFile("plan.yaml", {
    version: 1,
    name: "interrupted",
    tasks: {
      quick: { run: "echo two > a.txt" },
      endless: { needs: ["quick"], run: "sleep 3600" },
      never: { needs: ["endless"], run: "true" },
    },
  });
  const main = resolve("src/cli/main.ts");
  const run = execa(process.execPath, [main, "run", plan, "--repo", repo, "--json"], {
    reject: false,
  });
  const events: RunEvent[] = [];
  for await (const line of run.iterable()) {
    const event = JSON.parse(line) as RunEvent;
    events.push(event);
    if (event.kind === "unit-state" && event.unit === "endless") run.kill("SIGINT");
  }
  expect((await run).exitCode).toBe(130);
  expect(events.at(-1)).toMatchObject({
    kind: "run-finished",
    exitCode: 130,
    outcomes: { done: 1, cancelled: 2 },
  });
  expect(git(repo, "for-each-ref", "--format=%(refname)", "refs/skein")).toContain("/quick/1");
  expect(git(repo, "worktree", "list").trim().split("\n")).toHaveLength(1);
  expect(git(repo, "status", "--porcelain")).toBe("");
});
