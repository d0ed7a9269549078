import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

import { afterEach, expect, test } from "vitest";

import { runCli } from "../../src/cli/run-cli.ts";
import { type DaemonRecord, daemonRecordSchema } from "../../src/model/daemon.ts";
import { fakeIo } from "../support/fake-io.ts";
import { runKilled } from "../support/killed-run.ts";
import { skein, type SkeinResult, yamlFile } from "../support/run-skein.ts";
import { tempRepo } from "../support/temp-repo.ts";

interface Home {
  readonly repo: string;
  readonly run: (...args: readonly string[]) => Promise<SkeinResult>;
  readonly record: () => DaemonRecord;
  /** While this file is there, dreams wait in the middle of their commit. */
  readonly hold: string;
  /** Puts so many observations in the inbox. */
  readonly observe: (count: number) => Promise<void>;
}

const opened: Home[] = [];

/** A repository with a daemon that needs little idleness. */
async function home(): Promise<Home> {
  const repo = tempRepo({ "a.txt": "a\n" });
  const config = mkdtempSync(join(tmpdir(), "skein-daemon-"));
  mkdirSync(join(config, "skein"));
  writeFileSync(
    join(config, "skein/config.yaml"),
    "daemon: { idle-minutes: 0.02, session-idle-minutes: 0, hours-between-dreams: 0, finish-after-minutes: 0.01 }\n",
  );
  const hold = join(config, "hold");
  const env = {
    XDG_CONFIG_HOME: config,
    XDG_CACHE_HOME: config,
    NODE_OPTIONS: `--import=${resolve("test/support/hold-dream.mjs")}`,
    SKEIN_HOLD_DREAM: hold,
  };
  let imports = 0;
  const run: Home["run"] = (...args) => skein([...args, "--repo", repo], { env });
  const made: Home = {
    repo,
    run,
    hold,
    record: () =>
      daemonRecordSchema.parse(
        JSON.parse(readFileSync(join(repo, ".skein/daemon/state.json"), "utf8")),
      ),
    observe: async (count) => {
      imports += 1;
      const file = join(config, "lines.jsonl");
      const lines = Array.from({ length: count }, (_, seq) =>
        JSON.stringify({
          session: `s-${imports}-${seq % 5}`,
          seq,
          at: "2026-10-01T10:00:00Z",
          origin: "user",
          text: `Service number ${imports}-${seq} listens on port ${10_000 + seq}`,
        }),
      );
      writeFileSync(file, lines.join("\n"));
      expect((await run("memory", "import", file)).stdout).toContain(`took ${count}`);
    },
  };
  opened.push(made);
  return made;
}

afterEach(async () => {
  for (const { run } of opened.splice(0)) await run("daemon", "stop");
});

const isKept = ({ repo }: Home): boolean => existsSync(join(repo, ".skein/daemon/state.json"));

/** How jobs ended so far. */
const outcomes = (at: Home, name: string): readonly string[] =>
  isKept(at)
    ? at.record().ended.flatMap(({ job, outcome }) => (job === name ? [outcome] : []))
    : [];

const draftsOf = ({ repo }: Home): readonly string[] =>
  readdirSync(join(repo, ".skein/memory.gen")).filter((name) => name.endsWith(".json.draft"));

/** A process that has ended and was not looked at yet has no memory any more. */
function isAlive(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/statm`, "utf8") !== "0 0 0 0 0 0 0\n";
  } catch {
    return false;
  }
}

/** What is said in columns and lines, in one. */
const told = (text: string): string => text.replaceAll(/\s+/g, " ");

const patiently = { timeout: 60_000, interval: 50 };

async function pidOf({ run }: Home): Promise<number> {
  const { stdout } = await run("daemon", "status", "--json");
  return (JSON.parse(stdout) as { readonly pid: number }).pid;
}

test("who follows the log of a daemon that is killed hears that, and the next one's log goes on behind it", async () => {
  const at = await home();
  const { run, repo } = at;
  await run("daemon", "start");
  const io = fakeIo();
  const followed = runCli(["node", "skein", "daemon", "logs", "-f", "--repo", repo], io);
  await expect.poll(() => io.out(), patiently).toContain(" started, process ");
  process.kill(await pidOf(at), "SIGKILL");
  expect(await followed).toBe(0);
  expect(io.err()).toContain("the daemon is gone without a word, as one that is killed");
  expect((await run("daemon", "start")).exitCode).toBe(0);
  expect((await run("daemon", "stop")).exitCode).toBe(0);
  const after = await run("daemon", "logs", "--follow");
  expect(after.stdout.match(/ started, process /g)).toHaveLength(2);
  expect(after.stderr).toBe("skein: no daemon is at work here: nothing more is written");
});

test("a daemon whose folder is removed ends, and leaves that of the next one alone", async () => {
  const at = await home();
  const { run, repo } = at;
  await run("daemon", "start");
  const first = await pidOf(at);
  rmSync(join(repo, ".skein/daemon"), { recursive: true });
  expect((await run("daemon", "start")).exitCode).toBe(0);
  const next = await pidOf(at);
  expect(next).not.toBe(first);
  await expect.poll(() => isAlive(first), patiently).toBe(false);
  expect(await pidOf(at)).toBe(next);
});

test("a daemon dreams when nobody is there, once, and tells what it did", async () => {
  const at = await home();
  const { run, repo } = at;
  await at.observe(60);
  expect((await run("daemon", "start")).exitCode).toBe(0);
  expect((await run("daemon", "start")).stderr).toContain("already");
  const second = await run("daemon", "run");
  expect(second.exitCode).toBe(2);
  expect(second.stderr).toContain("another process is at work");
  await expect.poll(() => outcomes(at, "dream"), patiently).toEqual(["done"]);
  expect(readFileSync(join(repo, ".skein/memory/INDEX.md"), "utf8")).toContain("Service number");
  const status = await run("daemon", "status");
  expect(told(status.stdout)).toMatch(/ dream memory was consolidated: 60 facts hold/);
  expect(statSync(join(repo, ".skein/daemon/control.sock")).mode & 0o777).toBe(0o600);
  expect((await run("daemon", "run-now", "nap")).stderr).toContain("its jobs: dream");
  const tidied = await run("daemon", "run-now", "tidy", "--wait");
  expect([tidied.exitCode, tidied.stdout]).toEqual([0, "tidy: there was nothing to do"]);
  mkdirSync(join(repo, ".skein/schedules"), { recursive: true });
  const fails = "version: 1\nname: p\ntasks: { t: { run: exit 3 } }\n";
  writeFileSync(join(repo, ".skein/fails.yaml"), fails);
  writeFileSync(
    join(repo, ".skein/schedules/fails.md"),
    '---\ncron: "0 0 1 1 *"\nplan: .skein/fails.yaml\nprofile: accept-edits\n---\n',
  );
  const failed = await run("daemon", "run-now", "schedule/fails", "--wait");
  expect([failed.exitCode, failed.stdout]).toEqual([
    1,
    expect.stringMatching(/^schedule\/fails: failed: 1 unit failed/),
  ]);
  const followed = run("daemon", "logs", "--lines", "1", "--follow");
  expect((await run("daemon", "stop")).exitCode).toBe(0);
  expect((await followed).stdout).toMatch(/stopped$/);
  expect((await run("daemon", "run-now", "tidy", "--wait")).stderr).toContain(
    "no daemon is at work",
  );
  expect((await run("daemon", "status")).stdout).toContain("is not at work");
  expect((await run("daemon", "logs")).stdout).toMatch(/started[\s\S]*dream begins[\s\S]*stopped/);
});

test("a dream gives way to a run, outlives kill -9 in its commit, and is done in the end, nothing lost", async () => {
  const at = await home();
  const { run, record, hold } = at;
  await at.observe(50);
  writeFileSync(hold, "");
  await run("daemon", "start");
  const isDreaming = (): boolean => {
    const running = isKept(at) ? record().running : undefined;
    return running?.job === "dream" && running.child !== undefined;
  };
  await expect.poll(isDreaming, patiently).toBe(true);
  const plan = yamlFile("plan.yaml", { version: 1, name: "p", tasks: { t: { run: "true" } } });
  const ran = await run("run", plan, "--offline", "--yes", "--json");
  expect(ran.exitCode, ran.stderr).toBe(0);
  await expect.poll(() => outcomes(at, "dream")[0], patiently).toBe("preempted");
  await expect.poll(isDreaming, patiently).toBe(true);
  await expect.poll(() => draftsOf(at), patiently).toEqual(["1.json.draft"]);
  const pid = await pidOf(at);
  const child = record().running?.child?.pid ?? 0;
  process.kill(pid, "SIGKILL");
  await expect.poll(() => isAlive(pid), patiently).toBe(false);
  expect(isAlive(child)).toBe(true);
  expect((await run("daemon", "start")).exitCode).toBe(0);
  await expect.poll(() => isAlive(child), patiently).toBe(false);
  expect(outcomes(at, "dream")).toContain("cut-off");
  rmSync(hold);
  await expect.poll(() => outcomes(at, "dream").at(-1), patiently).toBe("done");
  const { stdout } = await run("memory", "export", "--json");
  expect(stdout.trim().split("\n")).toHaveLength(50);
});

test("who waits for a job whose daemon is killed has an exit code that says so", async () => {
  const at = await home();
  const { run, repo, record } = at;
  mkdirSync(join(repo, ".skein/schedules"), { recursive: true });
  writeFileSync(
    join(repo, ".skein/slow.yaml"),
    "version: 1\nname: p\ntasks: { t: { run: sleep 60 } }\n",
  );
  writeFileSync(
    join(repo, ".skein/schedules/slow.md"),
    '---\ncron: "0 0 1 1 *"\nplan: .skein/slow.yaml\nprofile: accept-edits\n---\n',
  );
  await run("daemon", "start");
  const waits = run("daemon", "run-now", "schedule/slow", "--wait");
  const isAtWork = (): boolean => isKept(at) && record().running?.child !== undefined;
  await expect.poll(isAtWork, patiently).toBe(true);
  process.kill(await pidOf(at), "SIGKILL");
  const { exitCode, stderr } = await waits;
  expect([exitCode, stderr]).toEqual([
    6,
    expect.stringContaining("the daemon ended before it had answered"),
  ]);
  // The next one ends what was at work.
  await run("daemon", "start");
  expect(outcomes(at, "schedule/slow")).toEqual(["cut-off"]);
});

test("what only looks is done, what needs more is proposed; a run that was cut off comes to its end", async () => {
  const at = await home();
  const { run, repo } = at;
  const plan = "version: 1\nname: made\ntasks: { t: { run: echo made > made.txt } }\n";
  writeFileSync(join(repo, "plan.yaml"), plan);
  const planFile = join(repo, "plan.yaml");
  const cutOff = ["run", planFile, "--repo", repo, "--offline", "--json"];
  await runKilled(cutOff, { kind: "line", text: '"unit-started"' });
  for (const dir of ["schedules", "drop"])
    mkdirSync(join(repo, ".skein", dir), { recursive: true });
  const schedule = (name: string, more: string): void => {
    const file = join(repo, ".skein/schedules", `${name}.md`);
    writeFileSync(file, `---\ncron: "* * * * *"\n${more}\n---\n`);
    // Written yesterday: one of its times has come since.
    utimesSync(file, Date.now() / 1_000 - 86_400, Date.now() / 1_000 - 86_400);
  };
  schedule("edits", "plan: plan.yaml\nprofile: accept-edits");
  schedule("looks", "plan: plan.yaml");
  schedule("wrong", "plan: plan.yaml\ncolour: red");
  writeFileSync(join(repo, ".skein/drop/extra.yaml"), plan);
  await run("daemon", "start");
  const jobs = ["schedule/edits", "schedule/looks", "dropped/extra.yaml", "finish-runs", "tidy"];
  await expect
    .poll(() => jobs.map((job) => outcomes(at, job).at(-1)), { ...patiently, timeout: 120_000 })
    .toEqual(jobs.map(() => "done"));
  const { stdout } = await run("daemon", "status");
  const tells = (text: RegExp): void => expect(told(stdout)).toMatch(text);
  tells(/ schedule\/wrong waits its file is wrong: .*colour/);
  tells(/ finish-runs run \S+ \(it was cut off\): 1 unit done .*for you: /);
  const forYou = (text: RegExp): void =>
    expect(told(stdout.slice(stdout.indexOf("\nfor you:\n")))).toMatch(text);
  forYou(/ schedule\/edits a result waits on skein\/\S+; skein apply \S+/);
  forYou(/ schedule\/looks plan\.yaml is not run: .*; skein run plan\.yaml/);
  forYou(/ dropped\/extra\.yaml a plan was dropped in; skein run \.skein\/drop\/extra\.yaml/);
  expect(existsSync(join(repo, "made.txt"))).toBe(false);
});
