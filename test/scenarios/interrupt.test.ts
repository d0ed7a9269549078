import { resolve } from "node:path";

import { execa } from "execa";
import { expect, test } from "vitest";

import type { RunEvent } from "../../src/model/event.ts";
import { yamlFile } from "../support/run-skein.ts";
import { git, tempRepo } from "../support/temp-repo.ts";

/** Runs a plan and interrupts it, as Ctrl-C does, when something has happened. */
async function interrupted(
  repo: string,
  plan: object,
  when: (event: RunEvent) => boolean,
): Promise<{ readonly exitCode: number | undefined; readonly events: readonly RunEvent[] }> {
  const file = yamlFile("plan.yaml", { version: 1, name: "interrupted", ...plan });
  const main = resolve("bin/skein.js");
  const run = execa(process.execPath, [main, "run", file, "--repo", repo, "--json"], {
    reject: false,
  });
  const events: RunEvent[] = [];
  for await (const line of run.iterable()) {
    const event = JSON.parse(line) as RunEvent;
    events.push(event);
    if (when(event)) run.kill("SIGINT");
  }
  return { exitCode: (await run).exitCode, events };
}

test("a check that is stopped half way is no verdict, even when it was red until then", async () => {
  const repo = tempRepo({ "a.txt": "one\n" });
  const tap = 'echo "TAP version 13"; echo 1..1';
  const check = `if grep -q one a.txt; then ${tap}; echo "ok 1 - a"; else
    test -e "$SKEIN_OUT/seen" && sleep 3600; touch "$SKEIN_OUT/seen"; ${tap}; echo "not ok 1 - a"; exit 1; fi`;
  const { exitCode, events } = await interrupted(
    repo,
    { tasks: { edit: { run: "echo two > a.txt", verify: [{ run: check }] } } },
    ({ kind }) => kind === "baseline-taken",
  );
  expect(exitCode).toBe(130);
  expect(events.at(-1)).toMatchObject({ kind: "run-finished", outcomes: { cancelled: 1 } });
});

test("a base whose checks are stopped half way is not red", async () => {
  const repo = tempRepo({ "a.txt": "one\n" });
  const check = `grep -q one a.txt && sleep 3600; echo "TAP version 13"; echo 1..1; echo "ok 1 - a"`;
  const verify = [{ run: check }, { expect: { "tests-passed": "same-as-baseline" } }];
  const { exitCode, events } = await interrupted(
    repo,
    { tasks: { edit: { run: "echo two > a.txt", verify } } },
    (event) => event.kind === "command-finished" && event.command.startsWith("grep"),
  );
  expect(exitCode).toBe(130);
  expect(events.at(-1)).toMatchObject({ kind: "run-finished", outcomes: { cancelled: 1 } });
});

test("Ctrl-C ends what is at work, says so, keeps what was done and leaves no worktree behind", async () => {
  const repo = tempRepo({ "a.txt": "one\n" });
  const { exitCode, events } = await interrupted(
    repo,
    {
      tasks: {
        quick: { run: "echo two > a.txt" },
        endless: { needs: ["quick"], run: "sleep 3600" },
        never: { needs: ["endless"], run: "true" },
      },
    },
    (event) => event.kind === "unit-state" && event.unit === "endless",
  );
  expect(exitCode).toBe(130);
  expect(events.at(-1)).toMatchObject({
    kind: "run-finished",
    exitCode: 130,
    outcomes: { done: 1, cancelled: 2 },
  });
  expect(git(repo, "for-each-ref", "--format=%(refname)", "refs/skein")).toContain("/quick/1");
  expect(git(repo, "worktree", "list").trim().split("\n")).toHaveLength(1);
  expect(git(repo, "status", "--porcelain")).toBe("");
});
