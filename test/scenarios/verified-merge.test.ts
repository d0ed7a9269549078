import { expect, test } from "vitest";

import type { RunEvent } from "../../src/model/event.ts";
import {
  call,
  conversation,
  finishedOf,
  skein,
  type SkeinResult,
  submit,
  yamlFile,
} from "../support/run-skein.ts";
import { git, tempRepo } from "../support/temp-repo.ts";

type OnRed = "fail" | "drop" | "bisect" | "repair" | "drop-and-report";

/** A unit per number, each with a file of its own; those in `bad` are red as soon as they are merged. */
function unitsPlan(units: number, bad: readonly number[], onRed: OnRed): string {
  return yamlFile("plan.yaml", {
    version: 1,
    name: "many",
    tasks: {
      add: {
        strategy: { matrix: { n: Array.from({ length: units }, (_, at) => at) } },
        env: { N: "${{ matrix.n }}", BAD: bad.map((n) => ` ${n} `).join("") },
        run: 'case "$BAD" in *" $N "*) echo "$N" >> "bad-$N.txt";; esac; echo "$N" > "unit-$N.txt"',
      },
      merge: {
        needs: ["add"],
        reduce: { from: "add", "on-red": onRed },
        verify: [{ run: "! ls | grep bad-" }],
      },
    },
  });
}

function verifications(result: SkeinResult): number {
  return result.events.filter(({ kind }) => kind === "merge-verified").length;
}

function treeOf(repo: string, result: SkeinResult): readonly string[] {
  const { branch = "none" } = finishedOf(result).result ?? {};
  return git(repo, "ls-tree", "-r", "--name-only", branch).trim().split("\n");
}

function dropped(events: readonly RunEvent[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    events.flatMap((event) =>
      event.kind === "patch-dropped" ? [[event.patch, event.reason]] : [],
    ),
  );
}

test.each([
  { units: 16, bad: [] },
  { units: 16, bad: [0] },
  { units: 16, bad: [3, 11, 15] },
  { units: 5, bad: [0, 1, 2, 3, 4] },
])("of $units units those that make the whole red are left out: $bad", async ({ units, bad }) => {
  const repo = tempRepo({ "a.txt": "one\n" });
  const result = await skein(["run", unitsPlan(units, bad, "drop"), "--repo", repo, "--json"]);
  const most = bad.length * (Math.log2(units) + 2) + 1;
  expect(verifications(result)).toBeLessThanOrEqual(most);
  const good = Array.from({ length: units }, (_, at) => at).filter((n) => !bad.includes(n));
  if (good.length > 0)
    expect(treeOf(repo, result)).toEqual(["a.txt", ...good.map((n) => `unit-${n}.txt`)].toSorted());
  expect(Object.keys(dropped(result.events)).toSorted()).toEqual(
    bad.map((n) => `add[${n}]`).toSorted(),
  );
  const { exitCode, notMerged } = finishedOf(result);
  expect(exitCode).toBe(bad.length === 0 ? 0 : 1);
  for (const n of bad) {
    const left = notMerged.find(({ unit }) => unit === `add[${n}]`);
    expect(left?.reason).toContain("with it the merged work is red: verify: `! ls | grep bad-`");
  }
});

test("with on-red: fail nothing is left out and nothing is merged", async () => {
  const repo = tempRepo({ "a.txt": "one\n" });
  const result = await skein(["run", unitsPlan(3, [1], "fail"), "--repo", repo, "--json"]);
  expect(verifications(result)).toBe(1);
  expect(finishedOf(result)).toMatchObject({ exitCode: 1, merged: [] });
});

test("a merge whose check cannot run says that it cannot on the base either", async () => {
  const repo = tempRepo({ "a.txt": "one\n" });
  const plan = yamlFile("plan.yaml", {
    version: 1,
    name: "no tool",
    tasks: {
      add: { run: "echo x > b.txt" },
      merge: { needs: ["add"], reduce: { from: "add" }, verify: [{ run: "no-such-tool check" }] },
    },
  });
  const { events } = await skein(["run", plan, "--repo", repo, "--json"]);
  const merge = events.find((event) => event.kind === "unit-finished" && event.unit === "merge");
  expect(merge).toMatchObject({
    outcome: "failed",
    reason: "verify: `no-such-tool check` exited with 127, as it does on the untouched base",
    failure: {
      hint: expect.stringMatching(
        /^a program is not there: install what .*, then skein retry RUN; or .* --plan FILE$/,
      ) as string,
    },
  });
});

test("a base that is red by itself is no unit's fault", async () => {
  const repo = tempRepo({ "bad-base.txt": "one\n" });
  const result = await skein(["run", unitsPlan(4, [], "drop"), "--repo", repo, "--json"]);
  expect(dropped(result.events)).toEqual({});
  const { notMerged, outcomes } = finishedOf(result);
  expect(outcomes).toMatchObject({ done: 4, "baseline-red": 1 });
  expect(notMerged.find(({ unit }) => unit === "merge")?.reason).toContain(
    "red before any unit was merged",
  );
});

function renameIn(file: string): readonly ReturnType<typeof call>[] {
  return [
    call("Read", { file_path: file }),
    call("Edit", { file_path: file, old_string: "oldName", new_string: "newName" }),
  ];
}

/** Two agents, each green alone: one renames a function, the other adds a caller of the old name. */
function renameAndCall(...repair: readonly (readonly ReturnType<typeof call>[])[]): {
  readonly repo: string;
  readonly args: readonly string[];
} {
  const repo = tempRepo({
    "lib.js": "exports.oldName = () => 42;\n",
    "main.js": 'console.log(require("./lib.js").oldName());\n',
    "names.txt": "oldName\n",
  });
  const makeNames = "grep -ohw '[a-z]*Name' *.js | sort -u > names.txt";
  const check = 'for file in *.js; do node "$file" > /dev/null || exit 1; done';
  const plan = yamlFile("plan.yaml", {
    version: 1,
    name: "semantic conflict",
    tasks: {
      rename: {
        agent: { prompt: "Rename oldName to newName", scope: { write: ["lib.js", "main.js"] } },
        verify: [{ run: check }],
      },
      extend: {
        agent: { prompt: "Add other.js that calls oldName", scope: { write: ["other.js"] } },
        verify: [{ run: check }],
      },
      // Stands on what will have to be repaired.
      more: { needs: ["extend"], run: "echo '// more' >> other.js", verify: [{ run: check }] },
      merge: {
        needs: ["rename", "extend", "more"],
        reduce: {
          from: ["rename", "extend", "more"],
          "on-red": "bisect",
          generated: [{ files: ["names.txt"], inputs: ["*.js"], run: makeNames }],
        },
        verify: [{ run: check }],
      },
    },
  });
  const script = yamlFile("script.yaml", {
    conversations: [
      conversation('unit="rename"', renameIn("lib.js"), renameIn("main.js"), [submit()]),
      conversation(
        'unit="extend"',
        [
          call("Write", {
            file_path: "other.js",
            content: 'console.log(require("./lib.js").oldName() + 1);\n',
          }),
        ],
        [submit()],
      ),
      // Its first message holds what the other side changed.
      conversation("-exports.oldName = () => 42;", ...repair),
    ],
  });
  return { repo, args: ["run", plan, "--repo", repo, "--script", script, "--json"] };
}

test("two changes that are green alone and red together are made to fit by an agent that knows both", async () => {
  const { repo, args } = renameAndCall(
    [
      call("Read", { file_path: "other.js" }),
      call("Edit", { file_path: "other.js", old_string: "oldName", new_string: "newName" }),
    ],
    [submit()],
  );
  const result = await skein(args);
  expect(result.exitCode, result.stderr).toBe(0);
  const { branch = "" } = finishedOf(result).result ?? {};
  const other = git(repo, "show", `${branch}:other.js`);
  expect(other).toContain("newName");
  // What was made on top of it came along.
  expect(other).toContain("// more");
  // What is made from what the repair changed is made anew, before more is merged on top.
  expect(git(repo, "show", `${branch}~1:names.txt`)).toBe("newName\n");
  expect(finishedOf(result).merged.toSorted()).toEqual(["extend", "more", "rename"]);
  expect(git(repo, "log", "--format=%s", `main..${branch}`).trim().split("\n")).toHaveLength(3);
  expect(verifications(result)).toBeLessThanOrEqual(4);
});

test("a repair that does not help, or goes beyond what the units may change, leaves the unit out", async () => {
  const beyond = renameAndCall(
    [call("Write", { file_path: "stray.txt", content: "x\n" })],
    [submit()],
  );
  const idle = renameAndCall(
    [
      call("Read", { file_path: "other.js" }),
      call("Edit", { file_path: "other.js", old_string: "+ 1", new_string: "+ 2" }),
    ],
    [submit()],
  );
  for (const { repo, args } of [beyond, idle]) {
    const result = await skein(args);
    expect(result.exitCode, result.stderr).toBe(1);
    expect(finishedOf(result).merged).toEqual(["rename"]);
    expect(treeOf(repo, result)).toEqual(["lib.js", "main.js", "names.txt"]);
    expect(Object.keys(dropped(result.events))).toEqual(["extend", "more"]);
  }
});
