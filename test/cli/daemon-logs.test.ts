import { existsSync } from "node:fs";

import { expect, test } from "vitest";

import { daemonFolder, makeDaemonFolder } from "../../src/adapters/daemon/daemon-folder.ts";
import { logFile, openDaemonLog } from "../../src/adapters/daemon/daemon-log.ts";
import { diskFiles } from "../../src/adapters/memory/disk-files.ts";
import { claimFolder } from "../../src/adapters/run-owner.ts";
import { runCli } from "../../src/cli/run-cli.ts";
import { fakeIo } from "../support/fake-io.ts";
import { tempRepo } from "../support/temp-repo.ts";

test("who follows the log reads each line once, also when the daemon puts it aside meanwhile", async () => {
  const repo = tempRepo({ "a.txt": "a\n" });
  await makeDaemonFolder(diskFiles(repo));
  const claimed = await claimFolder(daemonFolder(repo), "it");
  if (!claimed.ok) throw new Error(claimed.error.message);
  const { log, written } = openDaemonLog(repo, () => 0);
  const filler = "x".repeat(900);
  let said = 0;
  const say = async (): Promise<void> => {
    said += 1;
    log(`line ${said} ${filler}`);
    await written();
  };
  await say();
  const io = fakeIo();
  const followed = runCli(["node", "skein", "daemon", "logs", "--follow", "--repo", repo], io);
  await expect.poll(() => io.out()).toContain("line 1 ");
  while (!existsSync(`${logFile(repo)}.1`)) await say();
  await say();
  await expect.poll(() => io.out()).toContain(`line ${said} `);
  log("stopped");
  await written();
  await claimed.value();
  expect(await followed).toBe(0);
  expect([...io.out().matchAll(/ line (\d+) /g)].map(([, at]) => Number(at))).toEqual(
    Array.from({ length: said }, (_, at) => at + 1),
  );
  expect(io.err()).toContain("no daemon is at work here: nothing more is written");
});
