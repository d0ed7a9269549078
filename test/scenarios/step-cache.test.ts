import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, test } from "vitest";

import { runKilled } from "../support/killed-run.ts";
import { finishedOf, skein, type SkeinResult, yamlFile } from "../support/run-skein.ts";
import { git, tempRepo, writeFiles } from "../support/temp-repo.ts";

/** Several runs, one after the other. */
const runsMs = 120_000;
const files = { "src/a.txt": "one\n", "src/b.txt": "one\n", "other.txt": "other\n" };

const plan = yamlFile("plan.yaml", {
  version: 1,
  name: "cached",
  tasks: {
    edit: {
      run: 'sed -i s/one/two/ src/a.txt src/b.txt; wc -l < src/a.txt > "$SKEIN_OUT/lines"',
      outputs: { lines: { text: "lines" } },
      cache: { inputs: ["src/*.txt"] },
      verify: [{ run: "grep -q two src/a.txt" }],
    },
    after: {
      needs: ["edit"],
      env: { N: "${{ needs.edit.outputs.lines }}" },
      run: 'echo "$N" > n.txt',
    },
  },
});

/** What the cache had to say of each unit, and how many commands ran for `edit`. */
function told({ events }: SkeinResult): { said: readonly string[]; commands: number } {
  return {
    said: events.flatMap((event) =>
      event.kind === "cache-hit" || event.kind === "cache-miss"
        ? [`${event.kind} ${event.unit}: ${event.reason}`]
        : [],
    ),
    commands: events.filter((event) => event.kind === "command-finished" && event.unit === "edit")
      .length,
  };
}

function runner(): {
  readonly repo: string;
  readonly env: { readonly XDG_CACHE_HOME: string };
  readonly run: (...more: readonly string[]) => Promise<SkeinResult>;
} {
  const repo = tempRepo(files);
  const env = { XDG_CACHE_HOME: mkdtempSync(join(tmpdir(), "skein-cache-")) };
  const run = (...more: readonly string[]): Promise<SkeinResult> =>
    skein(["run", plan, "--repo", repo, "--json", ...more], { env });
  return { repo, env, run };
}

function commit(repo: string, changed: Readonly<Record<string, string>>): void {
  writeFiles(repo, changed);
  git(repo, "commit", "--all", "--quiet", "--message=more");
}

test(
  "what was done once is taken from the cache, on another base as well, until an input changes",
  async () => {
    const { repo, run } = runner();
    const first = await run();
    expect(first.exitCode, first.stderr).toBe(0);
    expect(told(first)).toEqual({
      said: ["cache-miss edit: nothing was kept of it before"],
      commands: 2,
    });
    commit(repo, { "other.txt": "not an input\n" });
    const second = await run();
    expect(second.exitCode, second.stderr).toBe(0);
    expect(told(second)).toMatchObject({
      said: [expect.stringContaining("cache-hit edit: nothing has changed since run")],
      commands: 0,
    });
    const { branch } = finishedOf(second).result ?? {};
    expect(git(repo, "show", `${branch}:src/b.txt`)).toBe("two\n");
    expect(git(repo, "show", `${branch}:other.txt`)).toBe("not an input\n");
    expect(git(repo, "show", `${branch}:n.txt`)).toBe("1\n");
    const report = await skein(["report", "--repo", repo]);
    expect(report.stdout).toMatch(/edit +done, from cache/);
    commit(repo, { "src/a.txt": "one\none\n" });
    const third = await run();
    expect(told(third).said).toEqual(["cache-miss edit: inputs changed: src/a.txt"]);
    const fourth = await run("--no-cache");
    expect(told(fourth)).toEqual({
      said: ["cache-miss edit: --no-cache: it was not looked for"],
      commands: 2,
    });
  },
  runsMs,
);

test(
  "it is there as soon as the unit has ended, and two runs at once do not hurt each other",
  async () => {
    const { repo, env, run } = runner();
    const killed = await runKilled(
      ["run", plan, "--repo", repo],
      { kind: "line", text: '"kind":"unit-finished","unit":"edit"' },
      env,
    );
    expect(killed.exitCode).toBeUndefined();
    const both = await Promise.all([run(), run()]);
    for (const one of both) {
      expect(one.exitCode, one.stderr).toBe(0);
      expect(told(one).commands).toBe(0);
    }
  },
  runsMs,
);

test("inputs that match no file are a mistake, and nothing is run", async () => {
  const wrong = yamlFile("plan.yaml", {
    version: 1,
    name: "cached",
    tasks: { edit: { run: "echo x > x.txt", cache: { inputs: ["scr/**"] } } },
  });
  const result = await skein(["run", wrong, "--repo", tempRepo(files), "--json"]);
  expect(result.exitCode).toBe(1);
  expect(finishedOf(result).notMerged[0]?.reason).toBe(
    "cache.inputs of edit match no file: scr/**",
  );
  expect(told(result).commands).toBe(0);
});
