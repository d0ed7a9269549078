import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { expect, test } from "vitest";

import { createGit } from "../../../src/adapters/git/git.ts";
import { setRef } from "../../../src/adapters/git/refs.ts";
import { lockWaitsMs } from "../../../src/core/surroundings/held-lock.ts";
import type { CommitId } from "../../../src/model/ids.ts";
import { git, tempRepo } from "../../support/temp-repo.ts";

/** A ref that another git is about to write; `waited` is called each time that it is waited for. */
function heldRef(waited: (lock: string, times: number) => void) {
  const repo = tempRepo({ "a.txt": "a\n" });
  const commit = git(repo, "rev-parse", "HEAD").trim() as CommitId;
  const lock = join(repo, ".git", "refs", "skein", "run", "one.lock");
  mkdirSync(dirname(lock), { recursive: true });
  writeFileSync(lock, "");
  const waits: number[] = [];
  const sleep = async (ms: number): Promise<void> => {
    waits.push(ms);
    waited(lock, waits.length);
  };
  const set = () => setRef(createGit(repo, {}, { sleep }), "refs/skein/run/one", commit);
  return { repo, commit, lock, waits, set };
}

test("a lock that another git holds for a while is waited for", async () => {
  const { repo, commit, waits, set } = heldRef((lock, times) => {
    if (times === 3) rmSync(lock);
  });
  expect(await set()).toMatchObject({ ok: true });
  expect(waits).toEqual(lockWaitsMs.slice(0, 3));
  expect(git(repo, "rev-parse", "refs/skein/run/one").trim()).toBe(commit);
});

test("one that is never given up is named, with what to do, and left where it is", async () => {
  const { lock, waits, set } = heldRef(() => undefined);
  const refused = await set();
  expect(waits).toEqual(lockWaitsMs);
  expect(existsSync(lock)).toBe(true);
  expect(refused).toMatchObject({
    ok: false,
    error: {
      kind: "environment",
      message: `another git process holds ${lock}`,
      hint: expect.stringContaining("remove that file") as string,
    },
  });
});
