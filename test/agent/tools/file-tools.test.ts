import { execFileSync } from "node:child_process";
import { readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "vitest";

import { codemodTool } from "../../../src/agent/tools/codemod-tool.ts";
import { globTool } from "../../../src/agent/tools/glob-tool.ts";
import { grepTool } from "../../../src/agent/tools/grep-tool.ts";
import { createSeenFiles } from "../../../src/agent/tools/seen-files.ts";
import { tempTree } from "../agent-rig.ts";
import { error, ok, toolsOn, use } from "./tool-rig.ts";

test("Read gives a file, or lines of it", async () => {
  const { read } = toolsOn({ "a.txt": "1\n2\n3\n", "empty.txt": "", "blank.txt": " \n" });
  expect(await read({ file_path: "a.txt" })).toEqual(ok("1\n2\n3\n"));
  expect(await read({ file_path: "a.txt", view_range: [2, 3] })).toEqual(ok("2\n3"));
  expect(await read({ file_path: "a.txt", view_range: [3, -1] })).toEqual(ok("3\n"));
  expect(await read({ file_path: "empty.txt" })).toEqual(ok("(empty)"));
  expect(await read({ file_path: "blank.txt" })).toEqual(ok("(white space only)"));
  expect(await read({ file_path: "none.txt" })).toEqual(
    error("none.txt does not exist. Look for it with Glob."),
  );
  expect((await read({ file_path: "." })).text).toContain(". is a folder, not a file.");
});

test("Read cuts a long file at a line and says how to go on", async () => {
  const { read } = toolsOn({ "long.txt": `${"x".repeat(99)}\n`.repeat(1000) });
  const { text } = await read({ file_path: "long.txt" });
  expect(text.length).toBeLessThan(75_200);
  expect(text).toMatch(/x\n\[cut here, \d+ more characters; use view_range for another part\]$/);
});

test("no tool follows a path or a link out of the worktree", async () => {
  const { root, read, write, edit, grep, glob } = toolsOn({ "a.txt": "a" });
  const outside = tempTree({ "secret.txt": "secret" });
  symlinkSync(outside, join(root, "link"));
  symlinkSync(join(outside, "new.txt"), join(root, "dangling"));
  for (const path of ["../x", "/etc/passwd", "link/secret.txt", join(outside, "secret.txt")]) {
    for (const outcome of [
      await read({ file_path: path }),
      await write({ file_path: path, content: "x" }),
      await edit({ file_path: path, old_string: "secret", new_string: "x" }),
      await grep({ pattern: "secret", path }),
    ]) {
      expect(outcome).toEqual(error(expect.stringContaining("outside")));
    }
  }
  expect((await write({ file_path: "dangling", content: "x" })).isError).toBe(true);
  expect((await glob({ pattern: "link/*" })).text).toBe("no matches");
  expect((await glob({ pattern: "../*" })).isError).toBe(true);
  expect((await grep({ pattern: "secret" })).text).toBe("no matches");
  expect(readFileSync(join(outside, "secret.txt"), "utf8")).toBe("secret");
});

test("git's own data is out of reach for every tool, whatever leads there", async () => {
  const { root, read, write, edit, grep, glob } = toolsOn({
    "a.txt": "a",
    ".git/config": "[core]",
  });
  symlinkSync(".git", join(root, "innocent"));
  for (const path of [".git/config", "innocent/config", "sub/../.git/config", ".GIT/config"]) {
    for (const outcome of [
      await read({ file_path: path }),
      await write({ file_path: path, content: "x" }),
      await edit({ file_path: path, old_string: "core", new_string: "x" }),
      await grep({ pattern: "core", path }),
    ]) {
      expect(outcome).toEqual(error(expect.stringContaining("git's own data")));
    }
  }
  expect((await grep({ pattern: "core" })).text).toBe("no matches");
  expect((await glob({ pattern: "**/config" })).text).toBe("no matches");
  expect((await glob({ pattern: ".git/*" })).text).toBe("no matches");
});

test("changes outside the write scope are refused, and the scope is named", async () => {
  const { write, edit, read } = toolsOn({ "b/b.txt": "b" }, ["a/**", "*.md"]);
  expect(await write({ file_path: "a/.hidden/x.txt", content: "x" })).toEqual(
    ok("wrote 1 bytes to a/.hidden/x.txt"),
  );
  for (const path of ["b/b.txt", "a/../b/b.txt"]) {
    const refused = error(
      "b/b.txt is outside your write scope (a/**, *.md). If it has to change, say so in openIssues.",
    );
    expect(await edit({ file_path: path, old_string: "b", new_string: "x" })).toEqual(refused);
    expect(await write({ file_path: path, content: "x" })).toEqual(refused);
  }
  expect(await read({ file_path: "b/b.txt" })).toEqual(ok("b"));
});

test("installed dependencies are read, not changed, and left out of searches", async () => {
  const { write, read, glob, grep } = toolsOn({
    "node_modules/p/index.js": "needle",
    ".gitignore": "node_modules\n",
    "a.js": "needle",
    ".git/HEAD": "ref: refs/heads/main",
  });
  expect((await read({ file_path: "node_modules/p/index.js" })).text).toBe("needle");
  expect(await write({ file_path: "node_modules/p/index.js", content: "x" })).toEqual(
    error(expect.stringContaining("installed dependency")),
  );
  expect(await glob({ pattern: "**/*.js" })).toEqual(ok("a.js"));
  expect(await grep({ pattern: "needle" })).toEqual(ok("a.js:1:needle"));
});

test("Edit refuses what would damage a file: bytes that are not UTF-8, binary content", async () => {
  const { root, edit, read } = toolsOn({});
  const latin1 = Buffer.from("caf\u00e9 one\n", "latin1");
  writeFileSync(join(root, "latin1.txt"), latin1);
  writeFileSync(join(root, "image.png"), Buffer.from([0x89, 0x50, 0, 1]));
  expect(await edit({ file_path: "latin1.txt", old_string: "one", new_string: "two" })).toEqual(
    error(expect.stringMatching(/^latin1.txt is not UTF-8 text.*would damage it\. .*iconv/)),
  );
  expect(readFileSync(join(root, "latin1.txt"))).toEqual(latin1);
  expect(await edit({ file_path: "image.png", old_string: "P", new_string: "x" })).toEqual(
    error(expect.stringMatching(/^image.png is a binary file.*Work without it/)),
  );
  expect(await read({ file_path: "image.png" })).toEqual(
    error(expect.stringMatching(/^image.png is a binary file.*Work without it/)),
  );
});

test("Edit keeps line ends, the byte order mark and the file's mode", async () => {
  const { root, read, edit } = toolsOn({ "run.sh": "\uFEFFone\r\ntwo\r\n" });
  execFileSync("chmod", ["755", join(root, "run.sh")]);
  await read({ file_path: "run.sh" });
  await edit({ file_path: "run.sh", old_string: "one", new_string: "$& 1" });
  expect(readFileSync(join(root, "run.sh"), "utf8")).toBe("\uFEFF$& 1\r\ntwo\r\n");
  expect(statSync(join(root, "run.sh")).mode & 0o777).toBe(0o755);
});

test("Edit wants one place, unless told to replace all", async () => {
  const { root, read, edit } = toolsOn({ "a.txt": "x x" });
  await read({ file_path: "a.txt" });
  expect(await edit({ file_path: "a.txt", old_string: "x", new_string: "y" })).toEqual(
    error(expect.stringContaining("appears 2 times")),
  );
  await edit({ file_path: "a.txt", old_string: "x", new_string: "y", replace_all: true });
  expect(readFileSync(join(root, "a.txt"), "utf8")).toBe("y y");
});

test("a pipe keeps no tool waiting", async () => {
  const { root, read, write, edit, grep } = toolsOn({ "a.txt": "needle" });
  execFileSync("mkfifo", [join(root, "pipe")]);
  const path = { file_path: "pipe" };
  const refused = error(expect.stringMatching(/not a regular file|neither a file nor a folder/));
  expect(await read(path)).toEqual(refused);
  expect(await write({ ...path, content: "x" })).toEqual(refused);
  expect(await edit({ ...path, old_string: "a", new_string: "b" })).toEqual(refused);
  expect(await grep({ pattern: "needle", path: "pipe" })).toEqual(refused);
  expect(await grep({ pattern: "needle" })).toEqual(ok("a.txt:1:needle"));
});

test("searches give relative paths in a fixed order", async () => {
  const { glob, grep } = toolsOn({ "b.ts": "x\nx", "a/c.ts": "x", "a.ts": "y\nx" });
  expect(await glob({ pattern: "**/*.ts" })).toEqual(ok("a.ts\na/c.ts\nb.ts"));
  expect(await glob({ pattern: "*.ts", path: "a" })).toEqual(ok("a/c.ts"));
  expect(await grep({ pattern: "^x" })).toEqual(ok("a.ts:2:x\na/c.ts:1:x\nb.ts:1:x\nb.ts:2:x"));
  expect(await grep({ pattern: "x", path: "a" })).toEqual(ok("a/c.ts:1:x"));
  expect(await grep({ pattern: "x", path: "none" })).toEqual(
    error("none does not exist. Leave path out to search everywhere."),
  );
  expect((await grep({ pattern: "(" })).isError).toBe(true);
});

test("a glob that no long name could be told from in time is not searched for", async () => {
  const root = tempTree({ ["a".repeat(200)]: "x", "b.ts": "x" });
  const glob = use(globTool({ root, write: ["**"] }));
  const codemod = use(codemodTool({ root, write: ["**"] }, createSeenFiles()));
  for (const pattern of ["*a*a*a*a*a*a*b", "+(a|aa)b", "x/*(*a)b", "?(a)?(a)?(a)?(a)b"]) {
    const refused = error(expect.stringContaining("too much in one name"));
    expect(await glob({ pattern })).toEqual(refused);
    expect(await codemod({ pattern: "x", rewrite: "y", files: [pattern] })).toEqual(refused);
  }
  expect(await glob({ pattern: "**/*[a-c]*.{ts,tsx}" })).toEqual(ok("b.ts"));
});

test("searches with too much to show say how to narrow them", async () => {
  const many = Object.fromEntries(
    Array.from({ length: 250 }, (_, index) => [`f${index}.txt`, `${"x".repeat(2000)}\n`]),
  );
  const { glob, grep } = toolsOn(many);
  expect((await glob({ pattern: "*" })).text).toMatch(/\n\[there may be more than 200; narrow/);
  const found = (await grep({ pattern: "x" })).text;
  expect(found.length).toBeLessThan(76_000);
  expect(found.split("\n")[0]).toMatch(/^f\d+\.txt:1:x+…$/);
  expect(found).toMatch(/\n\[there is more to find; narrow the pattern/);
});

test("no message or result names the folder the worktree lies in", async () => {
  const { root, grep, glob, read } = toolsOn({ "a.txt": "x" });
  for (const outcome of [
    await grep({ pattern: "[" }),
    await grep({ pattern: "x" }),
    await glob({ pattern: "*" }),
    await read({ file_path: "a.txt/b" }),
    await read({ file_path: "a\0b" }),
  ]) {
    expect(outcome.text).not.toContain(root);
  }
});

test("a search over many files shows nothing of those that the gate hides", async () => {
  const root = tempTree({
    ".env.ts": "needle",
    "a.ts": "needle",
    "sub/.env.ts": "needle",
    "sub/x:1:y.ts": "needle",
  });
  const reach = { root, write: ["**"] };
  const grant = { hides: (path: string) => /(^|\/)\.env/.test(path) || path === "sub/x:1:y.ts" };
  expect(await use(grepTool(reach), grant)({ pattern: "needle" })).toEqual(ok("a.ts:1:needle"));
  expect(await use(globTool(reach), grant)({ pattern: "**" })).toEqual(ok("a.ts"));
  expect(await use(globTool(reach), grant)({ pattern: ".env*" })).toEqual(ok("no matches"));
  expect(await use(grepTool(reach), grant)({ pattern: "needle", path: "sub" })).toEqual(
    ok("no matches"),
  );
  const rewrite = { pattern: "needle", rewrite: "pin", files: ["**/*.ts", "**/.*.ts"] };
  const { text } = await use(codemodTool(reach, createSeenFiles()), grant)(rewrite);
  expect(text).toContain("1 place(s) in 1 file(s)");
  expect(text).not.toContain(".env");
});
