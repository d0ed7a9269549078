import { homedir } from "node:os";
import { join } from "node:path";

import { expect, test } from "vitest";

import { compileCacheFolder } from "../../../src/adapters/pool/compile-cache.ts";

test("compiled code lies in the user's cache folder, never in one relative to where Skein was started", () => {
  const own = join(homedir(), ".cache", "skein", "compiled");
  expect(compileCacheFolder({})).toBe(own);
  expect(compileCacheFolder({ XDG_CACHE_HOME: "" })).toBe(own);
  expect(compileCacheFolder({ XDG_CACHE_HOME: "cache" })).toBe(own);
  expect(compileCacheFolder({ XDG_CACHE_HOME: "/c" })).toBe("/c/skein/compiled");
});
