import { appendFileSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, test } from "vitest";
import { stringify } from "yaml";

import type { JournalEntry, RunEvent } from "../../src/model/event.ts";
import { runKilled } from "../support/killed-run.ts";
import { call, conversation, finishedOf, skein, submit, yamlFile } from "../support/run-skein.ts";
import { git, tempRepo } from "../support/temp-repo.ts";

/** Several runs, one after the other. */
const runsMs = 120_000;

const names = ["a", "b", "c", "d"];
const files = Object.fromEntries(names.map((name) => [`${name}.txt`, "old\n"]));

/** `b` fails as long as the plan says so. */
function planOf(bad: string, list: readonly string[] = names): string {
  return yamlFile("plan.yaml", {
    version: 1,
    name: "tried again",
    tasks: {
      change: {
        strategy: { matrix: { file: list } },
        rollout: { canary: 2, pick: ["a", "b"] },
        env: { FILE: "${{ matrix.file }}", BAD: bad },
        run: '[ "$FILE" != "$BAD" ] && echo new > "$FILE.txt"',
      },
      merge: { needs: ["change"], if: "always()", reduce: { from: "change" } },
      after: { needs: ["merge"], run: "cat ?.txt > all.txt" },
    },
  });
}

function started(events: readonly RunEvent[]): readonly string[] {
  return events.flatMap((event) => (event.kind === "unit-started" ? [event.unit] : []));
}

function journalOf(repo: string): readonly RunEvent[] {
  const runs = join(repo, ".skein", "runs");
  const [run = ""] = readdirSync(runs).filter((name) => /^\d/.test(name));
  return readFileSync(join(runs, run, "journal.jsonl"), "utf8")
    .trim()
    .split("\n")
    .map((line) => (JSON.parse(line) as JournalEntry).event);
}

test(
  "of a plan only what is named is run, and so it stays when it goes on; what stands on it has only that",
  async () => {
    const repo = tempRepo(files);
    const only = ["--only", "change[c]", "--only", "change[b]"];
    const first = await skein(["run", planOf("b"), "--repo", repo, ...only, "--json"]);
    expect(started(first.events)).toEqual(["change[b]", "change[c]", "merge", "after"]);
    const again = await skein(["retry", "--repo", repo, "--plan", planOf("nobody"), "--json"]);
    expect(started(again.events)).toEqual(["change[b]", "merge", "after"]);
    expect(again.exitCode, again.stderr).toBe(0);
    const { branch = "" } = finishedOf(again).result ?? {};
    expect(git(repo, "show", `${branch}:all.txt`)).toBe("old\nnew\nnew\nold\n");
    const odd = await skein(["run", planOf("b"), "--repo", repo, "--only", "chnage"]);
    expect(odd.stderr).toContain("--only chnage means no task of the plan");
  },
  runsMs,
);

test(
  "after a stopped canary the plan is changed: what succeeded stays, the rest is done by the new one",
  async () => {
    const repo = tempRepo(files);
    const first = await skein(["run", planOf("b"), "--repo", repo, "--json"]);
    expect(first.exitCode).toBe(1);
    const changed = planOf("nobody");
    const asked = await skein(["resume", "--repo", repo, "--plan", changed]);
    expect(asked.exitCode).toBe(2);
    expect(asked.stderr).toContain("-      BAD: b\n+      BAD: nobody");
    expect(asked.stderr).toContain("--accept-changes goes on with it");
    expect(journalOf(repo).at(-1)?.kind).toBe("run-finished");
    const accept = ["--plan", changed, "--accept-changes"];
    const second = await skein(["resume", "--repo", repo, ...accept, "--json"]);
    expect(second.exitCode, second.stderr).toBe(0);
    expect(started(second.events).slice(0, 1)).toEqual(["change[b]"]);
    expect(started(second.events).toSorted()).toEqual([
      "after",
      "change[b]",
      "change[c]",
      "change[d]",
      "merge",
    ]);
    const { result, outcomes } = finishedOf(second);
    expect(outcomes).toEqual({ done: 6 });
    expect(git(repo, "show", `${result?.branch}:all.txt`)).toBe("new\n".repeat(4));
    const report = await skein(["report", "--repo", repo, "--json"]);
    expect(JSON.parse(report.stdout)).toMatchObject({ outcomes: { done: 6 } });
    const status = await skein(["status", "--repo", repo, "--json"]);
    expect(JSON.parse(status.stdout)).toMatchObject({ standing: "finished", ended: 6, total: 6 });
  },
  runsMs,
);

test(
  "a changed plan may have other units: those that are gone are left out, new ones are done",
  async () => {
    const repo = tempRepo(files);
    await skein(["run", planOf("b"), "--repo", repo]);
    const changed = planOf("nobody", ["a", "d", "b", "e"]);
    const killed = await runKilled(["retry", "--repo", repo, "--plan", changed], {
      kind: "line",
      text: '"kind":"plan-changed"',
    });
    expect(killed.exitCode).toBeUndefined();
    // The run had not gone on yet when it was killed; what it had ended for its failure is still to be tried.
    const again = await skein(["retry", "--repo", repo, "--json"]);
    expect(again.exitCode, again.stderr).toBe(0);
    expect(finishedOf(again).outcomes).toEqual({ done: 6 });
    expect(started(again.events)).not.toContain("change[a]");
    const status = await skein(["status", "--repo", repo, "--json"]);
    expect(JSON.parse(status.stdout)).toMatchObject({ ended: 6, total: 6 });
  },
  runsMs,
);

const flaky = yamlFile("plan.yaml", {
  version: 1,
  name: "flaky",
  tasks: {
    change: {
      strategy: { matrix: { n: [1, 2, 3] } },
      env: { N: "${{ matrix.n }}" },
      run: 'test "$N" = 1 || test -e "$(git rev-parse --git-common-dir)/info/go" && echo "$N" > "n$N.txt"',
    },
    after: { needs: ["change"], run: "cat n*.txt > all.txt" },
  },
});

test(
  "retry does what failed and what was blocked by it, nothing else; killed on the way it is resumed",
  async () => {
    const repo = tempRepo(files);
    expect((await skein(["run", flaky, "--repo", repo])).exitCode).toBe(1);
    const unknown = await skein(["retry", "--repo", repo, "--only", "change[9]"]);
    expect(unknown.exitCode).toBe(2);
    expect(unknown.stderr).toContain("no unit and no task called change[9]");
    const succeeded = await skein(["retry", "--repo", repo, "--only", "change[1]"]);
    expect(succeeded.stderr).toContain("change[1] has succeeded");
    appendFileSync(join(repo, ".git", "info", "go"), "");
    const one = await skein(["retry", "--repo", repo, "--only", "change[3]", "--json"]);
    expect(one.exitCode, one.stderr).toBe(1);
    expect(started(one.events)).toEqual(["change[3]"]);
    expect(finishedOf(one).outcomes).toEqual({ done: 2, failed: 1, blocked: 1 });
    await runKilled(["retry", "--repo", repo], { kind: "line", text: '"kind":"unit-started"' });
    const resumed = await skein(["resume", "--repo", repo, "--json"]);
    expect(resumed.exitCode, resumed.stderr).toBe(0);
    const { result, merged } = finishedOf(resumed);
    expect(git(repo, "show", `${result?.branch}:all.txt`)).toBe("1\n2\n3\n");
    expect(merged).toHaveLength(4);
    const nothing = await skein(["retry", "--repo", repo]);
    expect(nothing.exitCode).toBe(0);
    expect(nothing.stderr).toContain("nothing of it is left to do");
  },
  runsMs,
);

test(
  "a prompt file that was edited is another plan: resume keeps to what it said, retry --plan takes the new one",
  async () => {
    const repo = tempRepo(files);
    const folder = mkdtempSync(join(tmpdir(), "skein-test-"));
    const plan = join(folder, "plan.yaml");
    const agent = { "prompt-file": "do.md", scope: { write: ["a.txt"] } };
    writeFileSync(plan, stringify({ version: 1, name: "prompts", tasks: { edit: { agent } } }));
    writeFileSync(join(folder, "do.md"), "vague words");
    const script = yamlFile("script.yaml", {
      conversations: [
        conversation(
          "clear words",
          [call("Read", { file_path: "a.txt" })],
          [call("Edit", { file_path: "a.txt", old_string: "old", new_string: "new" })],
          [submit()],
        ),
        conversation("vague words", [
          call("Submit", { status: "failed", summary: "what am I to do?" }),
        ]),
      ],
    });
    const model = ["--repo", repo, "--script", script, "--json"];
    expect((await skein(["run", plan, ...model])).exitCode).toBe(1);
    writeFileSync(join(folder, "do.md"), "clear words");
    expect((await skein(["retry", ...model])).exitCode).toBe(1);
    const changed = await skein(["retry", ...model, "--plan", plan]);
    expect(changed.stderr).toContain("--- do.md");
    expect(changed.exitCode, changed.stderr).toBe(0);
    expect(git(repo, "show", `${finishedOf(changed).result?.branch}:a.txt`)).toBe("new\n");
  },
  runsMs,
);
