import { readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "vitest";

import { codemodTool } from "../../../src/agent/tools/codemod-tool.ts";
import { editTool } from "../../../src/agent/tools/edit-tool.ts";
import { readTool } from "../../../src/agent/tools/read-tool.ts";
import { createSeenFiles } from "../../../src/agent/tools/seen-files.ts";
import { tempTree } from "../agent-rig.ts";
import { error, ok, use } from "./tool-rig.ts";

function codemodOn(files: Readonly<Record<string, string>>, write: readonly string[] = ["**"]) {
  const root = tempTree(files);
  const reach = { root, write };
  const seen = createSeenFiles();
  const text = (file: string): string => readFileSync(join(root, file), "utf8");
  return {
    root,
    text,
    codemod: use(codemodTool(reach, seen)),
    read: use(readTool(reach, seen)),
    edit: use(editTool(reach, seen)),
  };
}

const rename = { pattern: "foo($A)", rewrite: "bar($A, 1)" };

test("a dry run shows every place and changes nothing; applying it makes just these changes", async () => {
  const { codemod, text } = codemodOn({
    "src/a.ts": "foo(x);\nconst y = foo( foo(z) );\n// foo(no)\n",
    "src/b.js": "call('foo(x)');\n",
    "lib/c.ts": "foo(1)\n",
  });
  const dry = await codemod({ ...rename, files: ["src/**/*"] });
  expect(dry).toEqual(
    ok(
      [
        "Dry run: 2 place(s) in 1 file(s) would change. Nothing was changed yet.",
        "src/a.ts:1\n- foo(x)\n+ bar(x, 1)",
        "src/a.ts:2\n- foo( foo(z) )\n+ bar(bar(z, 1), 1)",
        'To make these changes, call Codemod with apply: "codemod-1".',
      ].join("\n"),
    ),
  );
  expect(text("src/a.ts")).toContain("foo(x)");
  expect(await codemod({ apply: "codemod-1" })).toEqual(ok("changed 2 place(s) in 1 file(s)"));
  expect(text("src/a.ts")).toBe("bar(x, 1);\nconst y = bar(bar(z, 1), 1);\n// foo(no)\n");
  expect(text("lib/c.ts")).toBe("foo(1)\n");
  expect(await codemod({ apply: "codemod-1" })).toEqual(
    error(expect.stringMatching(/no dry run codemod-1.*Make one first/)),
  );
});

test("when one file has changed since the dry run, none is changed", async () => {
  const { root, codemod, text } = codemodOn({ "a.ts": "foo(1)\n", "b.ts": "foo(2)\n" });
  await codemod({ ...rename, files: ["*.ts"] });
  writeFileSync(join(root, "b.ts"), "foo(3)\n");
  expect(await codemod({ apply: "codemod-1" })).toEqual(
    error(expect.stringMatching(/Nothing was changed\. b\.ts has changed.*Make a new dry run/)),
  );
  expect(text("a.ts")).toBe("foo(1)\n");
});

test("a dry run names the files outside the write scope, and leaves them out", async () => {
  const { codemod, text } = codemodOn({ "in/a.ts": "foo(1)", "out/a.ts": "foo(1)" }, ["in/**"]);
  const { text: said } = await codemod({ ...rename, files: ["**/*.ts"] });
  expect(said).toContain("1 place(s) in 1 file(s)");
  expect(said).toContain("note: out/a.ts is outside your write scope (in/**)");
  await codemod({ apply: "codemod-1" });
  expect(text("in/a.ts")).toBe("bar(1, 1)");
  expect(text("out/a.ts")).toBe("foo(1)");
});

test("an agent that had read a file may edit it after a codemod, another one has to read it", async () => {
  const { codemod, read, edit } = codemodOn({ "a.ts": "foo(1)", "b.ts": "foo(2)" });
  await read({ file_path: "a.ts" });
  await codemod({ ...rename, files: ["*.ts"] });
  await codemod({ apply: "codemod-1" });
  const change = { old_string: "bar", new_string: "baz" };
  expect((await edit({ file_path: "a.ts", ...change })).isError).toBe(false);
  expect((await edit({ file_path: "b.ts", ...change })).text).toContain("Read it first");
});

test("what cannot be a rewrite is answered with what is wrong and what to do", async () => {
  const { root, codemod } = codemodOn({ "a.ts": "foo(1)", "a.txt": "foo(1)" });
  symlinkSync("..", join(root, "up"));
  const files = ["*.ts"];
  for (const [input, said] of [
    [{ pattern: "foo(", rewrite: "x", files }, /not one piece of code: foo\(.*expression/],
    [{ pattern: "foo($A)", rewrite: "bar($B)", files }, /\$B is in the replacement but not/],
    [{ pattern: "foo($A)", rewrite: "bar(", files }, /not code: bar\(/],
    [{ ...rename, files: ["../*.ts"] }, /leads outside the worktree.*relative/],
    [{ ...rename, files: ["/etc/**"] }, /leads outside the worktree/],
    [{ ...rename, files: ["*.txt"] }, /no JavaScript or TypeScript file matches \*\.txt.*Glob/],
    [{ ...rename, files: [] }, /files: /],
    [{ pattern: "x" }, /pattern, rewrite and files for a dry run, or apply alone/],
    [{ apply: "codemod-9" }, /no dry run codemod-9/],
    [{ apply: 9 }, /apply: /],
  ] as const) {
    expect(await codemod(input)).toEqual(error(expect.stringMatching(said)));
  }
});

test("a file that a rewrite would break is left, and so is one that is no text", async () => {
  const { root, codemod } = codemodOn({ "a.ts": "function foo() {}\n" });
  writeFileSync(join(root, "bin.ts"), Buffer.from([0, 1, 2]));
  const { text } = await codemod({ pattern: "foo", rewrite: "foo(1, 2)", files: ["*.ts"] });
  expect(text).toContain("0 place(s) in 0 file(s)");
  expect(text).toContain("There is nothing to apply");
  expect(text).toContain("note: a.ts: left, it would no longer parse");
  expect(text).toContain("note: bin.ts is a binary file");
});
