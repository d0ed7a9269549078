import { execFileSync } from "node:child_process";
import {
  lstatSync,
  mkdirSync,
  readdirSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";

import { beforeAll, expect, test } from "vitest";

import { error, ok, toolsOn } from "./tool-rig.ts";

/** What a sentence for the model has to hold: something it can do next. */
const next =
  /Read it|Call |call |Glob|Grep|Bash|relative|Leave |Name |Go on|Give |Work |Search |Look |use |Change |inside|openIssues|again/;

const tools = toolsOn({ "good.txt": "one\n", "folder/in.txt": "one\n", ".git/config": "[core]\n" });
const { root } = tools;

beforeAll(async () => {
  symlinkSync("loop-b", join(root, "loop-a"));
  symlinkSync("loop-a", join(root, "loop-b"));
  symlinkSync(".", join(root, "self"));
  symlinkSync("/etc/passwd", join(root, "passwd"));
  symlinkSync("/dev/zero", join(root, "zero"));
  symlinkSync("../elsewhere/new.txt", join(root, "dangling"));
  writeFileSync(join(root, "huge.txt"), "one\n");
  writeFileSync(join(root, "latin1.txt"), Buffer.from("fine\ncaf\u00e9 one\n", "latin1"));
  writeFileSync(join(root, "image.png"), Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d]));
  writeFileSync(join(root, "binary.dat"), Buffer.from([1, 0, 2]));
  writeFileSync(join(root, "sparse.bin"), "");
  truncateSync(join(root, "sparse.bin"), 1024 ** 3);
  // A gigabyte that begins like text: 8 kB of lines, then a hole.
  writeFileSync(join(root, "huge.txt"), "some text\n".repeat(1_000));
  truncateSync(join(root, "huge.txt"), 1024 ** 3);
  execFileSync("mkfifo", [join(root, "pipe")]);
  const server = createServer().listen(join(root, "socket"));
  await new Promise((resolve) => server.once("listening", resolve));
  server.unref();
  mkdirSync(join(root, "empty"));
});

const read = (path: unknown) => tools.read({ file_path: path });
const write = (path: unknown) => tools.write({ file_path: path, content: "new" });
const edit = (path: unknown) =>
  tools.edit({ file_path: path, old_string: "one", new_string: "two" });
const edits = (path: unknown) =>
  tools.edit({ file_path: path, edits: [{ old_string: "one", new_string: "two" }] });
const grep = (path: unknown) => tools.grep({ pattern: "one", path });
const glob = (path: unknown) => tools.glob({ pattern: "**", path });
const all = { read, write, edit, edits, grep, glob };
const changing = { write, edit, edits };
const opening = { read, ...changing };

function each(
  cases: Readonly<Record<string, unknown>>,
  uses: Readonly<Record<string, typeof read>>,
): readonly (readonly [string, string, unknown, typeof read])[] {
  return Object.entries(cases).flatMap(([name, path]) =>
    Object.entries(uses).map(([tool, use]) => [tool, name, path, use] as const),
  );
}

const everywhere = each(
  {
    "a number for a path": 7,
    "a list for a path": ["good.txt"],
    "an empty path": "",
    "a path with NUL": "go\0od.txt",
    "a path outside": "../outside.txt",
    "an absolute path outside": "/etc/passwd",
    "a link that leads outside": "passwd",
    "a link to a device": "zero",
    "a dangling link that leads outside": "dangling",
    "a loop of links": "loop-a",
    "a path below a loop of links": "loop-a/x.txt",
    "git's own data": ".git/config",
    "git's own data by a link": "self/self/.git/config",
    "a pipe": "pipe",
    "a socket": "socket",
    "a path too long": `${"x".repeat(300)}.txt`,
  },
  all,
);
const unreadable = each(
  {
    "a folder": "folder",
    "a file that is a gigabyte of nothing": "sparse.bin",
    "a text file of a gigabyte": "huge.txt",
    "a file that is not UTF-8": "latin1.txt",
    "an image": "image.png",
    "a binary file": "binary.dat",
    "a path below a file": "good.txt/below",
  },
  opening,
);
const missing = each({ "a missing file": "none.txt" }, { read, edit, edits, grep, glob });
const unread = each({ "a file that was not read": "good.txt" }, changing);

test.each([...everywhere, ...unreadable, ...missing, ...unread])(
  "%s of %s is a tool error that says what to do next",
  async (_, __, path, use) => {
    const outcome = await use(path);
    expect(outcome).toEqual(error(expect.stringMatching(next)));
    expect(outcome.text).not.toContain(root);
    expect(outcome.text.length).toBeLessThan(700);
    expect(readdirSync(root).filter((name) => name.startsWith(".tmp"))).toEqual([]);
  },
);

test("what was refused is as it was", () => {
  expect(lstatSync(join(root, "sparse.bin")).size).toBe(1024 ** 3);
  expect(lstatSync(join(root, "pipe")).isFIFO()).toBe(true);
  expect(lstatSync(join(root, "dangling")).isSymbolicLink()).toBe(true);
});

test.each([
  [tools.read, {}, /file_path/],
  [tools.read, { file_path: "good.txt", view_range: [1] }, /view_range/],
  [tools.read, { file_path: "good.txt", view_range: ["1", "2"] }, /view_range/],
  [tools.read, { file_path: "good.txt", view_range: [0, 2] }, /first is 1 or more/],
  [tools.read, { file_path: "good.txt", view_range: [3, 2] }, /not before it/],
  [tools.read, { file_path: "good.txt", view_range: [9, 10] }, /has 2 lines.*up to 2/],
  [tools.read, { file_path: "good.txt", more: true }, /more/],
  [tools.read, { file_path: "huge.txt", view_range: [2, 1] }, /no range of lines/],
  [tools.write, { file_path: "x.txt" }, /content/],
  [tools.write, { file_path: "x.txt", content: 7 }, /content/],
  [tools.edit, { file_path: "good.txt" }, /either old_string and new_string, or edits/],
  [tools.edit, { file_path: "good.txt", old_string: "", new_string: "x" }, /old_string/],
  [tools.edit, { file_path: "good.txt", edits: [] }, /edits/],
  [tools.edit, { file_path: "good.txt", edits: [{ old_string: "a" }] }, /edits\.0\.new_string/],
  [tools.edit, { file_path: "good.txt", edits: "all" }, /edits/],
  [
    tools.edit,
    { file_path: "good.txt", old_string: "a", new_string: "b", edits: [] },
    /either|edits/,
  ],
  [tools.grep, { pattern: 7 }, /pattern/],
  [tools.grep, { pattern: "" }, /pattern/],
  [tools.grep, { pattern: "(one" }, /Mend the pattern/],
  [tools.glob, { pattern: ["*"] }, /pattern/],
  [tools.glob, { pattern: "/etc/*" }, /leads outside the worktree.*relative/],
  [tools.glob, { pattern: "{a,../b}/*" }, /leads outside the worktree/],
])("%o with %o is told what was expected", async (use, input, said) => {
  expect(await use(input)).toEqual(error(expect.stringMatching(said)));
});

test("a part of a text file of a gigabyte can be read", async () => {
  expect(await tools.read({ file_path: "huge.txt", view_range: [2, 3] })).toEqual(
    ok("some text\nsome text"),
  );
  expect(await tools.read({ file_path: "huge.txt", view_range: [1, -1] })).toEqual(
    error(expect.stringMatching(/exceeds 4194304-byte limit/)),
  );
});

test("searches pass over pipes, sockets, links, binary and huge files", async () => {
  expect(await tools.grep({ pattern: "^one" })).toEqual(ok("folder/in.txt:1:one\ngood.txt:1:one"));
  const { text } = await tools.glob({ pattern: "*" });
  expect(text.split("\n")).toEqual([
    "binary.dat",
    "good.txt",
    "huge.txt",
    "image.png",
    "latin1.txt",
    "sparse.bin",
  ]);
});
