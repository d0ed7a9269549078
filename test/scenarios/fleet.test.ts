import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from "node:fs";
import { join, resolve } from "node:path";

import { beforeAll, expect, test } from "vitest";
import { parse } from "yaml";

import type { RunEvent } from "../../src/model/event.ts";
import { gitIn } from "../adapters/git/temp-repo.ts";
import { fakeGh, type FakeGh } from "../support/fake-gh.ts";
import { type Planted, plantFleet, troubles } from "../support/planted-fleet.ts";
import { finishedOf, skein, type SkeinResult, yamlFile } from "../support/run-skein.ts";

/** 200 repositories with `npm run test:fleet`; otherwise each trouble once. */
const isWhole = process.env["SKEIN_FLEET"] === "all";
const count = isWhole ? 200 : troubles.length;
/** Ends of units that the process is killed at, one after the other. */
const kills = isWhole ? [20, 90, 150] : [7];
const branch = "refs/heads/chore/strict-equal";

let cwd: string;
let gh: FakeGh;
let fleet: readonly Planted[];
let runs: SkeinResult[];

beforeAll(async () => {
  cwd = mkdtempSync(join("/var/tmp", "skein-test-planted-"));
  gh = fakeGh(cwd);
  mkdirSync(join(cwd, "srv"));
  fleet = plantFleet(join(cwd, "srv"), count);
  writeFileSync(join(cwd, "repos.txt"), `${fleet.map(({ listed }) => listed).join("\n")}\n`);
  runs = await killedRuns(cwd, gh);
}, 3_600_000);

/** The plan that is shipped, as it is; only without its limits on how many pull requests come at a time. */
async function killedRuns(folder: string, { bin }: FakeGh): Promise<SkeinResult[]> {
  const plan = parse(readFileSync("plans/strict-equal-fleet.yaml", "utf8")) as {
    tasks: { each: { publish: Record<string, unknown> } };
  };
  const { rate: _, "max-open": __, ...publish } = plan.tasks.each.publish;
  plan.tasks.each.publish = publish;
  const repos = { ...plan, repos: undefined };
  const env = {
    PATH: `${bin}:${process.env["PATH"] ?? ""}`,
    XDG_CACHE_HOME: join(folder, "cache"),
    SKEIN_WORKTREES: mkdtempSync(join("/var/tmp", "skein-test-wt-")),
  };
  const killer = `--import=${resolve("test/support/kill-at-entry.mjs")}`;
  const options = ["--publish", "--json"];
  const first = ["run", yamlFile("plan.yaml", repos), "--repos", join(folder, "repos.txt")];
  const check = ["--set", "check=sh check.sh"];
  const done: SkeinResult[] = [];
  for (const [at, kill] of [...kills, undefined].entries()) {
    const args = at === 0 ? [...first, ...check, ...options] : ["resume", ...options];
    const before = at === 0 ? 0 : (kills[at - 1] ?? 0);
    const killed =
      kill === undefined
        ? {}
        : {
            NODE_OPTIONS: killer,
            SKEIN_TEST_KILL_WHEN: '"kind":"unit-finished"',
            SKEIN_TEST_KILL_TIMES: String(kill - before),
          };
    done.push(await skein(args, { cwd: folder, env: { ...env, ...killed } }));
  }
  return done;
}

/** What is durable: of the entry that a process was killed at it told nobody. */
function journalOf(done: readonly SkeinResult[]): readonly { readonly event: RunEvent }[] {
  const journal = join(folderOf(done), "journal.jsonl");
  return readFileSync(journal, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as { readonly event: RunEvent });
}

function folderOf(done: readonly SkeinResult[]): string {
  const last = done.at(-1);
  if (last === undefined) throw new Error("nothing was run");
  return join(cwd, ".skein/runs", finishedOf(last).run);
}

test("every repository ends as its trouble has it, killed and resumed on the way, and none is done twice", () => {
  expect(runs.map(({ exitCode }) => exitCode)).toEqual([...kills.map(() => -1), 1]);
  const ends = new Map<string, readonly string[]>();
  for (const { event } of journalOf(runs)) {
    if (event.kind !== "unit-finished" || event.task !== "each") continue;
    const said = `${event.outcome}: ${event.reason ?? ""}`;
    const name = event.unit.slice("each[".length, -1);
    ends.set(name, [...(ends.get(name) ?? []), said]);
  }
  const planned = fleet.map(({ name, outcome, reason = "" }) => [name, outcome, reason]);
  const came = fleet.map(({ name, reason = "" }) => {
    const [end = "nothing", ...more] = ends.get(name) ?? [];
    const [, outcome = "", said = ""] = /^([\w-]+|nothing)(?:: )?([\s\S]*)$/.exec(end) ?? [];
    const ending = more.length > 0 ? `${outcome} and ${more.join(" and ")}` : outcome;
    return [name, ending, reason === "" ? said : said.slice(0, reason.length)];
  });
  expect(came).toEqual(planned);
  expect(ends.size).toBe(count);
});

test("what is done is on its server once, with one pull request; of the rest nothing left the machine", () => {
  const record = readFileSync(join(cwd, ".skein/runs/published.jsonl"), "utf8");
  const lines = record
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as { kind: string; key: string });
  const done = fleet.filter(({ outcome }) => outcome === "done");
  for (const kind of ["pushed", "opened"]) {
    const keys = lines.flatMap((line) => (line.kind === kind ? [line.key] : []));
    expect(new Set(keys).size).toBe(done.length);
    expect(keys).toHaveLength(done.length);
  }
  expect(gh.opened()).toHaveLength(done.length);
  for (const { kind, server, outcome } of fleet) {
    if (kind === "gone") continue;
    const commits = gitIn(server, "for-each-ref", "--format=%(objectname)", branch).trim();
    expect([kind, commits === ""]).toEqual([kind, outcome !== "done"]);
    if (commits === "") continue;
    const files = gitIn(server, "ls-tree", "-r", "-z", "--name-only", commits).split("\0");
    const tests = files.filter((file) => file.endsWith("sum.test.js"));
    expect(tests).toHaveLength(1);
    expect(gitIn(server, "show", `${commits}:sum.test.js`)).toContain("toStrictEqual");
    if (kind === "lfs") expect(gitIn(server, "show", `${commits}:big.bin`)).toContain("oid sha256");
    if (kind === "späces and ünicode")
      expect(gitIn(server, "show", `${commits}:-n.test.js`)).toContain("toStrictEqual");
  }
}, 600_000);

test("nothing of the repositories was run or touched, and nothing is left behind", () => {
  for (const { listed, kind } of fleet) {
    if (listed.startsWith("file:") || kind === "unborn") continue;
    expect(readdirSync(join(listed, ".git/hooks")).filter((name) => name.endsWith(".ran"))).toEqual(
      [],
    );
    expect(gitIn(listed, "status", "--porcelain", "--untracked-files=no")).toBe("");
    expect(gitIn(listed, "worktree", "list").trim().split("\n")).toHaveLength(1);
  }
  const mirrors = join(cwd, "cache/skein/git");
  const worktreesOf = (name: string): readonly string[] => {
    const kept = join(mirrors, name, ".git/worktrees");
    return existsSync(kept) ? readdirSync(kept) : [];
  };
  expect(readdirSync(mirrors).flatMap(worktreesOf)).toEqual([]);
  const folder = folderOf(runs);
  for (const file of ["report.json", "report.csv", "report.html"])
    expect(existsSync(join(folder, file))).toBe(true);
  const csv = readFileSync(join(folder, "report.csv"), "utf8").trim().split("\r\n");
  expect(csv).toHaveLength(count + 2);
}, 600_000);
