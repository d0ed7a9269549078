import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";

import { expect, test } from "vitest";

import { makeObjectsFolder } from "../../../src/adapters/git/objects-folder.ts";

test("a folder of objects that a killed process left is taken away; those of living and of unknown ones stay", async () => {
  const root = mkdtempSync(join(tmpdir(), "skein-test-"));
  const first = basename(await makeObjectsFolder(root));
  const { pid: ended } = spawnSync("true");
  const left = first.replace(String(process.pid), String(ended));
  const elsewhere = first.replace(/-(\d+)-(\d+)-/, `-${ended}-1-`);
  for (const name of [left, elsewhere, "skein-objects-old", "others-1-2-3"]) {
    mkdirSync(join(root, name));
    writeFileSync(join(root, name, "blob-0"), "what a file says");
  }
  const second = basename(await makeObjectsFolder(root));
  expect(readdirSync(root).toSorted()).toEqual(
    [first, second, elsewhere, "skein-objects-old", "others-1-2-3"].toSorted(),
  );
  rmSync(root, { recursive: true });
});
