import fc from "fast-check";
import { expect, test } from "vitest";

import { outsideScope } from "../../../src/core/scope.ts";
import { planFileSchema } from "../../../src/model/plan-file.ts";
import { groupFiles } from "../../../src/offline/rules/group-files.ts";
import { withWriteScopes } from "../../../src/offline/rules/write-scope.ts";
import { converse, type Ended, tempRepository } from "./harness.ts";

const manifest = (name: string, more: object = {}): string =>
  `${JSON.stringify({ name, ...more }, undefined, 2)}\n`;

/** Unit names and files of the plan that was submitted. */
function partsOf({ submitted }: Ended): readonly { name: string; files: readonly string[] }[] {
  const plan = planFileSchema.parse(submitted?.["plan"]);
  const axis = plan.tasks["change"]?.strategy?.matrix["part"];
  return (Array.isArray(axis) ? axis : []) as { name: string; files: readonly string[] }[];
}

test("the plan has one unit a package, a merge, and the repository's own tests", async () => {
  using repository = tempRepository({
    "package.json": manifest("top", { scripts: { test: "node --test" } }),
    "pnpm-lock.yaml": "lockfileVersion: 9\n",
    ...Object.fromEntries(
      ["a", "b", "c", "d", "e", "f", "g"].flatMap((name) => [
        [`packages/${name}/package.json`, manifest(name)],
        [`packages/${name}/index.js`, "getUser();\n"],
        [`packages/${name}/other.js`, "nothing();\n"],
      ]),
    ),
  });
  const ended = await converse(repository.root, {
    role: "coordinator",
    task: "rename getUser to fetchUser",
  });
  expect(partsOf(ended).map(({ name }) => name)).toEqual(["a", "b", "c", "d", "e", "f", "g"]);
  expect(partsOf(ended)[0]?.files).toEqual(["packages/a/index.js"]);
  expect(ended.submitted?.["summary"]).toBe(
    "offline model: 7 files in 7 units, verified by pnpm test",
  );
  const plan = planFileSchema.parse(ended.submitted?.["plan"]);
  expect(plan.tasks["change"]?.agent).toEqual({
    prompt: "Rename the identifier `getUser` to `fetchUser`.",
    scope: { write: "${{ matrix.part.files }}" },
  });
  expect(plan.tasks["merge"]).toMatchObject({
    needs: ["change"],
    reduce: { from: "change", "on-conflict": "agent" },
    verify: [{ run: "pnpm test" }],
  });
});

test.each([
  ["no test script", {}],
  ["npm's placeholder", { scripts: { test: 'echo "Error: no test specified" && exit 1' } }],
])("with %s, nothing verifies the plan and it says so", async (_, more) => {
  using repository = tempRepository({
    "package.json": manifest("x", more),
    "a.js": "getUser();\n",
  });
  const { submitted } = await converse(repository.root, {
    role: "coordinator",
    task: "rename getUser to fetchUser",
  });
  expect(submitted?.["summary"]).toContain("no test command found, so nothing verifies it");
  expect(planFileSchema.parse(submitted?.["plan"]).tasks["merge"]?.verify).toBeUndefined();
});

test("with nothing to change, one unit looks again instead of an empty matrix", async () => {
  using repository = tempRepository({ "package.json": manifest("x"), "a.js": "other();\n" });
  const ended = await converse(repository.root, {
    role: "coordinator",
    task: "rename getUser to fetchUser",
  });
  expect(ended.submitted?.["summary"]).toContain("nothing to change was found");
  expect(partsOf(ended)).toEqual([]);
  expect(
    planFileSchema.parse(ended.submitted?.["plan"]).tasks["change"]?.agent?.scope.write,
  ).toEqual(["**"]);
});

test("a task outside the rules is refused in plain words, without a plan", async () => {
  using repository = tempRepository({ "a.js": "a();\n" });
  const { submitted, stopReason, said } = await converse(repository.root, {
    role: "coordinator",
    task: "Rewrite everything in Rust",
  });
  expect(submitted).toBeUndefined();
  expect(stopReason).toBe("refusal");
  expect(said).toContain("the offline model does not understand this task; set ANTHROPIC_API_KEY");
});

test("a plan that is sent back ends the planning, with what was wrong", async () => {
  using repository = tempRepository({ "a.js": "getUser();\n" });
  const { stopReason, said } = await converse(repository.root, {
    role: "coordinator",
    task: "rename getUser to fetchUser",
    refusals: ["E-SCOPE: the scope is empty"],
  });
  expect(stopReason).toBe("refusal");
  expect(said).toContain("E-SCOPE: the scope is empty");
});

test("scopes of a plan that would be too long are folders, and cover every file of their own part only", () => {
  const files = Array.from(
    { length: 480 },
    (_, index) => `packages/package-${index % 30}/source-folder/${index % 2}/file-${index}.ts`,
  );
  const parts = groupFiles(files, []);
  const scopes = withWriteScopes(parts);
  expect(JSON.stringify(scopes).length).toBeLessThan(16_000);
  for (const [index, { files: own }] of parts.entries()) {
    for (const [other, { files: scope }] of scopes.entries()) {
      expect(outsideScope(own, scope)).toEqual(other === index ? [] : own);
    }
  }
});

test("every file is in exactly one part, no part is empty or over 40 files, and names differ", () => {
  const path = fc
    .array(fc.constantFrom("packages", "a", "b", "c", "src", "test"), {
      minLength: 0,
      maxLength: 4,
    })
    .chain((folders) =>
      fc.integer({ min: 0, max: 60 }).map((file) => [...folders, `${file}.ts`].join("/")),
    );
  fc.assert(
    fc.property(
      fc.uniqueArray(path, { maxLength: 200 }),
      fc.uniqueArray(fc.constantFrom("", "packages/a", "packages/b", "packages/a/c", "src"), {
        maxLength: 5,
      }),
      (files, packages) => {
        const parts = groupFiles(files, packages);
        expect(parts.flatMap((part) => part.files).toSorted()).toEqual(files.toSorted());
        expect(parts.every((part) => part.files.length > 0 && part.files.length <= 40)).toBe(true);
        expect(new Set(parts.map(({ name }) => name)).size).toBe(parts.length);
        expect(parts.length).toBeGreaterThanOrEqual(Math.min(6, files.length));
        if (files.length <= 200) expect(parts.length).toBeLessThanOrEqual(12);
      },
    ),
  );
});
