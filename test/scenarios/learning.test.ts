import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "vitest";

import { showFirstScreen } from "../../src/cli/brief-person.ts";
import { runCli } from "../../src/cli/run-cli.ts";
import { begun, emptyRecord, ended } from "../../src/core/daemon/record.ts";
import type { Observation } from "../../src/model/memory-observation.ts";
import { fakeIo } from "../support/fake-io.ts";
import { call, conversation, finishedOf, skein, submit, yamlFile } from "../support/run-skein.ts";
import { tempRepo } from "../support/temp-repo.ts";

function inbox(repo: string): readonly Observation[] {
  const dir = join(repo, ".skein/memory/inbox");
  return readdirSync(dir).flatMap((name) =>
    readFileSync(join(dir, name), "utf8")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Observation),
  );
}

test("what a run taught is in the inbox at its end, without secrets, and each piece can be looked up", async () => {
  const repo = tempRepo({ "a.txt": "a\n", "check.mjs": "process.exit(Number(process.argv[2]))\n" });
  const plan = yamlFile("plan.yaml", {
    version: 1,
    name: "learn",
    tasks: { look: { agent: { prompt: "look around", scope: { write: "a.txt" } } } },
  });
  const key = `sk-ant-api03-${"a1B2c3D4".repeat(8)}`;
  const script = yamlFile("script.yaml", {
    conversations: [
      conversation(
        "look around",
        [call("Bash", { command: "node check.mjs 1" })],
        [call("Bash", { command: "node check.mjs 0" })],
        [call("Remember", { note: `The key of staging is ${key}`, kind: "fact" })],
        [submit()],
      ),
    ],
  });
  const how = ["--unsandboxed", "--allow", "Bash(node *)", "--script", script, "--json"];
  const ran = await skein(["run", plan, "--repo", repo, ...how]);
  const { run } = finishedOf(ran);
  const told = inbox(repo);
  const fix = told.find(({ origin }) => origin === "run");
  expect(fix?.text).toBe("`node check.mjs 1` failed; `node check.mjs 0` worked instead");
  expect(told.find(({ origin }) => origin === "model")?.text).toContain("The key of staging is");
  expect(JSON.stringify(told)).not.toContain(key);
  for (const { session, seq } of told) {
    const [id, transcript] = session.split("/");
    expect(id).toBe(run);
    const file = join(repo, ".skein/runs", run, "transcripts", `${transcript}.jsonl`);
    expect(existsSync(file)).toBe(true);
    expect(readFileSync(file, "utf8").split("\n")[seq]).toContain("tool_use");
  }
  await skein(["dream", "--repo", repo]);
  const listed = await skein(["memory", "ls", "--repo", repo]);
  const id = /^(\w+) .*worked instead/m.exec(listed.stdout)?.[1] ?? "";
  const shown = await skein(["memory", "show", id, "--repo", repo]);
  const [session = ""] = fix?.session.split(":") ?? [];
  expect(shown.stdout).toContain(
    `.skein/runs/${session.replace("/", "/transcripts/")}.jsonl:${(fix?.seq ?? 0) + 1}`,
  );
  expect(shown.stdout).toContain('| Bash {"command":"node check.mjs 0"}');
  expect(shown.stdout).toContain("$ node check.mjs 1 (#1)\n      | exit code 1");
  rmSync(join(repo, ".skein/runs"), { recursive: true });
  const later = await skein(["memory", "show", id, "--repo", repo]);
  expect(later.stdout).toContain(`(run ${run} is not kept here)`);
});

test("a check that works is no more than that", async () => {
  const repo = tempRepo({ "a.txt": "a\n", "test.mjs": "" });
  const plan = yamlFile("plan.yaml", {
    version: 1,
    name: "check",
    tasks: { check: { run: "node --test test.mjs" } },
  });
  const ran = await skein(["run", plan, "--repo", repo, "--unsandboxed", "--json"]);
  const { run } = finishedOf(ran);
  await skein(["dream", "--repo", repo]);
  const listed = await skein(["memory", "ls", "--repo", repo]);
  expect(listed.stdout).toContain("The test command `node --test test.mjs` works (");
  const shown = await skein(["memory", "show", listed.stdout.slice(0, 8), "--repo", repo]);
  expect(shown.stdout).toMatch(
    new RegExp(
      `\\.skein/runs/${run}/journal\\.jsonl:\\d+\\n      \\| .*node --test test\\.mjs: exit 0`,
    ),
  );
});

function note(value: string): object {
  return {
    note: `the check of this repository needs port ${value}`,
    kind: "pitfall",
    subject: "check",
    predicate: "port",
    value,
  };
}

test("an agent that may only look can be had note what a run taught; its notes are observations like any other's", async () => {
  const repo = tempRepo({ "a.txt": "a\n" });
  const plan = yamlFile("plan.yaml", {
    version: 1,
    name: "red",
    tasks: { check: { run: "echo 'port 8123 is taken'; exit 3" } },
  });
  const ran = await skein(["run", plan, "--repo", repo, "--offline", "--unsandboxed", "--json"]);
  expect(ran.exitCode).toBe(1);
  const script = yamlFile("script.yaml", {
    conversations: [
      conversation(
        // What had failed, with what it printed, is what the agent is told.
        "port 8123 is taken",
        [
          call("Remember", note("8123")),
          call("Remember", { ...note("8124"), value: undefined }),
          call("Edit", { file_path: "a.txt", old_string: "a", new_string: "b" }),
        ],
        [call("Remember", note("8125"))],
        [submit()],
      ),
    ],
  });
  const how = ["--script", script, "--unsandboxed", "--json"];
  const learned = await skein(["memory", "learn", finishedOf(ran).run, "--repo", repo, ...how]);
  expect(learned.exitCode).toBe(0);
  const [run = ""] = /(?<="run":")[^"]+/.exec(learned.stdout) ?? [];
  const told = inbox(repo).filter(({ session }) => session.startsWith(run));
  expect(
    told.map(({ origin, kind, predicate, value }) => [origin, kind, predicate, value]),
  ).toEqual([
    ["model", "pitfall", "port", "8123"],
    ["model", "pitfall", "port", "8125"],
  ]);
  expect(readFileSync(join(repo, "a.txt"), "utf8")).toBe("a\n");
});

test("a person who is back hears once what was done meanwhile; a pipe hears nothing", async () => {
  const repo = tempRepo({ "a.txt": "a\n" });
  mkdirSync(join(repo, ".skein/daemon"), { recursive: true });
  const running = begun(emptyRecord, { job: "dream", slot: "1", startedAt: 1, byHand: false });
  const record = ended(running, {
    outcome: "done",
    said: "memory was consolidated\u001B[2J",
    usd: 0,
    endedAt: Date.now(),
    proposals: [{ about: "schedule/n", text: "look", command: "skein status", hangsOn: [] }],
  });
  writeFileSync(join(repo, ".skein/daemon/state.json"), JSON.stringify(record));
  const said = async (isTTY: boolean): Promise<string> => {
    const io = fakeIo({ isTTY });
    await runCli(["node", "skein", "memory", "ls", "--repo", repo], io);
    return io.err();
  };
  expect(await said(false)).not.toContain("while you were away");
  expect(await said(true)).toContain(
    "while you were away: 1 job, $0\n  dream  memory was consolidated\nwaiting for you:\n  schedule/n  look; skein status\n",
  );
  expect(await said(true)).not.toContain("while you were away");
  const io = fakeIo({ isTTY: true });
  await showFirstScreen(repo, io);
  expect(io.err()).toMatch(
    /^waiting for you:\n {2}schedule\/n {2}look; skein status\n\nwhat now:\n/,
  );
});
