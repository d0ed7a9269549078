import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "vitest";

import { runCli } from "../../src/cli/run-cli.ts";
import type { RunEvent } from "../../src/model/event.ts";
import { fakeIo } from "../support/fake-io.ts";
import { runKilled } from "../support/killed-run.ts";
import { finishedOf, skein, yamlFile } from "../support/run-skein.ts";
import { git, tempRepo } from "../support/temp-repo.ts";

/** A gate in the middle, something that needs nothing of it, and a last task that would always run. */
function gated(approve: unknown, more: object = {}): string {
  return yamlFile("plan.yaml", {
    version: 1,
    name: "gated",
    tasks: {
      make: {
        run: 'echo two > a.txt; echo 2 > "$SKEIN_OUT/bad.txt"',
        outputs: { bad: { text: "bad.txt" } },
      },
      beside: { run: "echo b > b.txt" },
      ship: {
        needs: ["make"],
        gate: {
          approve,
          message: "Ship ${{ needs.make.outputs.bad }} changes?",
          show: ["diff-stat", "failed-shards", "cost"],
          ...more,
        },
        run: "cat a.txt > shipped.txt",
      },
      told: { needs: ["ship"], if: "always()", run: "echo told > told.txt" },
    },
  });
}

async function read(command: string, repo: string): Promise<string> {
  const io = fakeIo({ columns: 100 });
  expect(await runCli(["node", "skein", command, "--repo", repo], io)).toBe(0);
  return io.out();
}

function eventsOf(repo: string): readonly RunEvent[] {
  const [run = ""] = readdirSync(join(repo, ".skein", "runs")).filter((name) => /^\d/.test(name));
  return readFileSync(join(repo, ".skein", "runs", run, "journal.jsonl"), "utf8")
    .trim()
    .split("\n")
    .map((line) => (JSON.parse(line) as { readonly event: RunEvent }).event);
}

test("without a person a run does what it can, and stops at its gate until one has said yes", async () => {
  const repo = tempRepo({ "a.txt": "one\n" });
  const run = await skein(["run", gated(true), "--repo", repo, "--json"]);
  expect(run.exitCode, run.stderr).toBe(3);
  const stopped = finishedOf(run);
  expect(stopped.outcomes).toEqual({ done: 2, "awaiting-approval": 1, blocked: 1 });
  expect(stopped.merged).toEqual(["make", "beside"]);
  expect(git(repo, "ls-tree", "--name-only", `${stopped.result?.branch}`)).toBe("a.txt\nb.txt\n");
  const waiting = run.events.find(({ kind }) => kind === "gate-waiting");
  expect(waiting).toMatchObject({ task: "ship", stage: "start", message: "Ship 2 changes?" });
  expect(waiting).toMatchObject({
    shown: [
      expect.stringMatching(/^1 file, \+1 -1: a\.txt; git diff/),
      "every unit so far succeeded",
      expect.stringMatching(/^\$0 at list prices, 0 tokens/),
    ],
  });

  const status = await read("status", repo);
  expect(status).toContain("waiting for approval");
  expect(status).toContain(`skein approve ${stopped.run} ship --reject`);
  const report = await read("report", repo);
  expect(report).toContain("ship waits: Ship 2 changes?");
  expect(report).toContain(`go on    skein resume ${stopped.run}`);

  const unchanged = await skein(["resume", "--repo", repo, "--json"]);
  expect(unchanged.exitCode).toBe(3);
  expect(unchanged.events.filter(({ kind }) => kind === "unit-started")).toEqual([]);

  const approved = await skein(["approve", "latest", "ship", "--repo", repo]);
  expect(approved.exitCode, approved.stderr).toBe(0);
  expect(approved.stderr).toContain(`ship of run ${stopped.run} is approved; go on: skein resume`);
  const resumed = await skein(["resume", "--repo", repo, "--json"]);
  expect(resumed.exitCode, resumed.stderr).toBe(0);
  const { outcomes, result } = finishedOf(resumed);
  expect(outcomes).toEqual({ done: 4 });
  expect(git(repo, "show", `${result?.branch}:shipped.txt`)).toBe("two\n");
  const starts = eventsOf(repo).flatMap((one) => (one.kind === "unit-started" ? [one.unit] : []));
  expect(starts.toSorted()).toEqual(["beside", "make", "ship", "told"]);
});

test("a no ends the task and what stands on it; a last task that always runs still does", async () => {
  const repo = tempRepo({ "a.txt": "one\n" });
  await skein(["run", gated(true), "--repo", repo]);
  const rejected = await skein(["approve", "latest", "ship", "--reject", "--repo", repo]);
  expect(rejected.exitCode, rejected.stderr).toBe(0);
  const resumed = await skein(["resume", "--repo", repo, "--json"]);
  expect(resumed.exitCode, resumed.stderr).toBe(1);
  const finished = finishedOf(resumed);
  expect(finished.outcomes).toEqual({ done: 3, blocked: 1 });
  expect(finished.notMerged).toEqual([
    {
      unit: "ship",
      outcome: "blocked",
      reason: "a person said no at its gate: Ship 2 changes?",
    },
  ]);
  expect((await skein(["resume", "--repo", repo])).stderr).toContain("has finished");
});

test("--yes goes through every gate, and the journal says who it was", async () => {
  const repo = tempRepo({ "a.txt": "one\n" });
  const run = await skein(["run", gated(true), "--repo", repo, "--json", "--yes"]);
  expect(run.exitCode, run.stderr).toBe(0);
  expect(run.events.filter(({ kind }) => kind === "gate-decided")).toMatchObject([
    { task: "ship", approved: true, by: "--yes" },
  ]);
});

test("a gate whose condition is false is open, and one whose condition breaks fails its task", async () => {
  const repo = tempRepo({ "a.txt": "one\n" });
  const open = await skein([
    "run",
    gated("needs.make.outputs.bad == '3'"),
    "--repo",
    repo,
    "--json",
  ]);
  expect(open.exitCode, open.stderr).toBe(0);
  expect(open.events.some(({ kind }) => kind === "gate-waiting")).toBe(false);
  const shut = await skein([
    "run",
    gated("${{ needs.make.outputs.bad == '2' }}"),
    "--repo",
    repo,
    "--json",
  ]);
  expect(shut.exitCode).toBe(3);
  const broken = await skein([
    "run",
    gated("needs.make.outputs.bad > 1"),
    "--repo",
    repo,
    "--json",
  ]);
  expect(broken.exitCode).toBe(1);
  expect(finishedOf(broken).notMerged).toMatchObject([{ unit: "ship", outcome: "failed" }]);
});

test("a name that no gate has is answered with what was meant", async () => {
  const repo = tempRepo({ "a.txt": "one\n" });
  await skein(["run", gated(true), "--repo", repo]);
  const near = await skein(["approve", "latest", "shp", "--repo", repo]);
  expect([near.exitCode, near.stderr]).toEqual([2, expect.stringContaining("did you mean ship?")]);
  const far = await skein(["approve", "latest", "beside", "--repo", repo]);
  expect([far.exitCode, far.stderr]).toEqual([2, expect.stringContaining("these wait: ship")]);
});

test.each(['"kind":"gate-waiting"', '"outcome":"awaiting-approval"', '"kind":"run-finished"'])(
  "killed at %s, a run waits at its gate all the same, and a word is said once",
  async (text) => {
    const repo = tempRepo({ "a.txt": "one\n" });
    await runKilled(["run", gated(true), "--repo", repo], { kind: "line", text });
    const approved = await skein(["approve", "latest", "ship", "--repo", repo]);
    expect(approved.exitCode, approved.stderr).toBe(0);
    const again = await skein(["approve", "latest", "ship", "--reject", "--repo", repo]);
    expect([again.exitCode, again.stderr]).toEqual([
      2,
      expect.stringContaining("ship was approved already (command)"),
    ]);
    const killed = await runKilled(["resume", "--repo", repo], {
      kind: "line",
      text: '"kind":"run-resumed"',
    });
    expect(killed.exitCode).toBeUndefined();
    const resumed = await skein(["resume", "--repo", repo, "--json"]);
    expect(resumed.exitCode, resumed.stderr).toBe(0);
    expect(finishedOf(resumed).outcomes).toEqual({ done: 4 });
  },
  180_000,
);

test("a run that was to look only looks only when it goes on, unless its person says more", async () => {
  const repo = tempRepo({ "a.ts": "fetchUser();\n" });
  const prompt = "Rename the identifier `fetchUser` to `loadUser` everywhere.";
  const tasks = {
    edit: { gate: { approve: true, message: "Now?" }, agent: { prompt, scope: { write: ["**"] } } },
  };
  const plan = yamlFile("plan.yaml", { version: 1, name: "look", tasks });
  const where = ["--repo", repo, "--json"] as const;
  const started = await skein(["run", plan, ...where, "--permission-mode", "read-only"]);
  expect(started.exitCode, started.stderr).toBe(3);
  const looked = await skein(["resume", "--yes", ...where]);
  expect(finishedOf(looked).merged).toEqual([]);
  const asked = await skein(["retry", "--yes", ...where, "--permission-mode", "accept-edits"]);
  expect(finishedOf(asked).merged).toEqual(["edit"]);
});
