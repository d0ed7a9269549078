import { appendFileSync, renameSync, writeFileSync } from "node:fs";

import { expect, test } from "vitest";

import { daemonFolder, makeDaemonFolder } from "../../../src/adapters/daemon/daemon-folder.ts";
import { logFile } from "../../../src/adapters/daemon/daemon-log.ts";
import { followLog } from "../../../src/adapters/daemon/follow-log.ts";
import { diskFiles } from "../../../src/adapters/memory/disk-files.ts";
import { claimFolder } from "../../../src/adapters/run-owner.ts";
import { tempRepo } from "../../support/temp-repo.ts";

test("what is added to the log is told line by line, also behind its being put aside, until its daemon has ended", async () => {
  const repo = tempRepo({ "a.txt": "a\n" });
  await makeDaemonFolder(diskFiles(repo));
  const claimed = await claimFolder(daemonFolder(repo), "it");
  if (!claimed.ok) throw new Error(claimed.error.message);
  const file = logFile(repo);
  writeFileSync(file, "old\nnew");
  const more = followLog(repo, 4);
  const next = more.next();
  appendFileSync(file, "er\nthe rest");
  expect((await next).value).toBe("newer\n");
  appendFileSync(file, " of it\n");
  renameSync(file, `${file}.1`);
  writeFileSync(file, "begun anew\n");
  expect((await more.next()).value).toBe("the rest of it\n");
  expect((await more.next()).value).toBe("begun anew\n");
  appendFileSync(file, "stopped\ncut o");
  await claimed.value();
  expect((await more.next()).value).toBe("stopped\n");
  expect((await more.next()).value).toBe("cut o\n");
  expect((await more.next()).done).toBe(true);
});
