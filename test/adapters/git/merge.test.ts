import { rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "vitest";

import type { OpenedWorkspace } from "../../../src/adapters/git/open-workspace.ts";
import type { CommitId } from "../../../src/model/ids.ts";
import type { MergeOutcome } from "../../../src/ports/workspace.ts";
import { tempRepo, valueOf, writeFiles } from "./temp-repo.ts";

const lines = (text: string): string => `1\n2\n3\n4\n5\n6\n7\n8\n${text}\n`;

let names = 0;
async function change(
  workspace: OpenedWorkspace,
  base: CommitId,
  work: (path: string) => void,
): Promise<CommitId> {
  names += 1;
  await using worktree = valueOf(await workspace.open(base, { name: `u${names}`, deps: "none" }));
  work(worktree.path);
  const patch = valueOf(await worktree.commit("Change"));
  if (patch === undefined) throw new Error("nothing changed");
  return patch.commit;
}

async function mergeOf(
  ours: (path: string) => void,
  theirs: (path: string) => void,
): Promise<{ outcome: MergeOutcome; text: (path: string) => string }> {
  using repo = tempRepo();
  writeFileSync(join(repo.path, "bin"), Buffer.from([0, 1]));
  const base = repo.commit({ a: lines("a"), b: lines("b"), c: lines("c") });
  await using workspace = await repo.open();
  const outcome = valueOf(
    await workspace.merge({
      base,
      ours: await change(workspace, base, ours),
      theirs: await change(workspace, base, theirs),
    }),
  );
  const { tree } = outcome;
  const texts = new Map(
    ["a", "b", "c"].map((path) => {
      try {
        return [path, repo.git("cat-file", "blob", `${tree}:${path}`)] as const;
      } catch {
        return [path, ""] as const;
      }
    }),
  );
  return { outcome, text: (path) => texts.get(path) ?? "" };
}

const edit =
  (path: string, text: string) =>
  (root: string): void =>
    writeFiles(root, { [path]: text });

test("changes of different files, and of different places of one file, merge cleanly", async () => {
  const apart = await mergeOf(edit("a", lines("ours")), edit("b", lines("theirs")));
  expect([apart.outcome.kind, apart.text("a"), apart.text("b")]).toEqual([
    "clean",
    lines("ours"),
    lines("theirs"),
  ]);
  const together = await mergeOf(edit("a", lines("end")), edit("a", `0\n${lines("a")}`));
  expect([together.outcome.kind, together.text("a")]).toEqual(["clean", `0\n${lines("end")}`]);
});

test("a conflict shows both sides and their common base between markers", async () => {
  const { outcome, text } = await mergeOf(edit("a", lines("ours")), edit("a", lines("theirs")));
  expect(outcome).toMatchObject({
    kind: "conflict",
    files: [{ path: "a", said: ["CONFLICT (contents)"] }],
    messages: "CONFLICT (content): Merge conflict in a",
  });
  expect(text("a").replaceAll(/ [0-9a-f]{7,}/g, "")).toContain(
    "<<<<<<<\nours\n|||||||\na\n=======\ntheirs\n>>>>>>>",
  );
});

test.each<[string, (path: string) => void, (path: string) => void, readonly string[]]>([
  ["changed here, deleted there", edit("a", lines("x")), (path) => rmSync(join(path, "a")), ["a"]],
  [
    "a binary file changed on both sides",
    (path) => writeFileSync(join(path, "bin"), Buffer.from([0, 2])),
    (path) => writeFileSync(join(path, "bin"), Buffer.from([0, 3])),
    ["bin"],
  ],
  ["added on both sides", edit("n", "ours\n"), edit("n", "theirs\n"), ["n"]],
  [
    "a file here, a folder there",
    edit("n", "file\n"),
    edit("n/x", "in a folder\n"),
    expect.arrayContaining([expect.stringMatching(/^n/)]),
  ],
  [
    "renamed to different names",
    (path) => {
      rmSync(join(path, "c"));
      writeFiles(path, { ours: lines("c") });
    },
    (path) => {
      rmSync(join(path, "c"));
      writeFiles(path, { theirs: lines("c") });
    },
    ["c", "ours", "theirs"],
  ],
  [
    "a file here, a link there",
    edit("n", "file\n"),
    (path) => symlinkSync("a", join(path, "n")),
    expect.arrayContaining([expect.stringMatching(/^n/)]),
  ],
])("a conflict without markers is one too: %s", async (_, ours, theirs, files) => {
  const { outcome } = await mergeOf(ours, theirs);
  expect(outcome.kind === "conflict" && outcome.files.map(({ path }) => path)).toEqual(files);
  expect(outcome.kind === "conflict" && outcome.messages).toContain("CONFLICT");
});

test("the base that is given counts, not the one that git would find", async () => {
  using repo = tempRepo();
  const root = repo.commit({ a: "a\n", b: "b\n" });
  await using workspace = await repo.open();
  // A result branch keeps one parent a commit: that `second` is in `tip` is known to the run only.
  const first = await change(workspace, root, edit("a", "first\n"));
  const second = await change(workspace, root, edit("b", "second\n"));
  const both = valueOf(await workspace.merge({ base: root, ours: first, theirs: second }));
  const tip = valueOf(
    await workspace.commitTree(both.tree, { parents: [first], message: "Merge second" }),
  );
  const third = await change(workspace, second, edit("b", "third\n"));
  const merged = valueOf(await workspace.merge({ base: second, ours: tip, theirs: third }));
  expect(merged.kind).toBe("clean");
  expect(repo.git("cat-file", "blob", `${merged.tree}:b`)).toBe("third\n");
  expect(repo.git("cat-file", "blob", `${merged.tree}:a`)).toBe("first\n");
});

test("a patch file of a merge applies to its base", async () => {
  using repo = tempRepo();
  repo.git("config", "diff.noprefix", "true");
  const base = repo.commit({ a: "a\n" });
  await using workspace = await repo.open();
  const commit = await change(workspace, base, (path) => {
    writeFiles(path, { "new name": "n\n" });
    writeFileSync(join(path, "bin"), Buffer.from([0, 255, 128]));
  });
  writeFileSync(join(repo.parent, "p"), valueOf(await workspace.diffText(base, commit)));
  repo.git("apply", "--index", "../p");
  expect(repo.git("write-tree").trim()).toBe(valueOf(await workspace.treeOf(commit)));
  expect(valueOf(await workspace.patchOf(base, commit)).files).toEqual(["bin", "new name"]);
});

test("commits that do not exist are failures, and the next commit is written all the same", async () => {
  using repo = tempRepo();
  const base = repo.commit({ a: "a\n" });
  await using workspace = await repo.open();
  const absent = "1".repeat(40) as CommitId;
  expect(await workspace.merge({ base, ours: base, theirs: absent })).toMatchObject({ ok: false });
  expect(await workspace.treeOf(absent)).toMatchObject({ ok: false });
  const bad = { parents: ["nonsense" as CommitId], message: "x" };
  const tree = valueOf(await workspace.treeOf(base));
  expect(await workspace.commitTree(tree, bad)).toMatchObject({
    ok: false,
    error: { kind: "git" },
  });
  expect(await workspace.commitTree(tree, { parents: [base], message: "x" })).toMatchObject({
    ok: true,
  });
});
