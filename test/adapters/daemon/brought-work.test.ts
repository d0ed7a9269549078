import { readFileSync, statSync, symlinkSync, utimesSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "vitest";

import { keepBriefing } from "../../../src/adapters/daemon/briefed.ts";
import { createDroppedJobs } from "../../../src/adapters/daemon/dropped-jobs.ts";
import { finishRunsJob } from "../../../src/adapters/daemon/finish-runs-job.ts";
import { createSchedules } from "../../../src/adapters/daemon/read-schedules.ts";
import { readOwnRecord } from "../../../src/adapters/daemon/record-file.ts";
import { whyTheirsIn } from "../../../src/adapters/daemon/why-theirs.ts";
import { diskFiles } from "../../../src/adapters/memory/disk-files.ts";
import { jobStandings } from "../../../src/app/daemon/standing-of.ts";
import { emptyRecord } from "../../../src/core/daemon/record.ts";
import { daemonConfigSchema } from "../../../src/model/daemon.ts";
import type { DaemonJob, WhyTheirs } from "../../../src/ports/daemon-world.ts";
import { git, tempRepo, writeFiles } from "../../support/temp-repo.ts";

const schedule = "---\ncron: '* * * * *'\nprofile: accept-edits\n---\nDo as I say.\n";
const later = Date.now() + 3_600_000;

const config = daemonConfigSchema.parse({});

/** How jobs of a person's folders stand in an hour. */
function stand(
  repo: string,
  jobs: () => Promise<readonly DaemonJob[]>,
): Promise<readonly object[]> {
  const askWhose = (): WhyTheirs => whyTheirsIn(repo);
  return jobStandings({ jobs, config, now: () => later, askWhose }, emptyRecord);
}

function looks(repo: string): Promise<readonly object[]> {
  return stand(
    repo,
    createSchedules({ repo, files: diskFiles(repo), entry: "none", noModel: undefined }),
  );
}

const theirs = { is: "waits", why: expect.stringContaining("came with the repository") };

test("schedules in a submodule or in a folder of the repository came with it, and begin nothing", async () => {
  const repo = tempRepo({ "sub/.skein/schedules/evil.md": schedule });
  const inside = join(repo, ".skein/schedules");
  writeFiles(inside, { "evil.md": schedule });
  expect(await looks(repo)).toMatchObject([{ is: "due" }]);
  git(inside, "init", "--quiet");
  git(inside, "add", "--all");
  git(inside, "commit", "--quiet", "--message=x");
  git(repo, "-c", "advice.addEmbeddedRepo=false", "add", "--all");
  expect(await looks(repo)).toMatchObject([theirs]);
  expect(await looks(join(repo, "sub"))).toMatchObject([theirs]);
});

test("a schedule and a dropped plan that git tracks from now on are theirs from now on, though no file has changed", async () => {
  const repo = tempRepo({ "a.txt": "" });
  writeFiles(repo, {
    ".skein/schedules/tick.md": schedule,
    ".skein/drop/plan.yaml": "version: 1\n",
  });
  const files = diskFiles(repo);
  const schedules = createSchedules({ repo, files, entry: "none", noModel: undefined });
  const dropped = createDroppedJobs(repo, { files, config, entry: "none" });
  const all = (): Promise<readonly object[]> =>
    stand(repo, async () => [...(await schedules()), ...(await dropped())]);
  expect(await all()).toMatchObject([{ is: "due" }, { is: "due" }]);
  git(repo, "add", "--all", "--force");
  expect(await all()).toMatchObject([theirs, theirs]);
  git(repo, "rm", "--quiet", "--cached", ".skein/schedules/tick.md");
  expect(await all()).toMatchObject([{ is: "due" }, theirs]);
});

test("nothing that was written a moment ago is begun, nor anything while git is at work", async () => {
  const repo = tempRepo({ "a.txt": "" });
  writeFiles(repo, { ".skein/schedules/tick.md": schedule });
  const file = join(repo, ".skein/schedules/tick.md");
  // As whoever unpacks files may say of them.
  utimesSync(file, new Date("2026-01-01"), new Date("2026-01-01"));
  const jobs = createSchedules({ repo, files: diskFiles(repo), entry: "none", noModel: undefined });
  const at = (now: number): Promise<readonly object[]> =>
    jobStandings({ jobs, config, now: () => now, askWhose: () => whyTheirsIn(repo) }, emptyRecord);
  const { ctimeMs } = statSync(file);
  expect(await at(ctimeMs + 1_000)).toMatchObject([{ is: "waits", why: "it is being written" }]);
  expect(await at(ctimeMs + 5_000)).toMatchObject([{ is: "due" }]);
  // Files are there before the index says whose they are.
  writeFiles(repo, { ".git/index.lock": "" });
  const why = expect.stringContaining("git is at work");
  expect(await at(ctimeMs + 5_000)).toMatchObject([{ is: "waits", why }]);
});

test("a run that came with the repository, cut off as it looks, is not gone on with", async () => {
  const events = [
    { kind: "run-started", offline: true, budget: {} },
    { kind: "plan-accepted" },
    { kind: "unit-started" },
  ];
  const journal = events.map((event) => `${JSON.stringify({ event })}\n`).join("");
  const repo = tempRepo({ ".skein/runs/r1/journal.jsonl": journal });
  const job = (): DaemonJob => finishRunsJob(repo, { config, entry: "none" });
  expect(await job().look(emptyRecord, later)).toMatchObject({ kind: "waits" });
  git(repo, "rm", "-r", "--cached", "--quiet", ".skein");
  expect(await job().look(emptyRecord, later)).toMatchObject({ kind: "due" });
});

test("a daemon's record in a submodule is not believed", async () => {
  const repo = tempRepo({ "a.txt": "" });
  const inside = join(repo, ".skein/daemon");
  const kept = JSON.stringify({ ...emptyRecord, isPaused: true });
  writeFiles(inside, { "state.json": kept });
  const look = { tell: () => undefined, isOwner: false };
  expect(await readOwnRecord(repo, look)).toMatchObject({ isPaused: true });
  git(inside, "init", "--quiet");
  git(inside, "add", "--all");
  git(inside, "commit", "--quiet", "--message=x");
  git(repo, "-c", "advice.addEmbeddedRepo=false", "add", "--all");
  expect(await readOwnRecord(repo, look)).toEqual(emptyRecord);
});

test("having told a person is noted through no link", async () => {
  const repo = tempRepo({ "a.txt": "mine\n", ".skein/daemon/state.json": "{}" });
  symlinkSync("../../a.txt", join(repo, ".skein/daemon/briefed"));
  await keepBriefing(repo);
  expect(readFileSync(join(repo, "a.txt"), "utf8")).toBe("mine\n");
});
