import { lstatSync, readdirSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { join, resolve } from "node:path";

import { execa } from "execa";
import { expect, test } from "vitest";

import { tellRun } from "../../src/adapters/control/tell-run.ts";
import { runCli } from "../../src/cli/run-cli.ts";
import type { RunEvent } from "../../src/model/event.ts";
import { fakeIo } from "../support/fake-io.ts";
import { call, conversation, submit, yamlFile } from "../support/run-skein.ts";
import { git, tempRepo } from "../support/temp-repo.ts";

const main = resolve("bin/skein.js");

function folderOf(repo: string): string {
  const [run = ""] = readdirSync(join(repo, ".skein", "runs")).filter((name) => /^\d/.test(name));
  return join(repo, ".skein", "runs", run);
}

/** Runs a plan, does something the moment an event comes, and gives all events and the exit code. */
async function during(
  args: readonly string[],
  when: (event: RunEvent) => boolean,
  act: () => Promise<void>,
): Promise<{ readonly events: readonly RunEvent[]; readonly exitCode: number | undefined }> {
  const run = execa(process.execPath, [main, "run", ...args, "--json"], { reject: false });
  const events: RunEvent[] = [];
  let acted: Promise<void> | undefined;
  for await (const line of run.iterable()) {
    const event = JSON.parse(line) as RunEvent;
    events.push(event);
    if (acted !== undefined || !when(event)) continue;
    acted = act();
    acted.catch(() => run.kill("SIGKILL"));
  }
  await acted;
  return { events, exitCode: (await run).exitCode };
}

/** A command given at another terminal, which only talks to the run. */
async function told(
  ...args: readonly string[]
): Promise<{ readonly exitCode: number; readonly out: string; readonly err: string }> {
  const io = fakeIo();
  const exitCode = await runCli(["node", "skein", ...args], io);
  return { exitCode, out: io.out(), err: io.err() };
}

const isActing =
  (unit: string) =>
  (event: RunEvent): boolean =>
    event.kind === "unit-state" && event.unit === unit && event.state === "acting";

test("skein cancel ends a live run as Ctrl-C does, and comes back when it has ended", async () => {
  const repo = tempRepo({ "a.txt": "one\n" });
  const plan = yamlFile("plan.yaml", {
    version: 1,
    name: "long",
    tasks: {
      quick: { run: "echo two > a.txt" },
      endless: { needs: ["quick"], run: "sleep 3600" },
    },
  });
  const { exitCode, events } = await during(
    [plan, "--repo", repo],
    isActing("endless"),
    async () => {
      expect(lstatSync(join(folderOf(repo), "control.sock")).mode & 0o777).toBe(0o600);
      const cancelled = await told("cancel", "--repo", repo);
      expect(cancelled.exitCode, cancelled.err).toBe(0);
      expect(cancelled.err).toContain("has stopped, and what was finished is kept");
    },
  );
  expect(exitCode).toBe(130);
  expect(events.at(-1)).toMatchObject({ outcomes: { done: 1, cancelled: 1 }, merged: ["quick"] });
  expect(readdirSync(folderOf(repo))).not.toContain("control.sock");
  const again = await told("cancel", "--repo", repo);
  expect([again.exitCode, again.err]).toEqual([2, expect.stringContaining("nobody is at work")]);
});

test("a gate of a live run is decided from elsewhere, and what stands on it goes on at once", async () => {
  const repo = tempRepo({ "a.txt": "one\n" });
  const plan = yamlFile("plan.yaml", {
    version: 1,
    name: "gated",
    tasks: {
      slow: {
        run: 'until test -e "$(git rev-parse --git-common-dir)/info/go"; do sleep 0.1; done',
      },
      ship: { gate: { approve: true, message: "Ship it?" }, run: "echo s > s.txt" },
    },
  });
  const { exitCode, events } = await during(
    [plan, "--repo", repo],
    (event) => event.kind === "gate-waiting",
    async () => {
      const wrong = await told("approve", "latest", "shipp", "--repo", repo);
      expect([wrong.exitCode, wrong.err]).toEqual([
        2,
        expect.stringContaining("did you mean ship?"),
      ]);
      const approved = await told("approve", "latest", "ship", "--repo", repo);
      expect(approved.err).toContain("ship is approved; the run goes on");
      writeFileSync(join(repo, ".git", "info", "go"), "");
    },
  );
  expect(exitCode).toBe(0);
  const at = (kind: RunEvent["kind"]): number => events.findIndex((event) => event.kind === kind);
  expect(events[at("gate-decided")]).toMatchObject({ task: "ship", by: "command" });
  expect(at("gate-decided")).toBeLessThan(at("unit-finished"));
  expect(git(repo, "show", `skein/${folderOf(repo).split("/").at(-1)}:s.txt`)).toBe("s\n");
});

test("skein compact asks the agents at work, and says of each what came of it", async () => {
  const repo = tempRepo({ "a.txt": "one\n" });
  const plan = yamlFile("plan.yaml", {
    version: 1,
    name: "chatty",
    tasks: { look: { agent: { prompt: "Look at a.txt", scope: { write: ["a.txt"] } } } },
  });
  const wait = 'until test -e "$(git rev-parse --git-common-dir)/info/go"; do sleep 0.1; done';
  const script = yamlFile("script.yaml", {
    conversations: [
      conversation(
        'unit="look"',
        [call("Bash", { command: wait })],
        [call("Read", { file_path: "a.txt" })],
        [submit()],
      ),
    ],
  });
  const args = [plan, "--repo", repo, "--script", script, "--permission-mode", "trusted"];
  const { exitCode } = await during(
    args,
    (event) => event.kind === "agent" && event.event.kind === "tool-started",
    async () => {
      const asked = told("compact", "--repo", repo, "--json");
      const none = await told("compact", "--unit", "other", "--repo", repo);
      expect(none.out).toBe("no agent of that name is at work\n");
      writeFileSync(join(repo, ".git", "info", "go"), "");
      const { out } = await asked;
      expect(JSON.parse(out)).toMatchObject({
        unit: "look",
        came: { kind: "left", why: expect.stringContaining("nothing old enough") },
      });
    },
  );
  expect(exitCode).toBe(0);
});

test("what is no request is refused, who says nothing holds nobody up, and a dead socket is cleaned", async () => {
  const repo = tempRepo({ "a.txt": "one\n" });
  const plan = yamlFile("plan.yaml", {
    version: 1,
    name: "long",
    tasks: { endless: { run: "sleep 3600" } },
  });
  const { exitCode } = await during([plan, "--repo", repo], isActing("endless"), async () => {
    const path = join(folderOf(repo), "control.sock");
    for (const line of ["{}\n", "no json\n", '{"command":"cancel","more":1}\n'])
      expect(await said(path, line)).toContain("does not understand");
    const silent = connect(path);
    silent.on("error", () => undefined);
    expect(await tellRun(folderOf(repo), { command: "cancel" })).toMatchObject({
      ok: true,
      value: { kind: "stopped", exitCode: 130 },
    });
  });
  expect(exitCode).toBe(130);
  const path = join(folderOf(repo), "control.sock");
  // As after kill -9: the file is there, and nobody listens.
  writeFileSync(path, "");
  expect(await tellRun(folderOf(repo), { command: "cancel" })).toEqual({ ok: true });
  expect(readdirSync(folderOf(repo))).not.toContain("control.sock");
});

function said(path: string, line: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = "";
    const connection = connect(path, () => connection.write(line));
    connection.setEncoding("utf8");
    connection.on("data", (chunk: string) => (text += chunk));
    connection.on("close", () => resolve(text));
    connection.on("error", reject);
  });
}
