import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, test } from "vitest";

import { runCli } from "../../src/cli/run-cli.ts";
import { fakeIo } from "../support/fake-io.ts";
import { tempRepo, writeFiles } from "../support/temp-repo.ts";

const config = mkdtempSync(join(tmpdir(), "skein-config-"));

/** What `skein daemon status` says where no daemon is at work. */
async function status(repo: string, ...more: readonly string[]): Promise<string> {
  const io = fakeIo({ env: { XDG_CONFIG_HOME: config } });
  const argv = ["node", "skein", "daemon", "status", "--repo", repo, ...more];
  expect(await runCli(argv, io), io.err()).toBe(0);
  return io.out();
}

const daily = (more = ""): string => `---\ncron: "0 3 * * *"\n${more}---\nLook for stale notes.\n`;

test("schedules and what is wrong with them are told without a daemon at work", async () => {
  const repo = tempRepo({ "a.txt": "a\n" });
  const schedules = join(repo, ".skein/schedules");
  writeFiles(schedules, { "good.md": daily(), "wrong.md": daily("colour: red\n") });
  const told = await status(repo);
  expect(told).toContain("daemon is not at work; skein daemon start\n");
  expect(told).toMatch(/^schedule\/good waits its time is \d{4}-\d\d-\d\d 03:00 UTC$/m);
  expect(told).toMatch(/^schedule\/wrong waits its file is wrong: .*colour/m);
  expect(told).toMatch(/^dream waits nothing new is in the inbox$/m);
  expect(told).toMatch(/^tidy is due$/m);
  expect(told).toMatch(/^24 hours nothing done$/m);
  expect(JSON.parse(await status(repo, "--json"))).toMatchObject({
    phase: "stopped",
    jobs: expect.arrayContaining([{ job: "tidy", is: "due", why: "" }]),
  });
});
