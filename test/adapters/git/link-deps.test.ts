import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
} from "node:fs";
import { join } from "node:path";

import { expect, onTestFinished, test } from "vitest";

import { linkDependencies } from "../../../src/adapters/git/link-deps.ts";
import { tempFolder, valueOf, writeFiles } from "./temp-repo.ts";

/** A source tree and an empty worktree beside it; `/dev/shm` is another file system than the worktree's. */
function trees(sourceParent?: string): { readonly from: string; readonly to: string } {
  const parent = tempFolder();
  const source =
    sourceParent === undefined ? parent : mkdtempSync(join(sourceParent, "skein-test-"));
  onTestFinished(() => {
    for (const folder of [parent, source]) rmSync(folder, { recursive: true, force: true });
  });
  const [from, to] = [join(source, "from"), join(parent, "to")];
  mkdirSync(to);
  writeFiles(from, { "node_modules/p/index.js": "p\n", "node_modules/.bin/x": "" });
  return { from, to };
}

test("files are hard links, folders are real, and hidden entries such as .bin come along", async () => {
  const { from, to } = trees();
  valueOf(await linkDependencies({ from, to, packageFolders: ["."], how: "hardlink" }));
  const file = "node_modules/p/index.js";
  expect(statSync(join(to, file)).ino).toBe(statSync(join(from, file)).ino);
  expect(lstatSync(join(to, "node_modules/p")).isDirectory()).toBe(true);
  expect(lstatSync(join(to, "node_modules/.bin/x")).isFile()).toBe(true);
});

test("where hard links cannot reach, files are copied", async () => {
  const { from, to } = trees("/dev/shm");
  const file = "node_modules/p/index.js";
  valueOf(await linkDependencies({ from, to, packageFolders: ["."], how: "hardlink" }));
  expect(readFileSync(join(to, file), "utf8")).toBe("p\n");
  expect(statSync(join(to, file)).dev).not.toBe(statSync(join(from, file)).dev);
});

test("what the worktree has itself stays, even a link that leads nowhere; packages it does not have are left out", async () => {
  const { from, to } = trees();
  writeFiles(from, { "a/node_modules/q/index.js": "q", "b/node_modules/q/index.js": "q" });
  symlinkSync("nowhere", join(to, "node_modules"));
  mkdirSync(join(to, "a"));
  valueOf(await linkDependencies({ from, to, packageFolders: [".", "a", "b"], how: "copy" }));
  expect(readlinkSync(join(to, "node_modules"))).toBe("nowhere");
  expect(readFileSync(join(to, "a/node_modules/q/index.js"), "utf8")).toBe("q");
  expect(lstatSync(join(to, "b"), { throwIfNoEntry: false })).toBeUndefined();
});
