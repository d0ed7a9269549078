import { mkdirSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";

import { expect, test } from "vitest";

import { createDroppedJobs } from "../../../src/adapters/daemon/dropped-jobs.ts";
import { goneProposals } from "../../../src/adapters/daemon/gone-proposals.ts";
import { scheduleJob } from "../../../src/adapters/daemon/schedule-job.ts";
import { diskFiles } from "../../../src/adapters/memory/disk-files.ts";
import { withProposals } from "../../../src/core/daemon/proposals.ts";
import { daemonConfigSchema } from "../../../src/model/daemon.ts";
import type { DaemonJob, JobEnd } from "../../../src/ports/daemon-world.ts";
import { tempRepo, writeFiles } from "../../support/temp-repo.ts";

const entry = resolve("bin/skein.js");
const wrong = `version: 1
name: p
tasks:
  t:
    run: "true"
    neds: [a]
    colour: red
`;

async function startOf(job: DaemonJob | undefined, byHand = false): Promise<JobEnd> {
  if (job === undefined) throw new Error("there is no job");
  const { signal } = new AbortController();
  return job.start({ slot: "1", byHand, run: undefined, signal, onChild: () => undefined });
}

/** What comes of a plan that was dropped in, by what the person's settings say of those. */
async function drop(repo: string, profile: string): Promise<JobEnd> {
  const config = daemonConfigSchema.parse({ "dropped-plans": profile });
  const [job] = await createDroppedJobs(repo, { files: diskFiles(repo), config, entry })();
  return startOf(job);
}

const profiles = ["read-only", "accept-edits"] as const;

test.each(profiles)(
  "a dropped plan with mistakes waits for its author under %s, with file, line and what to do, and fails nothing",
  async (profile) => {
    const repo = tempRepo({ "a.txt": "a\n" });
    const plan = ".skein/drop/bad one.yaml";
    writeFiles(repo, { [plan]: wrong });
    const end = await drop(repo, profile);
    expect(end).toMatchObject({
      isDone: true,
      said: `${plan} has 3 mistakes and is not run`,
      usd: 0,
      proposals: [
        {
          about: "dropped/bad one.yaml",
          text: expect.stringMatching(
            /^\.skein\/drop\/bad one\.yaml:6:5: .*neds.*, and 2 more; mend it, or take it away$/,
          ),
          command: `skein check '${plan}'`,
        },
      ],
    });
    // It goes by itself once the file is another, or gone.
    const kept = withProposals([], { job: "j", isDone: true, at: 1, proposals: end.proposals });
    expect(await goneProposals(repo, kept)).toEqual(new Set());
    writeFiles(repo, { [plan]: `${wrong}# more\n` });
    expect((await goneProposals(repo, kept)).size).toBe(1);
    rmSync(join(repo, plan));
    expect((await goneProposals(repo, kept)).size).toBe(1);
  },
);

test.each(profiles)("so does the plan of a schedule, under %s", async (profile) => {
  const repo = tempRepo({ "plans/p.yaml": wrong });
  const text = `---\ncron: "@daily"\nplan: plans/p.yaml\nprofile: ${profile}\n---\n`;
  const file = { name: "x", text, writtenAt: 0, touchedAt: 0 };
  const parts = { repo, files: diskFiles(repo), entry, noModel: undefined };
  expect(await startOf(scheduleJob(file, parts))).toMatchObject({
    isDone: true,
    said: "plans/p.yaml has 3 mistakes and is not run",
    proposals: [
      {
        about: "schedule/x",
        text: expect.stringMatching(/^plans\/p\.yaml:6:5: /),
        command: "skein check plans/p.yaml",
        hangsOn: [{ kind: "file", path: "plans/p.yaml" }],
      },
    ],
  });
});

test("who has a plan with mistakes run by hand hears that it was not done", async () => {
  const repo = tempRepo({ "a.txt": "a\n" });
  writeFiles(repo, { ".skein/drop/p.yaml": wrong });
  const config = daemonConfigSchema.parse({});
  const [job] = await createDroppedJobs(repo, { files: diskFiles(repo), config, entry })();
  const { isDone, proposals } = await startOf(job, true);
  expect([isDone, proposals.length]).toEqual([false, 1]);
});

test("what cannot be read as a file is its author's as well", async () => {
  const repo = tempRepo({ "a.txt": "a\n" });
  writeFiles(repo, { ".skein/drop/p.yaml": wrong });
  const config = daemonConfigSchema.parse({});
  const [job] = await createDroppedJobs(repo, { files: diskFiles(repo), config, entry })();
  rmSync(join(repo, ".skein/drop/p.yaml"));
  mkdirSync(join(repo, ".skein/drop/p.yaml"));
  const { isDone, proposals } = await startOf(job);
  expect([isDone, proposals[0]?.text]).toEqual([
    true,
    `skein check failed: ${repo}/.skein/drop/p.yaml is not a file; mend it, or take it away`,
  ]);
});

test("a dropped plan that is gone meanwhile is nothing to wait for", async () => {
  const repo = tempRepo({ "a.txt": "a\n" });
  writeFiles(repo, { ".skein/drop/p.yaml": wrong });
  const config = daemonConfigSchema.parse({});
  const [job] = await createDroppedJobs(repo, { files: diskFiles(repo), config, entry })();
  rmSync(join(repo, ".skein/drop/p.yaml"));
  expect(await startOf(job)).toMatchObject({
    isDone: true,
    said: ".skein/drop/p.yaml is gone",
    proposals: [],
  });
});
