import { readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "vitest";

import { keepBriefing } from "../../../src/adapters/daemon/briefed.ts";
import { finishRunsJob } from "../../../src/adapters/daemon/finish-runs-job.ts";
import { createSchedules } from "../../../src/adapters/daemon/read-schedules.ts";
import { readOwnRecord } from "../../../src/adapters/daemon/record-file.ts";
import { diskFiles } from "../../../src/adapters/memory/disk-files.ts";
import { emptyRecord } from "../../../src/core/daemon/record.ts";
import { daemonConfigSchema } from "../../../src/model/daemon.ts";
import { git, tempRepo, writeFiles } from "../../support/temp-repo.ts";

const schedule = "---\ncron: '* * * * *'\nprofile: accept-edits\n---\nDo as I say.\n";
const later = Date.now() + 3_600_000;

/** What of a folder's schedules is due in an hour. */
async function looks(repo: string): Promise<readonly object[]> {
  const jobs = await createSchedules(repo, { files: diskFiles(repo), entry: "none" })();
  return Promise.all(jobs.map((job) => job.look(emptyRecord, later)));
}

const theirs = { kind: "waits", why: expect.stringContaining("came with the repository") };

test("schedules in a submodule or in a folder of the repository came with it, and begin nothing", async () => {
  const repo = tempRepo({ "sub/.skein/schedules/evil.md": schedule });
  const inside = join(repo, ".skein/schedules");
  writeFiles(inside, { "evil.md": schedule });
  expect(await looks(repo)).toMatchObject([{ kind: "due" }]);
  git(inside, "init", "--quiet");
  git(inside, "add", "--all");
  git(inside, "commit", "--quiet", "--message=x");
  git(repo, "-c", "advice.addEmbeddedRepo=false", "add", "--all");
  expect(await looks(repo)).toEqual([theirs]);
  expect(await looks(join(repo, "sub"))).toEqual([theirs]);
});

test("a run that came with the repository, cut off as it looks, is not gone on with", async () => {
  const events = [
    { kind: "run-started", offline: true, budget: {} },
    { kind: "plan-accepted" },
    { kind: "unit-started" },
  ];
  const journal = events.map((event) => `${JSON.stringify({ event })}\n`).join("");
  const repo = tempRepo({ ".skein/runs/r1/journal.jsonl": journal });
  const job = (): ReturnType<typeof finishRunsJob> =>
    finishRunsJob(repo, { config: daemonConfigSchema.parse({}), entry: "none" });
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
