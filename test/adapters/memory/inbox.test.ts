import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, test } from "vitest";

import { diskFiles } from "../../../src/adapters/memory/disk-files.ts";
import {
  dropDrafts,
  readSegments,
  segmentOf,
  writeSegment,
} from "../../../src/adapters/memory/inbox.ts";

test("what is said while another process clears drafts away is written all the same", async () => {
  const disk = diskFiles(mkdtempSync(join(tmpdir(), "skein-inbox-")));
  let isFirst = true;
  const cleared = {
    ...disk,
    sync: async (path: string): Promise<void> => {
      if (isFirst) await dropDrafts(disk);
      isFirst = false;
      await disk.sync(path);
    },
  };
  const observation = {
    session: "s",
    seq: 1,
    at: "2026-05-01",
    origin: "user",
    text: "a",
  } as const;
  const entries = [{ type: "observed" as const, observation }];
  await writeSegment(cleared, segmentOf({ entries, name: "decided", now: 0 }));
  const { segments } = await readSegments(disk, new Set());
  expect(segments).toMatchObject([{ entries }]);
});
