import { chmodSync, mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "vitest";

import type { FileConflict } from "../../src/model/conflict.ts";
import { finishedOf, skein, type SkeinResult, yamlFile } from "../support/run-skein.ts";
import { git, tempRepo } from "../support/temp-repo.ts";

/** A plan of commands, each a unit of its own, merged in their order. */
async function merge(
  files: Readonly<Record<string, string>>,
  commands: readonly string[],
  more: {
    readonly onConflict?: "agent" | "fail" | "drop";
    readonly env?: Readonly<Record<string, string>>;
    readonly generated?: readonly object[];
  } = {},
): Promise<{ readonly result: SkeinResult; readonly file: (path: string) => string }> {
  const repo = tempRepo(files);
  const names = commands.map((_, at) => `u${at}`);
  const plan = yamlFile("plan.yaml", {
    version: 1,
    name: "conflicts",
    tasks: {
      ...Object.fromEntries(names.map((name, at) => [name, { run: commands[at] }])),
      merge: {
        needs: names,
        reduce: {
          from: names,
          "on-conflict": more.onConflict ?? "fail",
          generated: more.generated ?? [],
        },
      },
    },
  });
  const result = await skein(["run", plan, "--repo", repo, "--json"], { env: more.env ?? {} });
  const { branch = "none" } = finishedOf(result).result ?? {};
  return { result, file: (path) => git(repo, "show", `${branch}:${path}`) };
}

function conflictsOf(result: SkeinResult): readonly FileConflict[] {
  return result.events.flatMap((event) => (event.kind === "conflict-found" ? event.files : []));
}

const manifest = `${JSON.stringify({ name: "top", version: "1.0.0", dependencies: {} }, null, 2)}\n`;
const lockOf = (dependencies: object): string =>
  `${JSON.stringify({ name: "top", version: "1.0.0", lockfileVersion: 3, requires: true, packages: { "": { name: "top", version: "1.0.0", ...dependencies } } }, null, 2)}\n`;

test("what code is sure of needs no agent: neighbours, imports, keys, the same edit twice", async () => {
  const { result, file } = await merge(
    {
      "a.txt": "one\ntwo\nthree\n",
      "b.ts": 'import { a } from "./a.ts";\n\nexport const b = a;\n',
      "d/package.json": manifest,
      "c.txt": "one\ntwo\n",
    },
    [
      'sed -i s/one/ONE/ a.txt; sed -i \'1a import { x } from "./x.ts";\' b.ts; sed -i \'s/"dependencies": {}/"dependencies": { "x": "1" }/\' d/package.json; printf \'one\\nsame line\\nOne more\\ntwo\\n\' > c.txt',
      'sed -i s/two/TWO/ a.txt; sed -i \'1a import { m } from "./m.ts";\' b.ts; sed -i \'s/"dependencies": {}/"dependencies": { "m": "1" }/\' d/package.json; printf \'one\\nsame line\\ntwo\\n\' > c.txt',
    ],
  );
  expect(result.exitCode, result.stderr).toBe(0);
  expect(conflictsOf(result)).toEqual([
    { file: "a.txt", kind: "adjacent-lines", by: "code" },
    { file: "b.ts", kind: "list", by: "code" },
    { file: "c.txt", kind: "same-edit", by: "code" },
    { file: "d/package.json", kind: "json", by: "code" },
  ]);
  expect(file("a.txt")).toBe("ONE\nTWO\nthree\n");
  expect(file("b.ts").split("\n").slice(0, 3)).toEqual([
    'import { a } from "./a.ts";',
    'import { m } from "./m.ts";',
    'import { x } from "./x.ts";',
  ]);
  expect(file("c.txt")).toBe("one\nsame line\nOne more\ntwo\n");
  expect(JSON.parse(file("d/package.json"))).toMatchObject({ dependencies: { m: "1", x: "1" } });
});

const addFolder = (name: string): string =>
  `sed -i 's#"dependencies": {}#"dependencies": { "${name}": "file:./${name}" }#' package.json && npm install --package-lock-only --ignore-scripts --offline --no-audit --no-fund`;

test("lock files are made anew by their tool from the merged manifests", async () => {
  const { result, file } = await merge(
    {
      "package.json": manifest,
      "package-lock.json": lockOf({}),
      "left/package.json": '{ "name": "left", "version": "1.0.0" }\n',
      "right/package.json": '{ "name": "right", "version": "1.0.0" }\n',
    },
    [addFolder("left"), addFolder("right")],
  );
  expect(result.exitCode, result.stderr).toBe(0);
  expect(conflictsOf(result)).toEqual([
    { file: "package-lock.json", kind: "lock-file", by: "tool" },
    { file: "package.json", kind: "json", by: "code" },
  ]);
  const lock = JSON.parse(file("package-lock.json")) as { packages: object };
  expect(Object.keys(lock.packages)).toEqual(
    expect.arrayContaining(["left", "node_modules/left", "right", "node_modules/right"]),
  );
});

test("generated files are made anew by the plan's command, also where git merges them or one side alone has made them; when it fails their unit is left out", async () => {
  const { result, file } = await merge(
    {
      "gen.sh": "! test -e src/bad && ls src > index.gen && ls src | wc -l > count.gen\n",
      "src/a": "",
      "index.gen": "a\n",
      "count.gen": "1\n",
    },
    [
      "touch src/b && sh gen.sh",
      "touch src/c && sh gen.sh",
      "touch src/d",
      "touch src/bad && echo bad >> index.gen",
    ],
    { onConflict: "drop", generated: [{ files: ["*.gen"], run: "sh gen.sh" }] },
  );
  const { merged, notMerged } = finishedOf(result);
  expect(merged, result.stderr).toEqual(["u0", "u1", "u2"]);
  expect(notMerged.map(({ reason }) => reason)).toEqual([
    expect.stringContaining("index.gen is not merged as text, and making it anew failed"),
  ]);
  expect(file("index.gen")).toBe("a\nb\nc\nd\n");
  // Two wrote a 2.
  expect(file("count.gen").trim()).toBe("4");
  expect(conflictsOf(result).slice(0, 4)).toEqual([
    { file: "index.gen", kind: "generated", by: "tool" },
    { file: "count.gen", kind: "generated", by: "tool" },
    { file: "count.gen", kind: "generated", by: "tool" },
    { file: "index.gen", kind: "generated", by: "tool" },
  ]);
});

test("a lock file whose tool cannot do it leaves its unit out, with the reason; checksums are united", async () => {
  const { result, file } = await merge(
    { "yarn.lock": "# yarn lockfile v1\n\na@1:\n  v 1\n", "go.sum": "m v1 h1:x\n" },
    [
      "printf 'l v1 h1:y\\n' >> go.sum",
      "printf 'n v1 h1:z\\n' >> go.sum",
      "echo 'b@1:' >> yarn.lock",
      "echo 'c@1:' >> yarn.lock",
    ],
    { onConflict: "drop", env: { PATH: onlyGitAndNode() } },
  );
  expect(file("go.sum")).toBe("l v1 h1:y\nm v1 h1:x\nn v1 h1:z\n");
  const finished = finishedOf(result);
  expect(finished.merged).toEqual(["u0", "u1", "u2"]);
  expect(finished.notMerged.find(({ unit }) => unit === "u3")?.reason).toMatch(
    /yarn\.lock is not merged as text, and making it anew failed: .*exited with 127/,
  );
});

/** Neither go nor yarn. */
function onlyGitAndNode(): string {
  return "/usr/bin:/bin";
}

test("what code cannot settle is named as what it is, and its unit left out", async () => {
  const cases: readonly (readonly [FileConflict, ours: string, theirs: string])[] = [
    [
      { file: "a.bin", kind: "binary", by: "nobody" },
      "printf '\\0b' > a.bin",
      "printf '\\0c' > a.bin",
    ],
    [
      { file: "dist/a.js", kind: "generated", by: "nobody" },
      "echo 2 > dist/a.js",
      "echo 3 > dist/a.js",
    ],
    [
      { file: "link.txt", kind: "mode", by: "nobody" },
      "echo 2 > link.txt",
      "rm link.txt; ln -s a link.txt",
    ],
    [{ file: "text.txt", kind: "text", by: "agent" }, "echo 2 > text.txt", "echo 3 > text.txt"],
    [{ file: "gone.txt", kind: "modify-delete", by: "agent" }, "echo 2 > gone.txt", "rm gone.txt"],
    [{ file: "new.txt", kind: "both-added", by: "agent" }, "echo 2 > new.txt", "echo 3 > new.txt"],
  ];
  const { result } = await merge(
    {
      "a.bin": "\0a",
      "dist/a.js": "1\n",
      ".gitattributes": "dist/** linguist-generated\n",
      "link.txt": "1\n",
      "text.txt": "1\n",
      "gone.txt": "1\n",
    },
    [cases.map(([, ours]) => ours).join("; "), ...cases.map(([, , theirs]) => theirs)],
    { onConflict: "drop" },
  );
  expect(conflictsOf(result)).toEqual(expect.arrayContaining(cases.map(([conflict]) => conflict)));
  const { merged, notMerged } = finishedOf(result);
  expect(merged).toEqual(["u0"]);
  for (const [at, [{ file, kind }]] of cases.entries())
    expect(notMerged.find(({ unit }) => unit === `u${at + 1}`)?.reason).toContain(
      `${file} (${kind.replace("-", " ")})`,
    );
});

test("mergiraf is asked before an agent, where it is installed", async () => {
  const folder = mkdtempSync("/var/tmp/skein-test-");
  const program = join(folder, "mergiraf");
  writeFileSync(
    program,
    '#!/bin/sh\n[ "$1" = merge ] && [ "$5" = -p ] && [ "$6" = a.txt ] && cat "$3" "$4" || exit 1\n',
  );
  chmodSync(program, 0o755);
  const { result, file } = await merge(
    { "a.txt": "1\n", "b.txt": "1\n" },
    ["echo 2 > a.txt", "echo 3 > a.txt"],
    { env: { PATH: `${folder}:/usr/bin:/bin` } },
  );
  expect(conflictsOf(result)).toEqual([{ file: "a.txt", kind: "text", by: "tool" }]);
  expect(file("a.txt")).toBe("2\n3\n");
});
