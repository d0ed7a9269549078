import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from "node:fs";
import { join, resolve } from "node:path";

import { expect, test } from "vitest";

import { gitIn, writeFiles } from "../adapters/git/temp-repo.ts";
import { bareRepo } from "../adapters/mirrors/mirror-rig.ts";
import {
  call,
  conversation,
  finishedOf,
  skein,
  type SkeinResult,
  submit,
  yamlFile,
} from "../support/run-skein.ts";

/** A plan that renames a word where it is, and checks the result, in each repository. */
const plan = {
  version: 1,
  name: "fleet",
  clone: { depth: 1 },
  tasks: {
    each: {
      strategy: { matrix: { repo: "${{ repos }}" } },
      workspace: { repo: "${{ matrix.repo }}", setup: "sh setup.sh" },
      env: { REPO: "${{ matrix.repo.name }}" },
      steps: [
        { id: "find", run: "git grep -l old", "allow-failure": true },
        { if: "steps.find.exit-code != 0", skip: "nothing to change" },
        { run: "git grep -lz old | xargs -0r sed -i s/old/new/g" },
      ],
      verify: [{ run: "sh check.sh" }],
    },
  },
};

const good = { "setup.sh": "true\n", "check.sh": "! grep -q broken a*\n", "a.txt": "old\n" };

interface Fleet {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  bare(name: string, files: Readonly<Record<string, string>>): string;
  run(more?: readonly string[], of?: object): Promise<SkeinResult>;
  list(...lines: readonly string[]): void;
}

function fleet(): Fleet {
  const cwd = mkdtempSync(join("/var/tmp", "skein-test-fleet-"));
  const env = {
    XDG_CACHE_HOME: join(cwd, "cache"),
    SKEIN_WORKTREES: mkdtempSync(join("/var/tmp", "skein-test-wt-")),
  };
  const file = join(cwd, "repos.txt");
  mkdirSync(join(cwd, "srv"));
  return {
    cwd,
    env,
    bare: (name, files) =>
      `file://${encodeURI(bareRepo(join(cwd, "srv"), name, ...(Object.keys(files).length === 0 ? [] : [files])).path)}`,
    list: (...lines) => writeFileSync(file, `${lines.join("\n")}\n`),
    run: (more = [], of = plan) =>
      skein(["run", yamlFile("plan.yaml", of), "--repos", file, "--json", ...more], { cwd, env }),
  };
}

/** Outcome and reason of each repository, by its name. */
function outcomes({ events }: SkeinResult): Readonly<Record<string, string>> {
  return Object.fromEntries(
    events.flatMap((event) =>
      event.kind === "unit-finished"
        ? [
            [
              event.unit.replace(/^each\[(.*)\]$/, "$1"),
              `${event.outcome}${event.reason === undefined ? "" : `: ${event.reason.split("\n")[0]}`}`,
            ],
          ]
        : [],
    ),
  );
}

test("a checkout gets its result as a branch, and is not touched; it need not be the only kind", async () => {
  const at = fleet();
  const checkout = join(at.cwd, "my app");
  mkdirSync(checkout);
  gitIn(checkout, "init", "--quiet", "--initial-branch=main");
  writeFiles(checkout, good);
  gitIn(checkout, "add", "--all");
  gitIn(checkout, "commit", "--quiet", "--message=base");
  writeFileSync(join(checkout, "a.txt"), "old and mine\n");
  at.list(checkout, at.bare("works.git", good));
  const done = await at.run();
  expect(outcomes(done)).toEqual({ "my-app": "done", works: "done" });
  const branch = `skein/${finishedOf(done).run}`;
  expect(gitIn(checkout, "show", `${branch}:a.txt`)).toBe("new\n");
  expect(readFileSync(join(checkout, "a.txt"), "utf8")).toBe("old and mine\n");
  expect(gitIn(checkout, "status", "--short").trim()).toBe("M a.txt");
  expect(gitIn(checkout, "worktree", "list").trim().split("\n")).toHaveLength(1);
  const report = await skein(["report"], { cwd: at.cwd, env: at.env });
  expect(report.stdout).toContain(`\nResult: branch ${branch} in 2 repositories\n`);
  const cleaned = await skein(["clean", "latest", "--yes"], { cwd: at.cwd, env: at.env });
  expect(cleaned.stderr).toContain(`${branch} is still in the repositories that it worked in`);
  expect(gitIn(checkout, "show", `${branch}:a.txt`)).toBe("new\n");
  const none = await skein(["runs"], { cwd: at.cwd, env: at.env });
  expect(none).toMatchObject({ exitCode: 2, stdout: "" });
});

test("the next commands of a run outside of any repository name the folder it was started in", async () => {
  const here = fleet();
  const { cwd, env } = here;
  here.list(here.bare("red", { ...good, "a.txt": "broken\n" }));
  const asked = ["run", yamlFile("plan.yaml", plan), "--repos", join(cwd, "repos.txt")];
  const beside = await skein(asked, { cwd, env });
  const id = /run (\S+)/.exec(beside.stdout)?.[1] ?? "";
  expect(beside.stdout).toMatch(new RegExp(`^ {2}why {6}skein log ${id}$`, "m"));
  expect(beside.stdout.replaceAll(/\s+/g, " ")).toContain(
    "next: make it green first, or have the plan verify with a command that is green there",
  );
  const elsewhere = await skein([...asked, "--repo", cwd], { cwd: "/var/tmp", env });
  const [, words = ""] = /^ {2}why +skein (.*)$/m.exec(elsewhere.stdout) ?? [];
  const log = await skein(words.split(" "), { cwd: "/var/tmp", env });
  expect(log).toMatchObject({ exitCode: 0 });
});

test("agents work in each repository, told of that one alone", async () => {
  const at = fleet();
  at.list(at.bare("one.git", { ...good, "AGENTS.md": "Of one only.\n" }), at.bare("two.git", good));
  const script = yamlFile("script.yaml", {
    conversations: ["one", "two"].map((name) =>
      conversation(
        `Change ${name}`,
        [call("Write", { file_path: "b.txt", content: `${name} was here\n` })],
        [submit()],
      ),
    ),
  });
  const task = {
    ...plan.tasks.each,
    agent: { prompt: "Change ${{ matrix.repo.name }}", scope: { write: ["b.txt"] } },
  };
  const { steps: _, ...each } = task;
  const done = await at.run(["--script", script], { ...plan, tasks: { each } });
  expect(outcomes(done)).toEqual({ one: "done", two: "done" });
  for (const event of done.events) {
    if (event.kind !== "unit-finished") continue;
    const patch = readFileSync(
      join(at.cwd, ".skein/runs", finishedOf(done).run, event.patchFile ?? ""),
      "utf8",
    );
    expect(patch).toContain(`${event.unit.slice(5, -1)} was here`);
  }
});

test("--only and --only-failed choose; a fixed repository is tried again, the others are left alone", async () => {
  const at = fleet();
  const red = bareRepo(join(at.cwd, "srv"), "red.git", { ...good, "check.sh": "false\n" });
  at.list(at.bare("works.git", good), `file://${red.path}`, at.bare("other.git", good));
  const first = await at.run(["--only", "works", "--only", "red"]);
  expect(outcomes(first)).toEqual({ red: expect.stringContaining("baseline-red"), works: "done" });
  writeFiles(red.work, { "check.sh": "true\n" });
  gitIn(red.work, "commit", "--quiet", "--all", "--message=mended");
  gitIn(red.work, "push", "--quiet", red.path, "main");
  const again = await at.run(["--only-failed"]);
  expect(outcomes(again)).toEqual({ red: "done" });
  const third = await at.run(["--only-failed"]);
  expect([third.exitCode, third.stderr]).toEqual([
    2,
    expect.stringContaining("nothing failed in run"),
  ]);
});

test("nothing that a repository brings is run by git: no hooks, no settings, no filters", async () => {
  const at = fleet();
  const ran = join(at.cwd, "ran");
  const url = at.bare("evil.git", { ...good, ".gitattributes": "* filter=evil\n" });
  const path = join(at.cwd, "srv/evil.git");
  gitIn(path, "config", "uploadpack.packObjectsHook", `touch ${ran}`);
  gitIn(path, "config", "filter.evil.smudge", `touch ${ran}`);
  at.list(url);
  expect(outcomes(await at.run())).toEqual({ evil: "done" });
  expect(existsSync(ran)).toBe(false);
});

test("killed at any of these points and resumed, every repository is done once", async () => {
  const at = fleet();
  at.list(...["a", "b", "c"].map((name) => at.bare(`${name}.git`, good)));
  const killer = `--import=${resolve("test/support/kill-at-entry.mjs")}`;
  const killedAt = (text: string): Readonly<Record<string, string>> => ({
    ...at.env,
    NODE_OPTIONS: killer,
    SKEIN_TEST_KILL_WHEN: text,
  });
  const first = await skein(
    [
      "run",
      yamlFile("plan.yaml", plan),
      "--repos",
      join(at.cwd, "repos.txt"),
      "--max-agents",
      "1",
      "--json",
    ],
    { cwd: at.cwd, env: killedAt('"unit-finished","unit":"each[a]"') },
  );
  expect(first.exitCode).toBe(-1);
  const second = await skein(["resume", "--json"], {
    cwd: at.cwd,
    env: killedAt('"unit-state","unit":"each[c]"'),
  });
  expect([second.exitCode, Object.keys(outcomes(second))]).toEqual([-1, ["b"]]);
  const third = await skein(["resume", "--json"], { cwd: at.cwd, env: at.env });
  expect(third.exitCode).toBe(0);
  expect(outcomes(third)).toEqual({ c: "done" });
  const report = JSON.parse(
    (await skein(["report", "--json"], { cwd: at.cwd, env: at.env })).stdout,
  ) as { units: readonly { outcome: string }[] };
  expect(report.units.map(({ outcome }) => outcome)).toEqual(["done", "done", "done"]);
  const mirrors = join(at.cwd, "cache/skein/git");
  for (const entry of readdirSync(mirrors, { withFileTypes: true })) {
    if (!entry.isDirectory()) continue;
    const top = join(mirrors, entry.name);
    expect(gitIn(top, "branch", "--list", "skein/*").trim().split("\n")).toHaveLength(1);
    expect(gitIn(top, "worktree", "list").trim().split("\n")).toHaveLength(1);
  }
});

test("the next repository is fetched while the commands of the one at work run", async () => {
  const at = fleet();
  at.list(at.bare("first.git", good), at.bare("second.git", good));
  const mirrors = join(at.cwd, "cache/skein/git");
  const isFetched = `ls -d "${mirrors}"/*second*/.git/refs/skein-base`;
  const check = `timeout 120 sh -c 'until ${isFetched}; do sleep 0.1; done'`;
  const { each } = plan.tasks;
  const of = { ...plan, tasks: { each: { ...each, verify: [{ run: check }] } } };
  const done = await at.run(["--max-agents", "1", "--unsandboxed"], of);
  expect(outcomes(done)).toEqual({ first: "done", second: "done" });
});

test("dependencies are found by their lock file, and a plan whose repositories nobody named says so", async () => {
  const at = fleet();
  at.list(
    at.bare("broken-lock.git", { ...good, "package-lock.json": "{" }),
    at.bare("none.git", good),
  );
  const auto = { ...plan.tasks.each, workspace: { repo: "${{ matrix.repo }}", setup: "auto" } };
  const done = await at.run([], { ...plan, tasks: { each: auto } });
  expect(outcomes(done)).toEqual({
    "broken-lock": expect.stringContaining("setup-failed: workspace.setup `npm ci"),
    none: "done",
  });
  const unnamed = await skein(["run", yamlFile("plan.yaml", plan)], { cwd: at.cwd, env: at.env });
  expect([unnamed.exitCode, unnamed.stderr]).toEqual([
    2,
    expect.stringContaining("works over repositories, and none are named"),
  ]);
});
