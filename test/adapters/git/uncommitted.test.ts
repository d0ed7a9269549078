import { rmSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "vitest";

import { countUncommitted } from "../../../src/adapters/git/uncommitted.ts";
import { git, tempRepo } from "../../support/temp-repo.ts";

test("what differs from HEAD is counted, staged or not; what was only touched is not, nor what git does not track", async () => {
  const repo = tempRepo({ "a.txt": "a\n", "b.txt": "b\n", "c.txt": "c\n", "d d.txt": "d\n" });
  const count = (): Promise<number> => countUncommitted(repo);
  expect(await count()).toBe(0);
  utimesSync(join(repo, "a.txt"), 1, 1);
  writeFileSync(join(repo, "new.txt"), "n\n");
  expect(await count()).toBe(0);
  writeFileSync(join(repo, "b.txt"), "mine\n");
  writeFileSync(join(repo, "d d.txt"), "mine\n");
  git(repo, "add", "d d.txt");
  rmSync(join(repo, "c.txt"));
  expect(await count()).toBe(3);
});

test("nothing that a repository brings is run to tell", async () => {
  const repo = tempRepo({ "a.txt": "a\n", ".gitattributes": "*.txt filter=evil\n" });
  const witness = join(repo, "witness");
  git(repo, "config", "filter.evil.clean", `touch ${witness}; cat`);
  writeFileSync(join(repo, "a.txt"), "b\n");
  expect(await countUncommitted(repo)).toBe(0);
  expect(git(repo, "ls-files", "--others")).toBe("");
});
