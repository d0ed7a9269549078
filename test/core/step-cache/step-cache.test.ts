import { expect, test } from "vitest";

import { aroundOf } from "../../../src/core/step-cache/around-of.ts";
import { keyPartsOf } from "../../../src/core/step-cache/key-parts.ts";
import { whyMissed } from "../../../src/core/step-cache/why-missed.ts";
import type { PermissionMode } from "../../../src/model/permission.ts";
import type { Unit } from "../../../src/model/unit.ts";
import { task, unit } from "../../support/plan-builder.ts";

test("a unit's work depends on its inputs, lock files, environment, the task and what is around it", () => {
  const cached = { ...unit("a", task("a")), env: { N: "1" }, cache: { inputs: ["src/**"] } };
  const entries = new Map([
    ["src/.x/a.ts", "100644 1"],
    ["web/package-lock.json", "100644 2"],
    ["README.md", "100644 3"],
  ]);
  const parts = keyPartsOf({ unit: cached, entries, around: { setup: "npm ci" } });
  expect(parts).toMatchObject({
    inputs: { "src/.x/a.ts": "100644 1" },
    "lock files": { "web/package-lock.json": "100644 2" },
    env: { N: "1" },
    around: { setup: "npm ci" },
  });
  expect(JSON.stringify(parts)).not.toContain("README");
  const nowhere = { ...cached, cache: { inputs: ["lib/**"] } };
  expect(keyPartsOf({ unit: nowhere, entries, around: {} })).toBeUndefined();
});

test("a miss says which parts are not as they were", () => {
  const before = { inputs: { a: "1", b: "1", gone: "1" }, env: { N: "1" } };
  expect(whyMissed(undefined, before)).toBe("nothing was kept of it before");
  expect(whyMissed(before, before)).toBe("what was kept of it is gone");
  expect(whyMissed(before, { ...before, env: { N: "2" } })).toBe("env changed: N");
  expect(whyMissed(before, { inputs: { a: "2", b: "1", c: "1", d: "1" }, env: {} })).toBe(
    "inputs changed: a, c (new), d (new) and 1 more; env changed: N (gone)",
  );
});

function around(of: Unit, mode: PermissionMode): object {
  return aroundOf(
    { shell: "bubblewrap", models: { worker: "m" }, permissions: { mode, rules: [] } },
    { unit: of, workspace: { repo: ".", deps: "hardlink" } },
  );
}

test("what an agent made under wider permissions is not taken under narrower ones; a command has none", () => {
  const command = unit("a", task("a"));
  const steps: Unit = { ...command, action: { kind: "steps", steps: [] } };
  expect(around(steps, "trusted")).not.toEqual(around(steps, "read-only"));
  expect(around(command, "trusted")).toEqual(around(command, "read-only"));
});
