import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "vitest";

import type { RunEvent } from "../../src/model/event.ts";
import { runKilled } from "../support/killed-run.ts";
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

function planOf(candidates: number): string {
  return yamlFile("plan.yaml", {
    version: 1,
    name: "candidates",
    tasks: {
      edit: {
        agent: { prompt: "Edit a.txt", scope: { write: ["a.txt"] }, candidates },
        verify: [{ run: "! grep -q wrong a.txt" }],
      },
    },
  });
}

function candidate(number: number, to: string): object {
  return conversation(
    `<candidate number="${number}"`,
    [call("Read", { file_path: "a.txt" })],
    [call("Edit", { file_path: "a.txt", old_string: "one", new_string: to })],
    [submit({ summary: `candidate ${number}` })],
  );
}

async function run(
  repo: string,
  plan: string,
  conversations: readonly object[],
  ...more: readonly string[]
): Promise<SkeinResult> {
  const script = yamlFile("script.yaml", { conversations });
  return skein(["run", plan, "--repo", repo, "--script", script, "--json", ...more]);
}

function only<Kind extends RunEvent["kind"]>(
  { events }: SkeinResult,
  kind: Kind,
): readonly Extract<RunEvent, { kind: Kind }>[] {
  return events.filter((event): event is Extract<RunEvent, { kind: Kind }> => event.kind === kind);
}

function taken(repo: string, result: SkeinResult): string {
  return git(repo, "show", `${finishedOf(result).result?.branch}:a.txt`);
}

test("of several agents the one whose work is green is taken; what the other did is kept, what it cost is told", async () => {
  const repo = tempRepo({ "a.txt": "one\n" });
  const result = await run(
    repo,
    planOf(2),
    [candidate(1, "wrong"), candidate(2, "right")],
    "--max-agents",
    "1",
  );
  expect(result.exitCode, result.stderr).toBe(0);
  expect(taken(repo, result)).toBe("right\n");
  expect(only(result, "candidate-chosen")).toMatchObject([
    { candidate: 2, by: "checks", reason: "the only one that is green" },
  ]);
  const [loser] = only(result, "candidate-ended").filter((event) => event.candidate === 1);
  expect(loser).toMatchObject({ outcome: "failed", spent: { turns: 3 } });
  const { run: id, spent } = finishedOf(result);
  expect(spent.turns).toBe(6);
  expect(readFileSync(join(repo, ".skein/runs", id, loser!.patchFile!), "utf8")).toContain(
    "+wrong",
  );
  const refs = git(repo, "for-each-ref", "--format=%(refname)", `refs/skein/${id}`);
  expect(refs).toContain("/edit/1-c1");
  expect(git(repo, "worktree", "list").trim().split("\n")).toHaveLength(1);
  const report = await skein(["report", "--repo", repo]);
  expect(report.stdout).toContain("edit: 2 candidates, 2 was taken: the only one that is green");
  expect(report.stdout).toMatch(/the others \(1 failed\) cost <?\$/);
});

test("where the checks cannot tell them apart, a judge that may only look chooses, and an answer that does not count is sent back", async () => {
  const repo = tempRepo({ "a.txt": "one\n" });
  const result = await run(repo, planOf(3), [
    candidate(1, "right"),
    candidate(2, "right as well"),
    candidate(3, "right"),
    conversation(
      "Choose the best of several changes",
      [call("Write", { file_path: "a.txt", content: "mine\n" })],
      [submit({ outputs: { winner: "Z", reason: "none of them" } })],
      [submit({ outputs: { winner: "B", reason: "it says more" } })],
    ),
  ]);
  expect(result.exitCode, result.stderr).toBe(0);
  const commits = only(result, "candidate-ended").map((event) => event.patch!.commit);
  const [second] = [...new Set(commits)].toSorted().slice(1);
  const chosen = only(result, "candidate-chosen");
  expect(chosen).toMatchObject([{ by: "judge", reason: "it says more" }]);
  const winner = only(result, "candidate-ended").find(
    (event) => event.candidate === chosen[0]!.candidate,
  );
  expect(winner?.patch?.commit).toBe(second);
  expect(finishedOf(result).spent.turns).toBe(3 * 3 + 3);
});

test("without a judge's word the smallest change is taken, and that is said; the same change twice needs none", async () => {
  const repo = tempRepo({ "a.txt": "one\n" });
  const [one, two] = [candidate(1, "right"), candidate(2, "right\nand more")];
  const silent = conversation("Choose the best of several changes", [
    submit({ status: "failed", summary: "cannot say" }),
  ]);
  const result = await run(repo, planOf(2), [one, two, silent]);
  expect(taken(repo, result)).toBe("right\n");
  expect(only(result, "candidate-chosen")).toMatchObject([
    {
      candidate: 1,
      by: "checks",
      reason: "the smallest diff; the judge's answer does not count: it gave up: cannot say",
    },
  ]);
  const same = await run(repo, planOf(2), [one, candidate(2, "right")]);
  expect(only(same, "candidate-chosen")).toMatchObject([
    { by: "checks", reason: "all that are as good are the same change" },
  ]);
  expect(existsSync(join(repo, ".skein/runs", finishedOf(same).run, "transcripts"))).toBe(true);
  expect(finishedOf(same).spent.turns).toBe(6);
});

test("several agents that were cut off begin anew, all of them, and what the first had come to does not lie about", async () => {
  const repo = tempRepo({ "a.txt": "one\n" });
  const script = yamlFile("script.yaml", {
    conversations: [candidate(1, "wrong"), candidate(2, "right")],
  });
  const how = ["--script", script, "--max-agents", "1"];
  const args = ["run", planOf(2), "--repo", repo, ...how];
  await runKilled(args, { kind: "line", text: '"kind":"candidate-ended"' });
  const resumed = await skein(["resume", "--repo", repo, ...how, "--json"]);
  expect(resumed.exitCode, resumed.stderr).toBe(0);
  expect(only(resumed, "candidate-ended").map((event) => event.attempt)).toEqual([2, 2]);
  const { run: id, spent } = finishedOf(resumed);
  const refs = git(repo, "for-each-ref", "--format=%(refname)", `refs/skein/${id}/edit`);
  expect(
    refs
      .trim()
      .split("\n")
      .map((ref) => ref.split("/").at(-1)),
  ).toEqual(["2", "2-c1", "2-c2"]);
  expect(spent.turns).toBe(3 + 6);
});
