import { accessSync, chmodSync, constants, existsSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";

import { execa } from "execa";
import { expect, test } from "vitest";

import { isOwnerAlive } from "../../src/adapters/run-owner.ts";
import { listRuns } from "../../src/adapters/stored-runs.ts";
import { yamlFile } from "../support/run-skein.ts";
import { tempRepo } from "../support/temp-repo.ts";

const launcher = resolve("bin/skein.js");

/** The machine's own Node, older than what Skein runs under on many of them; npm puts its packages' in front of it. */
function nodeOfTheMachine(): string {
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  const files = folders
    .filter((folder) => !folder.includes("node_modules"))
    .map((folder) => join(folder, "node"));
  return files.find(isExecutable) ?? process.execPath;
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

test("the launcher starts Skein, whichever Node the machine has, and passes on how it ended", async () => {
  const node = nodeOfTheMachine();
  const version = await execa(node, [launcher, "--version"]);
  expect(version).toMatchObject({ exitCode: 0, stderr: "" });
  expect(version.stdout).toMatch(/^\d+\.\d+\.\d+$/);
  const usage = await execa(node, [launcher, "no-such-command"], { reject: false });
  expect(usage.exitCode).toBe(2);
});

test("a run does not outlive the launcher that a person started, however that was ended", async () => {
  const repo = tempRepo({ "a.txt": "one\n" });
  const plan = yamlFile("plan.yaml", {
    version: 1,
    name: "long",
    tasks: { wait: { run: "sleep 3600" } },
  });
  const run = execa(nodeOfTheMachine(), [launcher, "run", plan, "--repo", repo, "--json"], {
    reject: false,
  });
  // Its output stays open until the last process that writes to it is gone.
  for await (const line of run.iterable()) {
    if (line.includes('"acting"')) run.kill("SIGKILL");
  }
  const [stored] = await listRuns(repo);
  expect(stored).toBeDefined();
  expect(await isOwnerAlive(stored?.folder ?? "")).toBe(false);
});

test("programs that a repository brings are not run in place of the machine's, whatever is on PATH", async () => {
  const planted =
    '#!/bin/sh\ntouch "$(dirname "$0")/../../pwned"\nexec "/usr/bin/$(basename "$0")" "$@"\n';
  const names = ["git", "ls", "bwrap", "bash", "cat"];
  const repo = tempRepo(
    Object.fromEntries(names.map((name) => [`node_modules/.bin/${name}`, planted])),
  );
  for (const name of names) chmodSync(join(repo, "node_modules/.bin", name), 0o755);
  const plan = yamlFile("plan.yaml", {
    version: 1,
    name: "x",
    tasks: { t: { run: "ls; cat /dev/null" } },
  });
  const env = { PATH: `./node_modules/.bin::.:${process.env["PATH"] ?? ""}` };
  const run = await execa(nodeOfTheMachine(), [launcher, "run", plan], {
    cwd: repo,
    env,
    reject: false,
  });
  expect(run.exitCode, run.stderr).toBe(0);
  expect(existsSync(join(repo, "pwned"))).toBe(false);
});
