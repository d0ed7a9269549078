import { expect, test } from "vitest";

import { emptyRecord } from "../../../src/core/daemon/record.ts";
import { statusSections } from "../../../src/core/daemon/status-sections.ts";

test("a job that has nothing to do any more, but left something for the person, says so", () => {
  const why = "done 2026-11-28 03:30 UTC";
  const jobs = ["dropped/bad.yaml", "tidy"].map((job) => ({ job, is: "settled" as const, why }));
  const waiting = [{ id: "abc", about: "dropped/bad.yaml", text: "mend it", command: "skein" }];
  const found = { head: "idle", held: undefined, jobs, record: emptyRecord, waiting };
  const sections = statusSections(found, { now: 0, timeZone: "UTC" });
  expect(sections.find(({ heading }) => heading === "jobs:")?.rows).toEqual([
    { cells: ["dropped/bad.yaml", "for you"], text: why },
    { cells: ["tidy", "settled"], text: why },
  ]);
});
