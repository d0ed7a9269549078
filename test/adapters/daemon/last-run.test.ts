import { join } from "node:path";

import { expect, test } from "vitest";

import { lastRunAt } from "../../../src/adapters/daemon/last-run.ts";
import { claimFolder } from "../../../src/adapters/run-owner.ts";
import { tempRepo } from "../../support/temp-repo.ts";

test("runs of the daemon's own are no sign of anybody, neither one at work nor one that has ended; others are", async () => {
  const repo = tempRepo({
    ".skein/runs/own/journal.jsonl": "{}\n",
    ".skein/runs/theirs/journal.jsonl": "{}\n",
  });
  const now = Date.now() + 1_000;
  const claimed = await claimFolder(join(repo, ".skein/runs/own"), "the run");
  if (!claimed.ok) throw new Error("the run's folder is somebody's");
  const but = (...own: readonly string[]): Promise<number | undefined> =>
    lastRunAt(repo, now, (run) => own.includes(run));
  expect(await but()).toBe(now);
  expect(await but("own")).toBeLessThan(now);
  expect(await but("own", "theirs")).toBeUndefined();
  await claimed.value();
});
