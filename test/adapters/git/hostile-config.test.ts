import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "vitest";

import { tempRepo, valueOf, writeFiles } from "./temp-repo.ts";

test("nothing that a repository's configuration names is run while a unit is opened, committed and merged", async () => {
  using repo = tempRepo();
  const base = repo.commit({
    ".gitattributes": "*.txt filter=evil diff=evil merge=evil\n",
    "a.txt": "1\n",
    "b.txt": "1\n",
  });
  const witness = join(repo.parent, "witness");
  const hooks = join(repo.parent, "hooks");
  const run = `echo $0 >> ${witness}; cat`;
  const programs: Readonly<Record<string, string>> = {
    "core.hooksPath": hooks,
    "core.fsmonitor": run,
    "core.sshCommand": run,
    "core.pager": run,
    "core.editor": run,
    "diff.external": run,
    "gpg.program": run,
    "commit.gpgSign": "true",
    "filter.evil.clean": run,
    "filter.evil.smudge": run,
    "filter.evil.process": run,
    "filter.evil.required": "true",
    "diff.evil.textconv": run,
    "diff.evil.command": run,
    "merge.evil.driver": run,
    "credential.helper": `!${run}`,
  };
  for (const [key, value] of Object.entries(programs)) repo.git("config", key, value);
  for (const hook of [
    "post-checkout",
    "pre-commit",
    "post-index-change",
    "reference-transaction",
  ]) {
    writeFiles(hooks, { [hook]: `#!/bin/sh\n${run}\n` });
  }
  await using workspace = await repo.open();
  const change = async (name: string, text: string): Promise<ReturnType<typeof valueOf>> => {
    await using worktree = valueOf(await workspace.open(base, { name, deps: "none" }));
    expect(readFileSync(join(worktree.path, "a.txt"), "utf8")).toBe("1\n");
    writeFiles(worktree.path, { "a.txt": text });
    return valueOf(await worktree.commit(name));
  };
  const ours = (await change("ours", "2\n")) as { commit: typeof base };
  const theirs = (await change("theirs", "3\n")) as { commit: typeof base };
  const merged = valueOf(await workspace.merge({ base, ours: ours.commit, theirs: theirs.commit }));
  expect(merged.kind).toBe("conflict");
  expect(valueOf(await workspace.diffText(base, ours.commit))).toContain("+2");
  valueOf(await workspace.publishBranch("skein/r1", ours.commit, () => false));
  expect(existsSync(witness)).toBe(false);
});

for (const [what, url] of [
  ["a program that a remote of this machine names", undefined],
  ["a remote helper", "ext"],
] as const) {
  test(`${what} is not run to fetch what a partial clone lacks`, async () => {
    using repo = tempRepo();
    const base = repo.commit({ "a.txt": "1\n" });
    const witness = join(repo.parent, "witness");
    const blob = repo.git("rev-parse", "HEAD:a.txt").trim();
    rmSync(join(repo.path, ".git/objects", blob.slice(0, 2), blob.slice(2)));
    const settings: Readonly<Record<string, string>> = {
      "core.repositoryFormatVersion": "1",
      "extensions.partialClone": "origin",
      "remote.origin.promisor": "true",
      "remote.origin.url": url === undefined ? repo.path : `ext::touch ${witness}`,
      "remote.origin.uploadpack": `touch ${witness};git-upload-pack`,
      "protocol.file.allow": "always",
      "protocol.ext.allow": "always",
    };
    for (const [key, value] of Object.entries(settings)) repo.git("config", key, value);
    await using workspace = await repo.open();
    const opened = await workspace.open(base, { name: "a", deps: "none" });
    expect(opened.ok ? undefined : opened.error.message).toContain("could not be filled");
    expect(opened.ok ? undefined : opened.error.hint).toContain("partial clone");
    expect(existsSync(witness)).toBe(false);
  });
}

test("variables of the caller that point git elsewhere have no say", async () => {
  using repo = tempRepo();
  using other = tempRepo();
  other.commit({ o: "o" });
  const base = repo.commit({ a: "a" });
  const stolen = {
    GIT_DIR: join(other.path, ".git"),
    GIT_WORK_TREE: other.path,
    GIT_INDEX_FILE: "/dev/null",
  };
  Object.assign(process.env, stolen);
  try {
    await using workspace = await repo.open();
    expect(workspace.repo).toBe(repo.path);
    expect(valueOf(await workspace.resolve("HEAD"))).toBe(base);
  } finally {
    for (const name of Object.keys(stolen)) delete process.env[name];
  }
});
