import { expect, test } from "vitest";

import { skein, yamlFile } from "../support/run-skein.ts";
import { tempRepo } from "../support/temp-repo.ts";

test("of a command that was ended it is told why, and of a silent one nothing that is not there", async () => {
  const repo = tempRepo({ "a.txt": "one\n" });
  const plan = yamlFile("plan.yaml", {
    version: 1,
    name: "cut",
    tasks: {
      slow: { run: "sleep 3600", "timeout-minutes": 0.005 },
      silent: { run: "true" },
    },
  });
  const run = await skein(["run", plan, "--repo", repo]);
  expect(run.exitCode, run.stderr).toBe(1);
  expect(run.stdout).toMatch(
    /✗ sleep 3600 +is the work of slow, (?:ran out of time|was stopped), /,
  );
  const log = await skein(["log", "--repo", repo]);
  expect(log.stdout).toMatch(
    /slow \$ sleep 3600: (?:ran out of time|was stopped) after \S+, logs\//,
  );
  expect(log.stdout).toMatch(/silent \$ true: exit 0 after \S+$/m);
  expect(log.stdout).not.toContain("exit -1");
  expect(log.stdout).not.toMatch(/,$/m);
});
