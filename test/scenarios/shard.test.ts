import { expect, test } from "vitest";

import { finishedOf, skein, type SkeinResult, yamlFile } from "../support/run-skein.ts";
import { tempRepo } from "../support/temp-repo.ts";

const files = {
  ".github/CODEOWNERS": "* @all\n/web/ @web\n",
  "package.json": '{"name":"top"}\n',
  "web/package.json": '{"name":"web"}\n',
  "web/app.js": 'import { lib } from "../lib/lib.js"; // TODO\n',
  "lib/package.json": '{"name":"lib"}\n',
  "lib/lib.js": "export const lib = 1; // TODO\n",
  "lib/done.js": "export const done = 1;\n",
  "a b.js": "// TODO\n",
};

/** Shards by what the test says, then a unit a shard that says what it was given. */
async function sharded(shard: object): Promise<SkeinResult> {
  const plan = yamlFile("plan.yaml", {
    version: 1,
    name: "sharded",
    tasks: {
      split: { shard: { files: "**/*.js", ...shard } },
      see: {
        needs: ["split"],
        strategy: { matrix: { shard: "${{ needs.split.outputs.shards }}" }, "max-parallel": 1 },
        run: 'printf "%s\\n" "$@" > "$SKEIN_OUT/seen.txt"',
        outputs: { seen: { lines: "seen.txt" } },
      },
    },
  });
  return skein(["run", plan, "--repo", tempRepo(files), "--json"]);
}

function seen(result: SkeinResult): readonly unknown[] {
  return result.events.flatMap((event) =>
    event.kind === "unit-finished" && event.task === "see" ? [event.outputs["seen"]] : [],
  );
}

test("shards are units of a matrix, each with its files as arguments, in the order of their imports", async () => {
  const result = await sharded({ by: "package", matching: "TO+DO", order: "dependencies" });
  expect(result.exitCode, result.stderr).toBe(0);
  expect(seen(result)).toEqual([["a b.js"], ["lib/lib.js"], ["web/app.js"]]);
});

test.each([
  { by: "owner", expected: [["a b.js", "lib/done.js", "lib/lib.js"], ["web/app.js"]] },
  { by: "directory", expected: [["a b.js"], ["lib/done.js", "lib/lib.js"], ["web/app.js"]] },
  { by: "imports", expected: [["a b.js", "lib/done.js", "lib/lib.js", "web/app.js"]] },
  {
    by: {
      run: `node -e '
        const { readFileSync, writeFileSync } = require("node:fs");
        const out = process.env.SKEIN_OUT;
        const all = readFileSync(out + "/files.txt", "utf8").trim().split("\\n");
        writeFileSync(out + "/shards.json", JSON.stringify({ z: all.slice(2), a: all.slice(0, 2) }));
      '`,
    },
    expected: [
      ["lib/lib.js", "web/app.js"],
      ["a b.js", "lib/done.js"],
    ],
  },
])("by $by", async ({ by, expected }) => {
  const result = await sharded({ by });
  expect(result.exitCode, result.stderr).toBe(0);
  expect(seen(result)).toEqual(expected);
});

test("a command that forgets a file, or names one twice, is told which", async () => {
  for (const [shards, reason] of [
    ['{"a":["a b.js"]}', "lib/done.js is in no shard"],
    ['{"a":["a b.js"],"b":["a b.js"]}', "a b.js is in a and in b"],
    ["no json", "is no map of names to lists of files"],
  ] as const) {
    const result = await sharded({ by: { run: `echo '${shards}' > "$SKEIN_OUT/shards.json"` } });
    expect(result.exitCode).toBe(1);
    const split = finishedOf(result).notMerged.find(({ unit }) => unit === "split");
    expect(split?.reason).toContain(reason);
  }
});

test("no file, no unit", async () => {
  const result = await sharded({ by: "package", matching: "nowhere at all" });
  expect(result.exitCode).toBe(0);
  expect(finishedOf(result).outcomes).toEqual({ done: 1, skipped: 1 });
});
