import { execFileSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";

import { expect, test } from "vitest";

import { staysInside } from "../../../src/adapters/git/refused-change.ts";
import type { Worktree } from "../../../src/ports/workspace.ts";
import { gitIn, type TempRepo, tempRepo, valueOf, writeFiles } from "./temp-repo.ts";

/** Opens a worktree of a fresh commit, lets the test change it, and gives what committing says. */
async function commitAfter(
  repo: TempRepo,
  change: (path: string) => void,
  files: Readonly<Record<string, string>> = { "src/a.ts": "1\n2\n", "src/b.ts": "b\n" },
): Promise<Awaited<ReturnType<Worktree["commit"]>>> {
  const base = repo.commit(files);
  await using workspace = await repo.open();
  await using worktree = valueOf(await workspace.open(base, { name: "u[x]", deps: "none" }));
  expect(await worktree.isUntouched()).toBe(true);
  change(worktree.path);
  return await worktree.commit("Change\n\nfor a reason");
}

test("a patch lists edits, additions, deletions and both names of a rename", async () => {
  using repo = tempRepo();
  const patch = valueOf(
    await commitAfter(repo, (path) => {
      writeFiles(path, { "src/a.ts": "1\nzwei\n", "new/c.ts": "c\n" });
      renameSync(join(path, "src/b.ts"), join(path, "src/renamed.ts"));
    }),
  );
  const { files, insertions, deletions } = patch!;
  expect({ files, insertions, deletions }).toEqual({
    files: ["new/c.ts", "src/a.ts", "src/b.ts", "src/renamed.ts"],
    insertions: 3,
    deletions: 2,
  });
  expect(repo.git("log", "-1", "--format=%an %ae|%B", patch!.commit).trim()).toMatch(
    /\|Change\n\nfor a reason$/,
  );
});

test("names with spaces, quotes, newlines, tabs, glob and pathspec characters stay themselves", async () => {
  using repo = tempRepo();
  const names = [
    "a b",
    "qu\"ote'",
    "new\nline",
    "tab\tname",
    "*.ts",
    ":(top)x",
    "-rf",
    "ünï/ço∂é",
    "back\\slash",
  ];
  const patch = valueOf(
    await commitAfter(repo, (path) => {
      writeFiles(path, Object.fromEntries(names.map((name) => [name, "x\n"])));
    }),
  );
  expect(patch!.files).toEqual(names.toSorted());
  expect(patch!.insertions).toBe(names.length);
});

test("a changed mode, a binary file and a link inside the tree are part of a patch", async () => {
  using repo = tempRepo();
  const patch = valueOf(
    await commitAfter(repo, (path) => {
      chmodSync(join(path, "src/a.ts"), 0o755);
      writeFileSync(join(path, "bin"), Buffer.from([0, 1, 2]));
      symlinkSync("../src/b.ts", join(path, "src/link"));
    }),
  );
  expect(patch).toMatchObject({ files: ["bin", "src/a.ts", "src/link"], insertions: 1 });
});

test("nothing changed, only ignored files, or a change taken back: there is no patch", async () => {
  using repo = tempRepo();
  const files = { ".gitignore": "dist\n", a: "a\n" };
  expect(valueOf(await commitAfter(repo, () => undefined, files))).toBeUndefined();
  for (const written of [{ "dist/out.js": "x" }, { a: "a\n" }]) {
    const patch = await commitAfter(repo, (path) => writeFiles(path, written), files);
    expect(valueOf(patch)).toBeUndefined();
  }
});

test("a worktree is touched by any write, even one that sets size and times back", async () => {
  using repo = tempRepo();
  const base = repo.commit({ "d/a": "one\n" });
  await using workspace = await repo.open();
  const touchedBy = async (script: string): Promise<boolean> => {
    await using worktree = valueOf(await workspace.open(base, { name: "u", deps: "none" }));
    execFileSync("bash", ["-c", script], { cwd: worktree.path });
    return !(await worktree.isUntouched());
  };
  expect(await touchedBy("cat d/a; ls -R; git status")).toBe(false);
  expect(
    await touchedBy(
      "cp -p d/a /tmp/skein-$$; echo two > d/a; touch -r /tmp/skein-$$ d/a; rm /tmp/skein-$$",
    ),
  ).toBe(true);
  expect(await touchedBy("rm d/a")).toBe(true);
  expect(await touchedBy("chmod +x d/a")).toBe(true);
  expect(await touchedBy("mkdir empty")).toBe(true);
  expect(await touchedBy("mkdir d/node_modules")).toBe(true);
});

test("nested repositories are out of scope, with and without a commit, and run nothing", async () => {
  using repo = tempRepo();
  const witness = join(repo.parent, "witness");
  const nest = (path: string): void => {
    mkdirSync(join(path, "nested"));
    gitIn(join(path, "nested"), "init", "--quiet");
    gitIn(join(path, "nested"), "config", "core.fsmonitor", `touch ${witness}`);
  };
  expect(await commitAfter(repo, nest)).toMatchObject({
    error: { kind: "out-of-scope", message: expect.stringContaining("nested is a git repository") },
  });
  expect(
    await commitAfter(repo, (path) => {
      nest(path);
      gitIn(join(path, "nested"), "commit", "--quiet", "--allow-empty", "--message=x");
      rmSync(witness, { force: true });
    }),
  ).toMatchObject({ error: { kind: "out-of-scope" } });
  expect(existsSync(witness)).toBe(false);
});

test("a repository that an agent puts in the place of a submodule is not asked for its state", async () => {
  using repo = tempRepo();
  const other = join(repo.parent, "other");
  mkdirSync(other);
  gitIn(other, "init", "--quiet");
  gitIn(other, "commit", "--quiet", "--allow-empty", "--message=x");
  repo.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", other, "sub");
  const witness = join(repo.parent, "witness");
  const patch = await commitAfter(repo, (path) => {
    // At the recorded commit, so that git has to look inside to know whether it is changed.
    gitIn(join(path, "sub"), "init", "--quiet");
    gitIn(join(path, "sub"), "-c", "protocol.allow=always", "pull", "--quiet", other, "HEAD");
    writeFiles(path, { "sub/x": "x", "src/a.ts": "changed\n" });
    gitIn(join(path, "sub"), "config", "core.fsmonitor", `touch ${witness}`);
  });
  expect(existsSync(witness)).toBe(false);
  expect(patch).toMatchObject({ ok: true, value: { files: ["src/a.ts"] } });
});

test("a repository in the place of a submodule runs no filter, though .gitmodules has git look into it", async () => {
  using repo = tempRepo();
  const other = join(repo.parent, "other");
  mkdirSync(other);
  gitIn(other, "init", "--quiet");
  writeFiles(other, { x: "x" });
  gitIn(other, "add", "x");
  gitIn(other, "commit", "--quiet", "--message=x");
  repo.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", other, "sub");
  const witness = join(repo.parent, "witness");
  const patch = await commitAfter(repo, (path) => {
    const sub = join(path, "sub");
    gitIn(sub, "init", "--quiet");
    gitIn(sub, "-c", "protocol.allow=always", "pull", "--quiet", other, "HEAD");
    writeFiles(path, { "sub/x": "y", "src/a.ts": "changed\n" });
    writeFiles(path, { ".gitmodules": '[submodule "sub"]\n\tpath = sub\n\tignore = none\n' });
    writeFiles(sub, { ".git/info/attributes": "* filter=evil\n" });
    gitIn(sub, "config", "filter.evil.clean", `touch ${witness}; cat`);
  });
  expect(existsSync(witness)).toBe(false);
  expect(patch).toMatchObject({ ok: true });
});

test("links that lead out of the tree and files over 50 MB are out of scope", async () => {
  using repo = tempRepo();
  const refused = async (change: (path: string) => void): Promise<unknown> => {
    const made = await commitAfter(repo, change);
    return made.ok ? "committed" : made.error.message;
  };
  expect(await refused((path) => symlinkSync("/etc/passwd", join(path, "out")))).toBe(
    "the link out leads out of the repository, to /etc/passwd",
  );
  expect(await refused((path) => symlinkSync("../../x", join(path, "src/out")))).toBe(
    "the link src/out leads out of the repository, to ../../x",
  );
  expect(
    await refused((path) => {
      writeFileSync(join(path, "big"), "");
      truncateSync(join(path, "big"), 50 * 1024 * 1024 + 1);
    }),
  ).toBe("big is larger than 50 MB");
});

test.each([
  ["a", "b", true],
  ["a/b", "../c", true],
  ["a/b", "../../c", false],
  ["a", ".", true],
  ["a", "..", false],
  ["d/a", "link/../../x", false],
  ["a", "x/.git/config", false],
  ["a", "/x", false],
  ["a/b/c", "./../../x/", true],
])("the link %s to %s stays inside: %s", (link, target, expected) => {
  expect(staysInside(link, target)).toBe(expected);
});

test("a replaced .git file does not lead a commit into another repository", async () => {
  using repo = tempRepo();
  using other = tempRepo();
  const before = other.commit({ o: "o" });
  const patch = valueOf(
    await commitAfter(repo, (path) => {
      writeFiles(path, { ".git": `gitdir: ${other.path}/.git\n`, "src/a.ts": "x\n" });
    }),
  );
  expect(patch!.files).toEqual(["src/a.ts"]);
  expect(other.git("rev-parse", "HEAD").trim()).toBe(before);
  expect(other.git("status", "--porcelain")).toBe("");
});

test("the same change in the same run is the same commit", async () => {
  using repo = tempRepo();
  const base = repo.commit({ a: "a\n" });
  await using workspace = await repo.open();
  const commits: unknown[] = [];
  for (const name of ["first", "second"]) {
    await using worktree = valueOf(await workspace.open(base, { name, deps: "none" }));
    writeFiles(worktree.path, { a: "b\n" });
    commits.push(valueOf(await worktree.commit("Same\0message\n\n")));
  }
  expect(commits[0]).toEqual(commits[1]);
});

/** A file whose name is no text. */
function oddIn(path: string): Buffer {
  return Buffer.concat([Buffer.from(`${path}/odd`), Buffer.of(0xff)]);
}

test("a name that is no UTF-8 is refused with a reason where it is new, and in nobody's way where it was there", async () => {
  using repo = tempRepo();
  expect(await commitAfter(repo, (path) => writeFileSync(oddIn(path), "x"))).toMatchObject({
    ok: false,
    error: { kind: "out-of-scope", message: expect.stringContaining("name that is not UTF-8") },
  });
  using other = tempRepo();
  writeFileSync(oddIn(other.path), "x");
  const base = other.commit({ "a.txt": "a" });
  await using workspace = await other.open();
  await using worktree = valueOf(await workspace.open(base, { name: "u", deps: "none" }));
  expect(await worktree.isUntouched()).toBe(false);
  expect(valueOf(await worktree.commit("nothing"))).toBeUndefined();
  writeFiles(worktree.path, { "b.txt": "b" });
  expect(valueOf(await worktree.commit("b"))).toMatchObject({ files: ["b.txt"] });
});
