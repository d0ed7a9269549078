import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from "node:fs";
import { join, resolve } from "node:path";

import { execa } from "execa";
import { expect, test } from "vitest";

import type { RunEvent } from "../../src/model/event.ts";
import { gitIn, writeFiles } from "../adapters/git/temp-repo.ts";
import { bareRepo } from "../adapters/mirrors/mirror-rig.ts";
import { fakeGh, type FakeGh } from "../support/fake-gh.ts";
import { finishedOf, skein, type SkeinResult, yamlFile } from "../support/run-skein.ts";

const publish = {
  branch: "chore/strict-equal",
  pr: "draft",
  via: "gh",
  rate: "600/hour",
  label: ["automated"],
  title: "Use ${{ matrix.repo.name }} strictly",
};

function planWith(more: object): object {
  return {
    version: 1,
    name: "fleet",
    clone: { depth: 1 },
    tasks: {
      each: {
        strategy: { matrix: { repo: "${{ repos }}" } },
        workspace: { repo: "${{ matrix.repo }}" },
        steps: [{ run: "sed -i s/old/new/ a.txt" }],
        verify: [{ run: "test -s a.txt" }],
        publish: { ...publish, ...more },
      },
    },
  };
}

interface Fleet {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly gh: FakeGh;
  readonly repos: string;
  /** What the server's branch holds. */
  branch(repo: string): string;
  run(plan: object, ...more: readonly string[]): Promise<SkeinResult>;
}

function fleet(...names: readonly string[]): Fleet {
  const cwd = mkdtempSync(join("/var/tmp", "skein-test-publish-"));
  const gh = fakeGh(cwd);
  const repos = join(cwd, "repos.txt");
  mkdirSync(join(cwd, "srv"));
  const urls = names.map((name) => {
    const { path } = bareRepo(join(cwd, "srv"), `${name}.git`, { "a.txt": "old\n" });
    return `file://${encodeURI(path)}`;
  });
  writeFileSync(repos, `${urls.join("\n")}\n`);
  const env = {
    PATH: `${gh.bin}:${process.env["PATH"] ?? ""}`,
    XDG_CACHE_HOME: join(cwd, "cache"),
    SKEIN_WORKTREES: mkdtempSync(join("/var/tmp", "skein-test-wt-")),
  };
  return {
    cwd,
    env,
    gh,
    repos,
    branch: (repo) => {
      const ref = `refs/heads/${publish.branch}`;
      return gitIn(
        join(cwd, "srv", `${repo}.git`),
        "for-each-ref",
        "--format=%(objectname)",
        ref,
      ).trim();
    },
    run: (plan, ...more) =>
      skein(["run", yamlFile("plan.yaml", plan), "--repos", repos, "--json", ...more], {
        cwd,
        env,
      }),
  };
}

type Told<Kind extends RunEvent["kind"]> = Extract<RunEvent, { readonly kind: Kind }>;

function told<Kind extends RunEvent["kind"]>(
  { events }: SkeinResult,
  kind: Kind,
): readonly Told<Kind>[] {
  return events.filter((event): event is Told<Kind> => event.kind === kind);
}

test("nothing leaves without --publish; a dry run shows all that would; then branches and drafts are there, once", async () => {
  const at = fleet("one", "two");
  const quiet = await at.run(planWith({}));
  expect(told(quiet, "publish-skipped").map(({ reason }) => reason)).toEqual([
    "--publish was not given",
    "--publish was not given",
  ]);
  const record = join(at.cwd, ".skein/runs/published.jsonl");
  expect(existsSync(record)).toBe(false);
  const dry = await at.run(planWith({ body: "Line one\nline two" }), "--dry-run");
  const [shown = ""] = told(dry, "would-publish").flatMap((event) =>
    event.unit === "each[one]" ? [event.shown] : [],
  );
  expect(shown).toMatch(/^one: push chore\/strict-equal \([0-9a-f]{12} on [0-9a-f]{12}\)$/m);
  expect(shown).toMatch(
    /^ {2}\$ git push file:.*one\.git [0-9a-f]{40}:refs\/heads\/chore\/strict-equal$/m,
  );
  expect(shown).toMatch(/^ {2}\$ gh pr create .*'--title=Use one strictly'.* --draft/m);
  expect(shown).toContain("  | Line one\n  | line two");
  expect([at.branch("one"), at.gh.calls()]).toEqual(["", []]);

  const done = await at.run(planWith({}), "--publish");
  expect(done.exitCode).toBe(0);
  const published = told(done, "published");
  expect(published.map(({ pr }) => pr?.replace(/.*\//, ""))).toEqual(["1", "2"]);
  expect(published.map(({ commit }) => commit).toSorted()).toEqual(
    [at.branch("one"), at.branch("two")].toSorted(),
  );
  expect(at.gh.opened().toSorted()).toEqual(["Use one strictly", "Use two strictly"]);
  await followUp(at, finishedOf(done).run);
  const again = await at.run(planWith({}), "--publish");
  expect([again.exitCode, told(again, "publish-skipped").map(({ reason }) => reason)]).toEqual([
    0,
    Array(2).fill("the branch chore/strict-equal exists already"),
  ]);
  expect(at.gh.opened()).toHaveLength(2);
  const report = await skein(["report"], { cwd: at.cwd, env: at.env });
  expect(report.stdout).toMatch(/the branch chore\/strict-equal\s+exists already/);
});

/** What was opened is looked at, merged by somebody, and the rest closed; the record knows it afterwards. */
async function followUp(at: Fleet, run: string): Promise<void> {
  const cli = async (...args: readonly string[]): Promise<SkeinResult> => skein(args, at);
  at.gh.set(1, {
    state: "MERGED",
    statusCheckRollup: [{ status: "COMPLETED", conclusion: "SUCCESS" }],
  });
  at.gh.set(2, { statusCheckRollup: [{ status: "COMPLETED", conclusion: "FAILURE" }] });
  const status = await cli("status", run, "--refresh");
  expect(status.stderr).toBe("");
  expect(status.stdout).toMatch(
    /✗ each\[(?:one|two)\]: draft, checks failing:\s+https:.*\/pull\/2$/m,
  );
  expect(status.stdout).toContain("2 pull requests · 1 draft, checks failing · 1 merged");
  const would = await cli("close", run, "--dry-run");
  expect(would.stderr).toContain("1 pull request would be closed");
  const closed = await cli("close", run, "--json");
  expect([closed.exitCode, at.gh.calls().filter(({ argv }) => argv[2] === "close")]).toEqual([
    0,
    [{ argv: ["gh", "pr", "close", expect.stringMatching(/\/pull\/2$/)], input: "" }],
  ]);
  // What was found is in reports from then on, though the journal ended with the run.
  const csv = (await cli("report", run, "--csv")).stdout;
  expect(csv).toMatch(/\/pull\/1,merged,passing,/);
  expect(csv).toMatch(/\/pull\/2,closed,failing,/);
  expect((await cli("report", run)).stdout).toMatch(
    /\/pull\/1\s+\(chore\/strict-equal\),\s+merged/,
  );
  const record = readFileSync(join(at.cwd, ".skein/runs/published.jsonl"), "utf8");
  expect(record.match(/"kind":"closed"/g)).toHaveLength(2);
}

test("a cap on open pull requests leaves branches pushed; what cannot be published has failed and is told", async () => {
  const at = fleet("one", "two");
  const capped = await at.run(planWith({ "max-open": 1 }), "--publish", "--max-agents", "1");
  expect(at.gh.opened()).toHaveLength(1);
  expect([at.branch("one"), at.branch("two")]).not.toContain("");
  expect(told(capped, "published").map(({ reason }) => reason)).toContain(
    "1 pull requests are open: no more for now",
  );
  const failing = await at.run(planWith({ "if-exists": "fail" }), "--publish");
  expect(failing.exitCode).toBe(1);
  const failed = told(failing, "unit-finished").map(
    ({ outcome, reason }) => `${outcome}: ${reason}`,
  );
  expect(failed.toSorted()).toEqual([
    expect.stringMatching(
      /^failed: .*not published: one: the branch chore\/strict-equal exists already/,
    ),
    expect.stringMatching(
      /^failed: .*not published: two: the branch chore\/strict-equal exists already/,
    ),
  ]);
  // The branch is ours and has no pull request yet: the next run opens it.
  at.gh.close(1);
  await at.run(planWith({ "max-open": 1 }), "--publish");
  expect(at.gh.opened().toSorted()).toEqual(["Use one strictly", "Use two strictly"]);
});

test.each(['"publish-started","unit":"each[a]"', '"published","unit":"each[a]"'])(
  "killed at %s and resumed, the work is not done again and nothing is pushed twice",
  async (when) => {
    const at = fleet("a", "b");
    const first = await skein(
      [
        "run",
        yamlFile("plan.yaml", planWith({})),
        "--repos",
        at.repos,
        "--publish",
        "--max-agents",
        "1",
        "--json",
      ],
      {
        cwd: at.cwd,
        env: {
          ...at.env,
          NODE_OPTIONS: `--import=${resolve("test/support/kill-at-entry.mjs")}`,
          SKEIN_TEST_KILL_WHEN: when,
        },
      },
    );
    expect(first.exitCode).toBe(-1);
    const pushed = at.branch("a");
    const second = await skein(["resume", "--publish", "--json"], { cwd: at.cwd, env: at.env });
    expect(second.exitCode).toBe(0);
    const started = told(second, "unit-started").map(({ unit }) => unit);
    expect(started).toEqual(["each[b]"]);
    expect(at.gh.opened().toSorted()).toEqual(["Use a strictly", "Use b strictly"]);
    expect(at.branch("a")).not.toBe("");
    if (pushed !== "") expect(at.branch("a")).toBe(pushed);
  },
  240_000,
);

test("via: patch leaves files and a script, which does the same by hand", async () => {
  const at = fleet("one", "two");
  const done = await at.run(planWith({ via: "patch" }));
  expect(done.exitCode).toBe(0);
  const folder = join(at.cwd, ".skein/runs", finishedOf(done).run, "publish");
  expect(readdirSync(folder).toSorted()).toEqual([
    "apply.sh",
    expect.stringMatching(/^each-one/),
    expect.stringMatching(/^each-two/),
  ]);
  expect(at.branch("one")).toBe("");
  await execa("sh", [join(folder, "apply.sh"), "--push"], {
    env: { GIT_COMMITTER_NAME: "P", GIT_COMMITTER_EMAIL: "p@example.org" },
  });
  expect(gitIn(join(at.cwd, "srv/one.git"), "show", `${publish.branch}:a.txt`)).toBe("new\n");
});

test("a publish task sends what the tasks before it came to, to the checkout's origin", async () => {
  const at = fleet();
  const { path, work } = bareRepo(join(at.cwd, "srv"), "home.git", { "a.txt": "old\n" });
  gitIn(work, "remote", "add", "origin", `file://${path}`);
  writeFiles(work, { "b.txt": "not committed\n" });
  const plan = {
    version: 1,
    name: "home",
    tasks: {
      change: {
        strategy: { matrix: { word: ["x", "y"] } },
        env: { WORD: "${{ matrix.word }}" },
        run: 'echo "$WORD" > "$WORD.txt"',
      },
      merge: { needs: ["change"], reduce: { from: "change" } },
      send: {
        needs: ["merge"],
        publish: {
          branch: "swarm/${{ run.id }}",
          title: "${{ needs.merge.outputs.merged }} words",
        },
      },
    },
  };
  const done = await skein(["run", yamlFile("plan.yaml", plan), "--publish", "--json"], {
    cwd: work,
    env: at.env,
  });
  expect([done.exitCode, at.gh.opened()]).toEqual([0, ["2 words"]]);
  const branch = `swarm/${finishedOf(done).run}`;
  expect(gitIn(path, "ls-tree", "--name-only", branch).trim().split("\n")).toEqual([
    "a.txt",
    "x.txt",
    "y.txt",
  ]);
});

test("split: per-package sends what changed in each package by itself; killed between two of them, none is pushed twice", async () => {
  const at = fleet();
  const { path, work } = bareRepo(join(at.cwd, "srv"), "mono.git", {
    "package.json": "{}\n",
    "packages/a/package.json": "{}\n",
    "packages/a/gone.txt": "a\n",
    "packages/b/package.json": "{}\n",
    "packages/b/lib/b.txt": "b\n",
  });
  gitIn(work, "remote", "add", "origin", `file://${path}`);
  const run =
    "rm packages/a/gone.txt; echo new > packages/a/new.txt; echo b2 > packages/b/lib/b.txt; echo c > top.txt";
  const plan = yamlFile("plan.yaml", {
    version: 1,
    name: "mono",
    tasks: {
      change: { run },
      send: {
        needs: ["change"],
        publish: { branch: "swarm/x", title: "Words", split: "per-package" },
      },
    },
  });
  const branches = (): readonly string[] =>
    gitIn(path, "for-each-ref", "--format=%(refname:short)", "refs/heads/swarm").trim().split("\n");
  const dry = await skein(["run", plan, "--dry-run", "--json"], { cwd: work, env: at.env });
  expect(told(dry, "would-publish").map((one) => [one.branch, one.package])).toEqual([
    ["swarm/x-top", "."],
    ["swarm/x-packages-a", "packages/a"],
    ["swarm/x-packages-b", "packages/b"],
  ]);
  expect([branches(), at.gh.opened()]).toEqual([[""], []]);
  const killed = await skein(["run", plan, "--publish", "--json"], {
    cwd: work,
    env: {
      ...at.env,
      NODE_OPTIONS: `--import=${resolve("test/support/kill-at-entry.mjs")}`,
      SKEIN_TEST_KILL_WHEN: '"kind":"published"',
    },
  });
  expect([killed.exitCode, branches()]).toEqual([-1, ["swarm/x-top"]]);
  const done = await skein(["resume", "--publish", "--json"], { cwd: work, env: at.env });
  expect(done.exitCode, done.stderr).toBe(0);
  expect(branches()).toEqual(["swarm/x-packages-a", "swarm/x-packages-b", "swarm/x-top"]);
  expect(at.gh.opened()).toEqual([
    "Words (the top folder)",
    "Words (packages/a)",
    "Words (packages/b)",
  ]);
  const changed = branches().map((branch) =>
    gitIn(path, "diff", "--name-status", "main", branch).trim().replaceAll("\t", " ").split("\n"),
  );
  expect(changed).toEqual([
    ["D packages/a/gone.txt", "A packages/a/new.txt"],
    ["M packages/b/lib/b.txt"],
    ["A top.txt"],
  ]);
  const record = readFileSync(join(work, ".skein/runs/published.jsonl"), "utf8");
  expect(record.match(/"kind":"pushed"/g)).toHaveLength(3);
  const report = await skein(["report"], { cwd: work, env: at.env });
  expect(report.stdout).toMatch(/pull\/1\s+\(swarm\/x-top\)[^]*pull\/2[^]*pull\/3/);
}, 240_000);

test.each([
  [{ branch: "a b" }, /E-BRANCH/],
  [{ branch: "x", rate: "10/hr" }, /E-RATE/],
])("a plan that publishes %j is refused before it runs", async (more, code) => {
  const checked = await skein(["check", yamlFile("plan.yaml", planWith(more))]);
  expect([checked.exitCode, checked.stderr + checked.stdout]).toEqual([
    2,
    expect.stringMatching(code),
  ]);
});
