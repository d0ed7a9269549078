import { accessSync, constants } from "node:fs";
import { delimiter, join, resolve } from "node:path";

import { execa } from "execa";
import { expect, test } from "vitest";

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
