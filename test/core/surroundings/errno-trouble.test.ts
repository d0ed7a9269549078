import { expect, test } from "vitest";

import { errnoTrouble, gitTrouble } from "../../../src/core/surroundings/errno-trouble.ts";

test("an error of the machine is known by its code, and out of a thread by its message", () => {
  const full = Object.assign(new Error("write"), { code: "ENOSPC" });
  expect(errnoTrouble(full)?.message).toBe("the disk is full");
  const crossed = new Error("EMFILE: too many open files, open '/a'");
  expect(errnoTrouble(crossed)?.message).toBe("too many files are open in this process");
  expect(errnoTrouble(new Error("spawn git EMFILE"))?.kind).toBe("environment");
  const whilePutAway = new SuppressedError(new Error("rm failed"), full);
  expect(errnoTrouble(whilePutAway)?.message).toBe("the disk is full");
});

test("what is a unit's own doing is not the machine's", () => {
  for (const message of ["ENOENT: no such file", "EACCES: permission denied", "no luck", "E"])
    expect(errnoTrouble(new Error(message))).toBeUndefined();
  expect(errnoTrouble("ENOSPC")).toBeUndefined();
});

test("git's word counts at the end of a line, never in a name that the repository chose", () => {
  expect(
    gitTrouble("error: unable to create temporary file: No space left on device\nfatal: failed"),
  ).toMatchObject({ kind: "environment", message: "the disk is full" });
  expect(
    gitTrouble("fatal: pathspec 'x: No space left on device' did not match any files"),
  ).toBeUndefined();
});
