import { expect, test } from "vitest";

import { expandGlob } from "../../../../src/core/shell/words/expand-glob.ts";
import { sceneOf } from "../scene-of.ts";

const scene = sceneOf({
  "/work/project/a.ts": "file",
  "/work/project/b.ts": "file",
  "/work/project/.env": "file",
  "/work/project/src/c.ts": "file",
  "/work/project/work/project/a.ts": "file",
  "/work/project/link": "src",
  "/etc/passwd": "file",
});

function expand(pattern: string, cwd = "/work/project"): readonly string[] | undefined {
  return expandGlob(scene, cwd, pattern);
}

test("a pattern stands for the files there are, sorted, without hidden ones", () => {
  expect(expand("*.ts")).toEqual(["a.ts", "b.ts"]);
  expect(expand("*/c.ts")).toEqual(["src/c.ts"]);
  expect(expand("*.none")).toEqual([]);
});

test("an absolute pattern is looked for from the root, whatever folders of the same names the project has", () => {
  expect(expand("/work/project/*.ts")).toEqual(["/work/project/a.ts", "/work/project/b.ts"]);
  expect(expand("/etc/pass*")).toEqual(["/etc/passwd"]);
});

test("a pattern may begin above its folder, but `..` behind a name is nobody's guess", () => {
  expect(expand("../*.ts", "/work/project/src")).toEqual(["../a.ts", "../b.ts"]);
  expect(expand("link/../*")).toBeUndefined();
});
