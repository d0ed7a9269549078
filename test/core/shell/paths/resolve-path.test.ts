import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readlinkSync,
  realpathSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { join } from "node:path/posix";

import fc from "fast-check";
import { expect, test } from "vitest";

import { changeFolder } from "../../../../src/core/shell/paths/change-folder.ts";
import { resolvePath } from "../../../../src/core/shell/paths/resolve-path.ts";
import type { PathEntry } from "../../../../src/core/shell/shell-scene.ts";
import { sceneOf } from "../scene-of.ts";

const scene = sceneOf({
  "/work/project/src/a.ts": "file",
  "/work/project/latest": "src",
  "/work/project/up": "..",
  "/work/project/out": "/home/dev",
  "/work/project/loop": "loop",
  "/work/project/ping": "pong",
  "/work/project/pong": "ping",
  "/work/project/settings": ".env",
  "/work/project/.env": "file",
  "/work/project/src/deep": "../latest/../out/.ssh",
  "/work/project2/x": "file",
  "/home/dev/.ssh/id_rsa": "file",
  "/dev/null": "file",
});

function leads(text: string, cwd: string | undefined = scene.cwd): string {
  const resolved = resolvePath(scene, cwd, text);
  return resolved.kind === "known"
    ? `${resolved.path}${resolved.inside ? "" : " (outside)"}${resolved.exists ? "" : " (missing)"}`
    : `unknown: ${resolved.why}`;
}

function cdTo(text: string): string {
  const folder = changeFolder(scene, scene.cwd, text);
  return folder.kind === "known" ? folder.path : "unknown";
}

/** Whether it is a secret, whether it is guarded. */
function about(text: string): readonly [boolean, boolean] {
  const resolved = resolvePath(scene, scene.cwd, text);
  if (resolved.kind === "unknown") throw new Error(`${text} is unknown`);
  return [resolved.secret !== undefined, resolved.guarded !== undefined];
}

test.each([
  ["src/a.ts", "/work/project/src/a.ts"],
  ["./src//a.ts", "/work/project/src/a.ts"],
  ["src/", "/work/project/src"],
  [".", "/work/project"],
  ["/work/project", "/work/project"],
  ["src/../src/./a.ts", "/work/project/src/a.ts"],
  ["latest/a.ts", "/work/project/src/a.ts"],
  ["new/file", "/work/project/new/file (missing)"],
  ["..", "/work (outside)"],
  ["../project2/x", "/work/project2/x (outside)"],
  ["/work/project2", "/work/project2 (outside)"],
  ["up", "/work (outside)"],
  ["up/project/src", "/work/project/src"],
  ["latest/..", "/work/project"],
  ["out/..", "/home (outside)"],
  ["out/.ssh/id_rsa", "/home/dev/.ssh/id_rsa (outside)"],
  ["src/deep/id_rsa", "/home/dev/.ssh/id_rsa (outside)"],
  ["/", "/ (outside)"],
  ["//etc//", "/etc (outside)"],
  ["/../../etc", "/etc (outside)"],
  ["/proc/self/root/work/project/src", "/work/project/src"],
  ["/proc/self/root/etc", "/etc (outside)"],
  ["/proc/1/root/etc", "/etc (outside)"],
  ["/proc/self/cwd/src", "/work/project/src"],
  ["/proc/self/cwd/../x", "/work/x (outside) (missing)"],
  ["/proc/thread-self/root/etc", "/etc (outside)"],
  ["/proc/self/task/7/root/etc", "/etc (outside)"],
  ["/dev/stdin", "/proc/self/fd/0 (outside)"],
  ["/dev/fd/3", "/proc/self/fd/3 (outside)"],
])("%s leads to %s", (text, where) => {
  expect(leads(text)).toBe(where);
});

test.each(["", "a\0b", "loop", "ping/x", "/proc/7/cwd/x", "/proc/self/exe", "a/".repeat(3000)])(
  "where %j leads is unknown",
  (text) => {
    expect(leads(text)).toMatch(/^unknown: /);
  },
);

test("a relative path is unknown in an unknown folder, an absolute one is not", () => {
  const resolved = resolvePath(scene, undefined, "src");
  expect(resolved.kind).toBe("unknown");
  expect(resolvePath(scene, undefined, "/work/project/src").kind).toBe("known");
});

test("secrets and guarded names are told on the path as given, on every link, and where it leads", () => {
  const [secret, guarded, both, plain] = [
    [true, false],
    [false, true],
    [true, true],
    [false, false],
  ];
  expect(about("settings")).toEqual(secret);
  expect(about(".env")).toEqual(secret);
  expect(about(".ENV.local")).toEqual(secret);
  expect(about(".env.example")).toEqual(plain);
  expect(about(".en\u200bv")).toEqual(secret);
  expect(about("config/prod.pem")).toEqual(secret);
  expect(about("src/deep/id_rsa")).toEqual(both);
  expect(about(".git/hooks/pre-commit")).toEqual(guarded);
  expect(about(".GIT/config")).toEqual(guarded);
  expect(about(".git./hooks/x")).toEqual(guarded);
  expect(about(".git::$INDEX_ALLOCATION/hooks/x")).toEqual(guarded);
  expect(about(".vscode/tasks.json")).toEqual(guarded);
  expect(about("AGENTS.md")).toEqual(guarded);
  expect(about("packages/a/CLAUDE.md")).toEqual(guarded);
  expect(about("out/.bashrc")).toEqual(guarded);
  expect(about("out/bin/tool")).toEqual(guarded);
  expect(about("bin/tool")).toEqual(plain);
  expect(about("src/git/hooks/use-state.ts")).toEqual(plain);
  expect(about("src/environment.ts")).toEqual(plain);
  expect(about("README.md")).toEqual(plain);
  expect(about("/proc/self/environ")).toEqual(secret);
  expect(about("/etc/shadow")).toEqual(both);
});

test("cd takes .. off the text first: across a link the folder is unknown", () => {
  expect(cdTo("src/..")).toBe("/work/project");
  expect(cdTo("latest")).toBe("/work/project/src");
  expect(cdTo("out/..")).toBe("unknown");
  expect(cdTo("up/..")).toBe("unknown");
});

/** One step of building a tree, one of walking it. */
const name = fc.constantFrom("a", "b", "c", "d");
const step = fc.constantFrom("a", "b", "c", "d", "..", ".", "");
const target = fc
  .array(step, { minLength: 1, maxLength: 4 })
  .map((steps) => steps.join("/") || ".");

test("random trees of links lead where the system says they lead", () => {
  const base = realpathSync(mkdtempSync("/var/tmp/skein-paths-"));
  let round = 0;
  try {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.array(name, { minLength: 1, maxLength: 3 }), fc.option(target)), {
          maxLength: 10,
        }),
        fc.array(fc.array(step, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 8 }),
        (entries, walks) => {
          round += 1;
          const root = join(base, String(round));
          mkdirSync(root);
          for (const [path, link] of entries) put(join(root, ...path), link);
          const disk = sceneOf({}, { root, cwd: root, look });
          for (const walk of walks) {
            const text = walk.join("/") || ".";
            const resolved = resolvePath(disk, root, text.replace(/^\/+/, "") || ".");
            const truth = realOf(join(root, "."), text.replace(/^\/+/, "") || ".");
            if (truth !== undefined) expect(resolved).toMatchObject({ path: truth, exists: true });
          }
        },
      ),
      { numRuns: 300 },
    );
  } finally {
    rmSync(base, { recursive: true, force: true });
  }
});

function put(path: string, link: string | null): void {
  try {
    mkdirSync(join(path, ".."), { recursive: true });
    if (link === null) mkdirSync(path);
    else symlinkSync(link.replace(/^\/+/, "") || ".", path);
  } catch {
    // Something is there already; the tree is random anyway.
  }
}

/** Without normalising first: `realpath` takes `..` off the text only when it is asked to join. */
function realOf(root: string, text: string): string | undefined {
  try {
    return realpathSync.native(`${root}/${text}`);
  } catch {
    return undefined;
  }
}

function look(path: string): PathEntry {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return { kind: "missing" };
  if (stat.isSymbolicLink()) return { kind: "link", target: readlinkSync(path) };
  if (stat.isDirectory()) return { kind: "folder" };
  return stat.isFile() ? { kind: "file", links: stat.nlink } : { kind: "other" };
}
