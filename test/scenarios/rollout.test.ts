import { beforeAll, expect, test } from "vitest";

import type { RunEvent } from "../../src/model/event.ts";
import { type KillPoint, leftBy, runKilled } from "../support/killed-run.ts";
import { finishedOf, skein, type SkeinResult, yamlFile } from "../support/run-skein.ts";
import { git, tempRepo } from "../support/temp-repo.ts";

const names = ["a", "b", "c", "d", "e", "f", "g", "h"];
const files = Object.fromEntries(names.map((name) => [`${name}.txt`, "old\n"]));

/** Each of eight files is written anew by a unit of its own; those in `bad` are not. */
function planOf(rollout: object, bad: readonly string[] = []): string {
  return yamlFile("plan.yaml", {
    version: 1,
    name: "rolled out",
    tasks: {
      change: {
        strategy: { matrix: { file: names } },
        rollout,
        env: { FILE: "${{ matrix.file }}", BAD: bad.join(" ") },
        run: 'case " $BAD " in *" $FILE "*) echo "TypeError: $FILE is bad"; exit 1;; esac; echo new > "$FILE.txt"',
      },
      merge: { needs: ["change"], if: "always()", reduce: { from: "change" } },
    },
  });
}

function run(plan: string, repo = tempRepo(files)): Promise<SkeinResult> {
  return skein(["run", plan, "--repo", repo, "--json"]);
}

function startedIn(events: readonly RunEvent[]): readonly string[] {
  return events.flatMap((event) =>
    event.kind === "unit-started" && event.task === "change" ? [event.unit] : [],
  );
}

test("a canary goes first, and when it has passed the others go on in batches", async () => {
  const result = await run(planOf({ canary: 2, pick: ["c", "f"], batch: 3 }));
  expect(result.exitCode, result.stderr).toBe(0);
  const kinds = result.events.flatMap((event) =>
    event.kind === "rollout-judged"
      ? [event.reason]
      : event.kind === "unit-started" && event.task === "change"
        ? [event.unit]
        : [],
  );
  expect(kinds[2]).toBe("the canary passed: 2 of 2 succeeded; the other 6 go on");
  expect(kinds.slice(0, 2).toSorted()).toEqual(["change[c]", "change[f]"]);
  expect(kinds.slice(3, 6).toSorted()).toEqual(["change[a]", "change[b]", "change[d]"]);
});

test("a canary that does not pass ends the rest, and every reason says what was learned", async () => {
  const repo = tempRepo(files);
  const result = await run(planOf({ canary: 3, pick: ["b", "c", "d"] }, ["b", "d"]), repo);
  expect(result.exitCode).toBe(1);
  expect(startedIn(result.events).toSorted()).toEqual(["change[b]", "change[c]", "change[d]"]);
  const { outcomes, notMerged, result: merged } = finishedOf(result);
  expect(outcomes).toEqual({ done: 2, failed: 2, blocked: 5 });
  const [held] = notMerged.filter(({ outcome }) => outcome === "blocked");
  expect(held?.reason).toContain("the canary did not pass: 1 of 3 succeeded, 3 had to");
  expect(held?.reason).toContain("TypeError: b is bad");
  expect(held?.reason).toContain("all failed alike");
  // What succeeded is not lost.
  expect(git(repo, "show", `${merged?.branch}:c.txt`)).toBe("new\n");
  const report = await skein(["report", "--repo", repo]);
  expect(report.stdout).toContain("and 4 more");
});

test("with a share required a canary may have failures; too many in the sweep stop it", async () => {
  const rollout = { canary: 3, pick: ["a", "b", "c"], require: "2/3", batch: 1 };
  const limited = { ...rollout, "max-failure-rate": 0.3 };
  const result = await run(planOf(limited, ["a", "d"]));
  expect(result.exitCode).toBe(1);
  expect(startedIn(result.events)).toHaveLength(4);
  const judged = result.events.flatMap((event) => (event.kind === "rollout-judged" ? [event] : []));
  expect(judged.map(({ goesOn }) => goesOn)).toEqual([true, false]);
  expect(judged[1]?.reason).toContain("too many failures: 2 of 4 that ended");
});

test("a unit that was picked and is not there fails the task before anything starts", async () => {
  const plan = yamlFile("plan.yaml", {
    version: 1,
    name: "rolled out",
    tasks: {
      list: { run: 'echo x > "$SKEIN_OUT/l"', outputs: { all: { lines: "l" } } },
      change: {
        needs: ["list"],
        strategy: { matrix: { file: "${{ needs.list.outputs.all }}" } },
        rollout: { canary: 1, pick: ["y"] },
        run: "true",
      },
    },
  });
  const result = await run(plan);
  expect(result.exitCode).toBe(1);
  expect(finishedOf(result).notMerged[0]?.reason).toBe("rollout: no unit is called y");
});

/** Kinds of what happened, of a rollout that a person has to let go on. */
function storyOf(events: readonly RunEvent[]): readonly string[] {
  return events.flatMap((event) => {
    if (event.kind === "gate-waiting") return [`${event.stage}: ${event.message}`];
    if (event.kind === "rollout-judged") return [event.reason];
    return event.kind === "unit-started" && event.task === "change" ? ["start"] : [];
  });
}

test("with promote: manual the run stops behind the canary until a person lets it go on", async () => {
  const repo = tempRepo(files);
  const plan = planOf({ canary: 2, promote: "manual" });
  const first = await run(plan, repo);
  expect(first.exitCode, first.stderr).toBe(3);
  const asked = "rest: the canary passed: 2 of 2 succeeded; may the other 6 go on?";
  expect(storyOf(first.events)).toEqual(["start", "start", asked]);
  expect(finishedOf(first).outcomes).toEqual({ done: 2, "awaiting-approval": 6, blocked: 1 });
  const word = await skein(["approve", "latest", "change", "--repo", repo]);
  expect(word.exitCode, word.stderr).toBe(0);
  const second = await skein(["resume", "--repo", repo, "--json"]);
  expect(second.exitCode, second.stderr).toBe(0);
  expect(storyOf(second.events)).toEqual([
    "the canary passed: 2 of 2 succeeded; a person let the other 6 go on",
    ...Array.from({ length: 6 }, () => "start"),
  ]);
  const { result } = finishedOf(second);
  for (const name of names)
    expect(git(repo, "show", `${result?.branch}:${name}.txt`)).toBe("new\n");
});

test("a no ends the rest with its reason; retry asks anew, and --yes lets it go on", async () => {
  const repo = tempRepo(files);
  await run(planOf({ canary: 2, promote: "manual" }), repo);
  const word = await skein(["approve", "latest", "change", "--reject", "--repo", repo]);
  expect(word.exitCode, word.stderr).toBe(0);
  const second = await skein(["resume", "--repo", repo, "--json"]);
  expect(second.exitCode).toBe(1);
  const held = finishedOf(second).notMerged.find(({ unit }) => unit.startsWith("change["));
  const reason = "the canary passed: 2 of 2 succeeded; a person held back the other 6";
  expect(held).toMatchObject({ outcome: "blocked", reason });
  const third = await skein(["retry", "--yes", "--repo", repo, "--json"]);
  expect(third.exitCode, third.stderr).toBe(0);
  expect(storyOf(third.events).filter((line) => line === "start")).toHaveLength(6);
});

const killable = planOf({ canary: 2, batch: 3 });
let whole: ReturnType<typeof leftBy>;
beforeAll(async () => {
  const repo = tempRepo(files);
  const ran = await runKilled(["run", killable, "--repo", repo], undefined);
  expect(ran.exitCode, ran.stderr).toBe(0);
  whole = leftBy(repo);
});

test.each<KillPoint>([
  { kind: "line", text: '"kind":"rollout-judged"' },
  { kind: "entry", number: 12 },
])("killed at $kind $text$number, a rollout goes on to the same end", async (point) => {
  const repo = tempRepo(files);
  const killed = await runKilled(["run", killable, "--repo", repo], point);
  expect(killed.exitCode).toBeUndefined();
  const resumed = await skein(["resume", "--repo", repo, "--json"]);
  expect(resumed.exitCode, resumed.stderr).toBe(0);
  expect(leftBy(repo)).toEqual(whole);
});
