import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, test } from "vitest";

import { runCli } from "../../src/cli/run-cli.ts";
import { fakeIo } from "../support/fake-io.ts";
import { yamlFile } from "../support/run-skein.ts";

const plan = yamlFile("plan.yaml", {
  version: 1,
  name: "anything",
  tasks: { make: { run: "true" } },
});

/** Every command that takes `--repo`, as it is called. */
const commands = [
  ["run", plan],
  ["run", "Rename a to b"],
  ["run", plan, "--repos", "ORG/REPO"],
  ["plan", "Rename a to b"],
  ...["resume", "retry", "cancel", "compact", "close", "runs", "status", "log"].map((one) => [one]),
  ...["report", "diff", "apply", "dream", "init"].map((one) => [one]),
  ["runs", "--json"],
  ["approve", "latest", "gate"],
  ["memory", "ls"],
  ["daemon", "status"],
];

test.each(commands)(
  "a folder that is not there is said to be not there by %s %s",
  async (...args) => {
    const folder = join(mkdtempSync(join(tmpdir(), "skein-test-")), "nope");
    const io = fakeIo();
    const exitCode = await runCli(["node", "skein", ...args, "--repo", folder], io);
    expect([exitCode, io.out(), io.err()]).toEqual([
      2,
      "",
      `skein: there is no folder ${folder}\n  next: name a repository with --repo PATH\n`,
    ]);
  },
);

test("a file in place of a folder is no folder", async () => {
  const file = join(mkdtempSync(join(tmpdir(), "skein-test-")), "file");
  writeFileSync(file, "");
  const io = fakeIo();
  expect(await runCli(["node", "skein", "status", "--repo", file], io)).toBe(2);
  expect(io.err()).toContain(`there is no folder ${file}`);
});
