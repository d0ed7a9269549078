import { existsSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "vitest";

import { runCli } from "../../src/cli/run-cli.ts";
import { fakeIo } from "../support/fake-io.ts";
import { git, tempRepo, writeFiles } from "../support/temp-repo.ts";

const schedule = '---\ncron: "0 3 * * *"\nplan: a.yaml\n---\n';
const plan = "version: 1\nname: a\ntasks: { a: { run: 'true' } }\n";

async function status(repo: string): Promise<string> {
  const io = fakeIo({ env: { XDG_CONFIG_HOME: join(repo, ".none") }, columns: 300 });
  expect(await runCli(["node", "skein", "daemon", "status", "--repo", repo], io), io.err()).toBe(0);
  return io.out();
}

test("schedules and dropped plans are left out of git, so that they stay a person's own", async () => {
  const repo = tempRepo({ "a.yaml": plan });
  await status(repo);
  expect(existsSync(join(repo, ".skein/schedules"))).toBe(false);
  writeFiles(repo, { ".skein/schedules/x.md": schedule, ".skein/drop/p.yaml": "version: 1\n" });
  expect(git(repo, "status", "--porcelain")).toContain(".skein/");
  await status(repo);
  expect(git(repo, "status", "--porcelain")).toBe("");
  git(repo, "add", "--all");
  expect(await status(repo)).toMatch(/^ {2}schedule\/x +waits +its time is /m);
});

test("a folder that git tracks is left as somebody wanted it, and what is in there says how to make it one's own", async () => {
  const repo = tempRepo({ "a.yaml": plan, ".skein/schedules/my own.md": schedule });
  expect(await status(repo)).toContain(
    "schedule/my own  waits  it came with the repository; a copy that git does not track would be yours, and so is this after git rm --cached '.skein/schedules/my own.md'\n",
  );
  expect(existsSync(join(repo, ".skein/schedules/.gitignore"))).toBe(false);
  git(repo, "rm", "--quiet", "--cached", ".skein/schedules/my own.md");
  git(repo, "commit", "--quiet", "--message=x");
  expect(await status(repo)).toMatch(/^ {2}schedule\/my own +waits +its time is /m);
  expect(git(repo, "status", "--porcelain")).toBe("");
});
