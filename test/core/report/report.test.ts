import fc from "fast-check";
import { expect, test } from "vitest";

import { buildReport } from "../../../src/core/report/build-report.ts";
import { renderReport } from "../../../src/core/report/render-report.ts";
import { reportToCsv } from "../../../src/core/report/report-to-csv.ts";
import { reportToJson } from "../../../src/core/report/report-to-json.ts";
import { reportToMarkdown } from "../../../src/core/report/report-to-markdown.ts";
import { widthOf } from "../../../src/core/text-layout.ts";
import type { AgentEvent, RunEvent } from "../../../src/model/event.ts";
import type { TaskId, UnitId } from "../../../src/model/ids.ts";
import type { GroupKey } from "../../../src/model/report-group.ts";
import { journal } from "../../support/run-events.ts";
import { journalOf, runStarted, spend, story, unitStory } from "../../support/run-story.ts";

test("a report tells what came of the run, what is not in it and why, and what to do next", () => {
  expect(renderReport(buildReport(story), { columns: 80 })).toMatchInlineSnapshot(`
    "assert to expect
    run 261123-120000-abcd · from 1111111111 · claude-sonnet-5-5 · commands in
    bubblewrap

      unit    outcome    files  turns  tokens  cached   cost   time
    ✓ fix[a]  done     1 +3 -2      3    3.2k     88%  $0.03  41.0s
    ✗ fix[b]  failed   1 +3 -2      3    3.2k     88%  $0.03  41.0s
    ✓ fix[c]  done     1 +3 -2      3    3.2k     88%  $0.03  41.0s
    ✓ merge   done     2 +6 -4                                 6.0s

    Not merged
      ✗ fix[b] failed: verify: npm test exited with 1
        | 1 failing
        | expected 3 to equal 4
        next: run it in the unit's worktree
        kept: .skein/runs/261123-120000-abcd/patches/fix-b.patch

    Conflicts
      ✓ fix[c], settled: src/a.ts (text: agent)

    Commands
      ✗ npm test  red in 1 of 3 units, 6.0s

    Left open by the agents
      fix[c]: src/b.ts still has a TODO

    Cost and cache
      prompt    88% from the cache: 8.1k tokens read, 180 written, 900 neither
      answers   450 tokens in 9 turns
      unit     in  written  read  out  cached   cost  epochs  summed  misses
      fix[a]  300       60  2.7k  150     88%  $0.03       0       0       0
      fix[b]  300       60  2.7k  150     88%  $0.03       0       0       0
      fix[c]  300       60  2.7k  150     88%  $0.03       0       0       0

    3 done, 1 skipped, 1 failed · 9 turns, 9.6k tokens, 88% of the prompt cached ·
    $0.09 · 34.0s
    Result: branch skein/261123-120000-abcd, 2 files, +6 -4
      look     skein diff 261123-120000-abcd
      take it  skein apply 261123-120000-abcd
      again    skein retry 261123-120000-abcd
    "
  `);
});

test("what the base said is told once, however often a run was gone on with", () => {
  const base: RunEvent = {
    kind: "baseline-taken",
    command: "npm test",
    exitCode: 0,
    durationMs: 1,
    log: "",
    passed: 7,
    failed: 0,
    skipped: 0,
  };
  const told = renderReport(buildReport(journalOf([runStarted(), base, base])), { columns: 80 });
  expect(told.match(/the base: 7 passed/g)).toHaveLength(1);
});

test("a red check that is red on the base in the same way is told as that", () => {
  const unit = "merge" as UnitId;
  const ran = { command: "npm test", exitCode: 1, durationMs: 1, log: "" };
  const told = (newlyFailing: readonly string[]): string => {
    const events: readonly RunEvent[] = [
      runStarted(),
      { kind: "unit-state", unit, attempt: 1, state: "verifying" },
      { kind: "command-finished", unit, ...ran },
      {
        kind: "tests-compared",
        unit,
        command: "npm test",
        newlyFailing,
        removed: [],
        flaky: [],
        newlyPassing: 0,
        passed: 7,
        failed: 1,
        skipped: 0,
      },
    ];
    return renderReport(buildReport(journalOf(events)), { columns: 80 });
  };
  expect(told([])).toContain("✓ npm test  verifies merge, red as the base, 1ms");
  expect(told(["a"])).toContain("✗ npm test  verifies merge, exit 1, 1ms");
});

test("a check that was red on the way of a unit that has ended well is not listed as red", () => {
  const unit = "fix[a]" as UnitId;
  const ran = (command: string, exitCode: number): RunEvent => ({
    kind: "command-finished",
    unit,
    command,
    exitCode,
    durationMs: 1,
    log: "",
  });
  const verifying: RunEvent = { kind: "unit-state", unit, attempt: 1, state: "verifying" };
  const [started, ...rest] = unitStory("fix[a]");
  if (started === undefined) throw new Error("Internal error: a story has a beginning");
  const way = [started, verifying, ran("npm run lint", 1), ran("node check.js", 0), ...rest];
  const told = renderReport(buildReport(journalOf([runStarted(), ...way])), { columns: 80 });
  expect(told).toContain("✓ node check.js  verifies fix[a]");
  expect(told).not.toContain("npm run lint");
});

test("names of units keep their ends where there is little room", () => {
  const units = ["change[packages/one]", "change[packages/two]"].flatMap((name) => unitStory(name));
  const told = renderReport(buildReport(journalOf([runStarted(), ...units])), { columns: 80 });
  expect(told).toMatch(/^ {2}change\S*…\S*one\] /m);
  expect(told).toMatch(/^ {2}change\S*…\S*two\] /m);
});

test("a run in another folder is named in the next commands, as a shell wants it", () => {
  const shown = renderReport(buildReport(story), { columns: 80, repo: "/tmp/it's here" });
  expect(shown).toContain("skein apply 261123-120000-abcd --repo '/tmp/it'\\''s here'");
});

test("a run without an end says so, and names what was open", () => {
  const shown = renderReport(buildReport(story.slice(0, 14)), { columns: 80 });
  expect(shown.trimEnd().split("\n").slice(-2)).toMatchInlineSnapshot(`
    [
      "1 done · 3 turns, 3.2k tokens, 88% of the prompt cached · $0.03 · 13.0s",
      "The run has not finished; open: fix[b].",
    ]
  `);
});

test("the offline model is named wherever its work is shown, and nothing it did is called a cost", () => {
  const report = buildReport(journalOf([runStarted({ offline: true }), ...unitStory("fix[a]")]));
  const shown = renderReport(report, { columns: 120 });
  expect(shown).toContain("offline model: rules, not a language model");
  expect(shown).toContain("nothing charged");
  expect(reportToMarkdown(report)).toContain("offline model (rules, not a language model)");
});

test("any journal gives a report that fits its columns and steers no terminal", () => {
  fc.assert(
    fc.property(journal, fc.integer({ min: 41, max: 160 }), (entries, columns) => {
      const shown = renderReport(buildReport(entries), { columns });
      // oxlint-disable-next-line no-control-regex -- control characters are what must not be there
      expect(shown).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
      for (const line of shown.split("\n")) {
        // Commands to copy and the paths of kept patches are never broken.
        if (!/skein (diff|apply|log)|kept:|Result:/.test(line))
          expect(widthOf(line)).toBeLessThan(columns);
      }
    }),
  );
});

test("a command in what is to be done next is never broken, nor what it is given", () => {
  const command = "git config --global --add safe.directory /home/someone/repo";
  const failure = {
    kind: "io" as const,
    message: "git does not trust the repository",
    hint: `if you do trust it: ${command}; then skein retry 261123-120000-abcd, or leave it be`,
  };
  const reason = failure.message;
  const units = unitStory("fix[a]", { outcome: "failed", reason, failure });
  const last = story.at(-1)?.event;
  if (last?.kind !== "run-finished") throw new Error("a story has an end");
  const unit = "fix[a]" as UnitId;
  const end = { ...last, failure, notMerged: [{ unit, outcome: "failed" as const, reason }] };
  for (const columns of [48, 60, 70, 100]) {
    const report = buildReport(journalOf([runStarted(), ...units, end]));
    const shown = renderReport(report, { columns });
    // Of the unit, and of the run.
    expect(shown.split(command), String(columns)).toHaveLength(3);
    expect(shown).toContain("skein retry 261123-120000-abcd");
  }
});

test("of a run with a thousand units, every one that failed is in the table", () => {
  const units = Array.from({ length: 1_000 }, (_, index) =>
    unitStory(`fix[${index}]`, index % 10 === 0 ? { outcome: "failed", reason: "red" } : {}),
  );
  const shown = renderReport(buildReport(journalOf([runStarted(), ...units.flat()])), {
    columns: 80,
  });
  expect(shown.match(/^✗ fix/gm)).toHaveLength(100);
  expect(shown).toContain("and 900 more; skein report --csv");
});

test("a spreadsheet has a row per unit, and runs none of its cells", () => {
  const report = buildReport(
    journalOf([
      runStarted(),
      ...unitStory("=HYPERLINK(1)", { outcome: "failed", reason: '@SUM(1), "quoted"\nnext' }),
    ]),
  );
  expect(reportToCsv(report, undefined)).toMatchInlineSnapshot(`
    "unit,task,outcome,merged,reason,attempts,files,insertions,deletions,tests_passed_before,tests_failed_before,tests_passed,tests_failed,turns,input_tokens,output_tokens,cache_read_tokens,cache_write_tokens,usd,epochs,compactions,failed_compactions,cache_misses,duration_ms,published,branch,pull_request,pull_request_state,pull_request_checks,patch_file,from_cache,cache_reason,repo
    '=HYPERLINK(1),fix,failed,false,"'@SUM(1), ""quoted"" next",1,1,3,2,,,,,3,300,150,2700,60,0.03,0,0,0,,41000,,,,,,,,,
    "
  `);
});

/** Their names are one letter long. */
function unitsIn(csv: string): readonly string[] {
  return csv
    .split("\r\n")
    .flatMap((line, at) => (at === 0 || line === "" ? [] : [line.slice(0, 1)]));
}

test("units are put together by what is asked for, the largest group first, in CSV and JSON alike", () => {
  const units = ["a", "b", "c", "d"].map((id) => unitStory(id, { outcome: "done" }));
  const stories = [
    ...units,
    unitStory("e", { outcome: "failed", reason: "red: 1\nmore" }),
    unitStory("f", { outcome: "failed", reason: "red: 1\nother" }),
  ].flat();
  const expanded = {
    kind: "task-expanded",
    task: "fix" as TaskId,
    units: [{ id: "e" as UnitId, agent: false, repo: "/srv/e.git" }],
  } as const;
  const report = buildReport(journalOf([runStarted(), expanded, ...stories]));
  const groupsOf = (...keys: readonly GroupKey[]): unknown =>
    (reportToJson(report, keys) as { readonly groups: unknown }).groups;
  expect(groupsOf("outcome", "reason")).toEqual([
    { by: { outcome: "done", reason: "" }, count: 4, units: ["a", "b", "c", "d"] },
    { by: { outcome: "failed", reason: "red: 1" }, count: 2, units: ["e", "f"] },
  ]);
  expect(groupsOf("task")).toMatchObject([{ by: { task: "fix" }, count: 6 }]);
  expect(groupsOf("repo")).toMatchObject([
    { by: { repo: "" }, count: 5 },
    { by: { repo: "/srv/e.git" }, units: ["e"] },
  ]);
  expect(unitsIn(reportToCsv(report, ["repo"]))).toEqual(["a", "b", "c", "d", "f", "e"]);
  expect(unitsIn(reportToCsv(report, undefined))).toEqual(["a", "b", "c", "d", "e", "f"]);
  expect(reportToJson(report, undefined)).toEqual(report);
});

test("no cell begins like a formula where semicolons part cells, nor in wide characters", () => {
  const begins = fc.constantFrom("=", "+", "-", "@", "|", "%", "\uFF1D", "\uFF0B");
  fc.assert(
    fc.property(fc.string(), begins, (text, sign) => {
      const events = unitStory("a", {
        outcome: "failed",
        reason: `${text}; ${sign}cmd|x;${sign}y`,
      });
      const [, row = ""] = reportToCsv(
        buildReport(journalOf([runStarted(), ...events])),
        undefined,
      ).split("\r\n");
      expect(row).not.toMatch(/(?:^|;)\s*["']*(?<!')[=+\-@|%\uFF1D\uFF0B\uFF0D\uFF20]/);
    }),
    { numRuns: 100 },
  );
});

test("Markdown shows text of others as text", () => {
  const report = buildReport(
    journalOf([
      runStarted({ name: "<img src=x> [a](http://evil) | `b` @someone" }),
      ...unitStory("fix[a]", { outcome: "failed", reason: "| broken | row |\n# heading" }),
    ]),
  );
  expect(reportToMarkdown(report)).toMatchInlineSnapshot(`
    "# \\<img src=x\\> \\[a\\]\\(http:⁠//evil\\) \\| \\\`b\\\` @⁠someone

    Run \`261123-120000-abcd\`: claude-sonnet-5-5, base \`1111111111\`, 8.0s.

    The run has not finished.

    1 failed; 3 turns, 3.2k tokens (88% of the prompt cached), $0.03.

    | unit | outcome | merged | files | turns | tokens | time | |
    |--|--|--|--|--|--|--|--|
    | fix\\[a\\] | failed |  | 1 (+3 -2) | 3 | 3.2k | 41.0s | \\| broken \\| row \\| \\# heading |
    "
  `);
});

test("a report tells what was read from the cache, what was not and why, and how often contexts were written anew", () => {
  const events = [
    runStarted(),
    happened("fix[a]", { kind: "cache-missed", why: "first-use", tokens: 60_000 }),
    happened("fix[a]", { kind: "context", did: "clear", before: 96_000, after: 41_000 }),
    happened("fix[a]", { kind: "cache-missed", why: "rewritten", tokens: 21_000 }),
    happened("fix[b]", {
      kind: "context",
      did: "compaction-failed",
      before: 136_000,
      after: 136_000,
    }),
    happened("fix[b]", { kind: "context", did: "compaction", before: 136_000, after: 40_000 }),
    happened("fix[b]", { kind: "cache-missed", why: "rewritten", tokens: 20_000 }),
    ...unitStory("fix[a]"),
    ...unitStory("fix[b]", { spent: spend(30) }),
  ];
  const report = buildReport(journalOf(events));
  const shown = renderReport(report, { columns: 100 });
  expect(shown.slice(shown.indexOf("Cost and cache"), shown.indexOf("2 done")))
    .toMatchInlineSnapshot(`
    "Cost and cache
      prompt    88% from the cache: 30k tokens read, 660 written, 3.3k neither
      answers   1.6k tokens in 33 turns
      contexts  written anew 2 times, 1 of them summed up by a model, 1 more failed
      misses    1 the first to use a prefix (60k tokens), 2 after a rewrite (41k tokens)
      unit      in  written  read   out  cached   cost  epochs  summed  misses
      fix[b]  3.0k      600   27k  1.5k     88%  $0.30       1       1       1
      fix[a]   300       60  2.7k   150     88%  $0.03       1       0       2

    "
  `);
  expect(report.units[0]?.context.misses).toEqual({
    "first-use": { requests: 1, tokens: 60_000 },
    rewritten: { requests: 1, tokens: 21_000 },
  });
});

function happened(unit: string, event: AgentEvent): RunEvent {
  return { kind: "agent", unit: unit as UnitId, attempt: 1, event };
}
