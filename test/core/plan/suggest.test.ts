import { expect, test } from "vitest";

import { suggest } from "../../../src/core/plan/suggest.ts";

test.each([
  ["runn", "run"],
  ["tasls", "tasks"],
  ["fi", "if"],
  ["verfiy", "verify"],
])("whoever writes %s means %s", (name, meant) => {
  expect(suggest(name, ["run", "if", "tasks", "verify"])).toBe(meant);
});

test.each(["x", "zz", "budget"])("%s is like nothing that is known", (name) => {
  expect(suggest(name, ["run", "if", "tasks", "verify"])).toBeUndefined();
});
