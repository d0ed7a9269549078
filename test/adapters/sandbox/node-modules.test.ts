import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "vitest";

import { writableCaches } from "../../../src/adapters/writable-caches.ts";
import { type TempRepo, writeFiles } from "../git/temp-repo.ts";
import { shellRig } from "./shell-rig.ts";

function withPackage(repo: TempRepo): void {
  repo.write({
    "node_modules/pkg/index.js": "module.exports = 1;\n",
    "packages/a/package.json": "{}",
    "packages/a/node_modules/deep/index.js": "module.exports = 2;\n",
  });
}

test("in the sandbox dependencies are hard links that no command can write through", async () => {
  await using rig = await shellRig({ prepare: withPackage, deps: "hardlink" });
  const file = "node_modules/pkg/index.js";
  const inode = (root: string): number => statSync(join(root, file)).ino;
  expect(inode(rig.worktree.path)).toBe(inode(rig.repo.path));
  const attempts = [
    `echo x >> ${file}`,
    `sed -i s/1/9/ ${file}`,
    `ln ${file} mine && echo x >> mine`,
    `chmod +x ${file}`,
    "mv node_modules other && echo x >> other/pkg/index.js",
    "echo x >> packages/a/node_modules/deep/index.js",
  ];
  for (const attempt of attempts) expect(await rig.output(attempt)).toMatch(/^\[\d+\]/);
  expect(readFileSync(join(rig.repo.path, file), "utf8")).toBe("module.exports = 1;\n");
});

test("a node_modules that was moved with its package is still read-only for the next command", async () => {
  await using rig = await shellRig({ prepare: withPackage, deps: "hardlink" });
  expect(await rig.output("true")).toBe("");
  const moved = "x/y/z/w/v/b";
  expect(
    await rig.output(
      `mkdir -p x/y/z/w/v && mv packages/a ${moved} && mkdir -p packages/a/node_modules`,
    ),
  ).toBe("");
  expect(await rig.output(`echo x >> ${moved}/node_modules/deep/index.js`)).toMatch(/^\[1\]/);
  expect(readFileSync(join(rig.repo.path, "packages/a/node_modules/deep/index.js"), "utf8")).toBe(
    "module.exports = 2;\n",
  );
});

test("caches inside node_modules can be written, and are not the user's", async () => {
  await using rig = await shellRig({
    prepare: (repo) => {
      withPackage(repo);
      repo.write({ "node_modules/.cache/old": "user's" });
    },
    deps: "hardlink",
  });
  const caches = [...writableCaches].map((name) => `node_modules/${name}`);
  for (const cache of caches)
    expect(await rig.output(`ls ${cache}; echo x > ${cache}/new`)).toBe("");
  expect(readFileSync(join(rig.repo.path, "node_modules/.cache/old"), "utf8")).toBe("user's");
});

test("without a sandbox dependencies are copies: what a command writes is not the user's", async () => {
  await using rig = await shellRig({ mode: "unsandboxed", prepare: withPackage, deps: "copy" });
  expect(
    await rig.output("echo x >> node_modules/pkg/index.js; cat node_modules/pkg/index.js"),
  ).toContain("x");
  expect(readFileSync(join(rig.repo.path, "node_modules/pkg/index.js"), "utf8")).toBe(
    "module.exports = 1;\n",
  );
});

test("a package that is broken in a worktree breaks its dependents there, and not the user's", async () => {
  await using rig = await shellRig({
    prepare: (repo) => {
      const app = join(repo.path, "packages/app");
      repo.write({
        "packages/core/package.json": '{ "name": "@x/core", "main": "index.js" }',
        "packages/core/index.js": "module.exports = () => 1;\n",
        "packages/app/package.json": '{ "name": "@x/app" }',
        "packages/app/test.js": 'require("assert").equal(require("@x/core")(), 1);\n',
      });
      mkdirSync(join(app, "node_modules/@x"), { recursive: true });
      mkdirSync(join(repo.path, "node_modules/@x"), { recursive: true });
      symlinkSync("../../packages/core", join(repo.path, "node_modules/@x/core"));
      // As some tools write them: by an absolute path.
      symlinkSync(join(repo.path, "packages/core"), join(app, "node_modules/@x/core"));
    },
    deps: "hardlink",
  });
  const check = "node packages/app/test.js";
  expect(await rig.output(check)).toBe("");
  writeFileSync(join(rig.worktree.path, "packages/core/index.js"), "module.exports = () => 2;\n");
  expect(await rig.output(check)).toContain("AssertionError");
  expect(await rig.output("node -e 'console.log(require.resolve(\"@x/core\"))'")).toBe(
    join(rig.worktree.path, "packages/core/index.js"),
  );
  execFileSync("node", ["packages/app/test.js"], { cwd: rig.repo.path });
});

test("a relative link to a package outside the checkout still leads there", async () => {
  await using rig = await shellRig({
    mode: "unsandboxed",
    prepare: (repo) => {
      writeFiles(repo.parent, { "sibling/index.js": "module.exports = 'sibling';\n" });
      mkdirSync(join(repo.path, "node_modules"));
      symlinkSync("../../sibling", join(repo.path, "node_modules/sibling"));
    },
    deps: "copy",
  });
  expect(await rig.output("node -p 'require(\"sibling\")'")).toBe("sibling");
});
