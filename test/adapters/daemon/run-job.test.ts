import { join, resolve } from "node:path";

import { expect, test } from "vitest";

import { runAsJob } from "../../../src/adapters/daemon/run-job.ts";
import { tempRepo } from "../../support/temp-repo.ts";

const plan = `version: 1
name: rename
tasks:
  t:
    agent: { prompt: Rename foo to bar, scope: { write: "**" } }
`;

test("work of the offline model costs nothing; its result is proposed as long as its branch waits", async () => {
  const repo = tempRepo({ "a.js": "export const foo = 1;\n", "plan.yaml": plan });
  const end = await runAsJob(
    { name: "run", flags: ["--offline", "--yes", "--unsandboxed"], what: join(repo, "plan.yaml") },
    { signal: new AbortController().signal, onChild: () => undefined, run: undefined },
    { repo, entry: resolve("bin/skein.js"), about: "schedule/n", more: "say so" },
  );
  expect(end).toMatchObject({
    isDone: true,
    usd: 0,
    proposals: [
      {
        about: "schedule/n",
        hangsOn: [{ kind: "branch", branch: expect.stringMatching(/^skein\//) }],
      },
    ],
  });
});
