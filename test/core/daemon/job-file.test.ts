import { expect, test } from "vitest";

import { fileOfJob, jobName, ownName, putFile, putJob } from "../../../src/core/daemon/job-file.ts";

test("a job's file is known by the job's name, and the other way round", () => {
  expect(fileOfJob("schedule/a b")).toBe(".skein/schedules/a b.md");
  expect(fileOfJob(`schedule/${ownName("schedule", "a.md.md")}`)).toBe(".skein/schedules/a.md.md");
  expect(fileOfJob("dropped/p.yaml")).toBe(putFile("dropped", "p.yaml"));
  for (const job of ["dream", "finish-runs", "toString/x", "/x"])
    expect([fileOfJob(job), putJob(job)]).toEqual([undefined, undefined]);
  expect(putJob(jobName("schedule", "a/b"))).toEqual({ kind: "schedule", name: "a/b" });
});
