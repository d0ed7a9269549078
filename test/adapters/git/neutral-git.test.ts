import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "vitest";

import { createGitHazards } from "../../../src/adapters/git/find-git-hazard.ts";
import { gitHazardOf } from "../../../src/core/shell/git/git-hazard.ts";
import {
  neutralGitConfig,
  neutralGitEnvironment,
} from "../../../src/core/shell/git/neutral-git.ts";
import { canaryRepo, settingLines } from "./canary-repo.ts";
import { gitIn, tempRepo } from "./temp-repo.ts";

/** The keys among the neutralised ones that plain looking commands run in this git; each proves that the canary sings. */
const sings = ["core.fsmonitor", "diff.external", "gpg.program", "gpg.openpgp.program"];

for (const key of sings) {
  test(`${key} runs its program under commands that look, and does not with the injected settings`, () => {
    using canary = canaryRepo();
    const settings = settingLines(key, canary.program);
    expect(canary.look(settings, {})).not.toBe("");
    expect(canary.look(settings, neutralGitEnvironment)).toBe("");
  });
}

test("no neutralised key runs anything, all of them set at once", () => {
  using canary = canaryRepo();
  const programs = Object.entries(neutralGitConfig)
    .filter(([, value]) => ["", "false", "true", "cat", "/dev/null"].includes(value))
    .filter(([key]) => !/sign|verify|auto$|recurse|summary/i.test(key))
    .map(([key]) => settingLines(key, canary.program));
  const switches = ["commit.gpgSign", "log.showSignature", "status.submoduleSummary"].map((key) =>
    settingLines(key, "true"),
  );
  const pagers = ["log", "diff", "show", "status", "branch"].map((verb) =>
    settingLines(`pager.${verb}`, canary.program),
  );
  const all = [...programs, ...switches, ...pagers].join("\n");
  expect(canary.look(all, {})).not.toBe("");
  expect(canary.look(all, neutralGitEnvironment)).toBe("");
});

test("hooks of the repository stay silent, wherever it says they are", () => {
  using canary = canaryRepo();
  const names = ["post-index-change", "reference-transaction", "pre-commit", "fsmonitor-watchman"];
  const folders = [join(canary.repo.path, ".git/hooks"), join(canary.repo.parent, "hooks")];
  for (const folder of folders) {
    mkdirSync(folder, { recursive: true });
    for (const name of names) {
      writeFileSync(join(folder, name), `#!/bin/sh\n${canary.program}\n`);
      chmodSync(join(folder, name), 0o755);
    }
  }
  const elsewhere = settingLines("core.hooksPath", join(canary.repo.parent, "hooks"));
  // A file with another time makes `git status` write the index it refreshed, which calls a hook.
  utimesSync(join(canary.repo.path, "b.txt"), 1, 1);
  expect(canary.look(elsewhere, {})).not.toBe("");
  expect(canary.look(elsewhere, neutralGitEnvironment)).toBe("");
  expect(canary.look("", neutralGitEnvironment)).toBe("");
});

test("a remote helper is not run to fetch what a partial clone lacks", () => {
  using canary = canaryRepo();
  const settings = [
    settingLines("core.repositoryFormatVersion", "1"),
    settingLines("extensions.partialClone", "promised"),
    settingLines("remote.promised.promisor", "true"),
    settingLines("remote.promised.url", `ext::${canary.program}`),
    settingLines("protocol.ext.allow", "always"),
  ].join("\n");
  const blob = gitIn(canary.repo.path, "rev-parse", "HEAD:b.txt").trim();
  execFileSync("rm", [
    "-f",
    join(canary.repo.path, ".git/objects", blob.slice(0, 2), blob.slice(2)),
  ]);
  expect(canary.look(settings, {})).not.toBe("");
  expect(canary.look(settings, neutralGitEnvironment)).toBe("");
});

test("a repository in a folder of the repository runs nothing, bare or not, as submodule or by itself", () => {
  using canary = canaryRepo();
  const { repo, program } = canary;
  const inner = join(repo.path, "inner");
  gitIn(repo.path, "init", "-q", inner);
  writeFileSync(join(inner, "x"), "x");
  gitIn(inner, "add", ".");
  gitIn(inner, "commit", "-qm", "x");
  gitIn(repo.path, "add", "inner");
  writeFileSync(
    join(repo.path, ".gitmodules"),
    '[submodule "inner"]\n\tpath = inner\n\turl = ./inner\n\tignore = none\n',
  );
  gitIn(inner, "config", "core.fsmonitor", program);
  const bare = join(repo.path, "bare");
  gitIn(repo.path, "init", "-q", "--bare", bare);
  gitIn(bare, "config", "core.fsmonitor", program);
  gitIn(bare, "config", "core.bare", "false");
  gitIn(bare, "config", "core.worktree", "..");
  const witness = join(repo.parent, "trace");
  const ignoring = settingLines("submodule.inner.ignore", "none");
  expect(canary.look(ignoring, {})).not.toBe("");
  expect(canary.look(ignoring, neutralGitEnvironment)).toBe("");
  const env = { PATH: process.env["PATH"] ?? "", HOME: repo.parent, ...neutralGitEnvironment };
  for (const folder of [inner, bare]) {
    for (const verb of ["status", "diff", "log"]) {
      try {
        execFileSync("git", [verb], { cwd: folder, env, stdio: "ignore" });
      } catch {
        // A bare repository that nobody named is refused.
      }
    }
  }
  expect(existsSync(witness)).toBe(false);
});

test("a submodule that .gitmodules has git look into is a hazard, wherever git reads that from", () => {
  using canary = canaryRepo();
  const { repo, program } = canary;
  const inner = join(repo.path, "inner");
  gitIn(repo.path, "init", "-q", inner);
  writeFileSync(join(inner, "x"), "x");
  gitIn(inner, "add", ".");
  gitIn(inner, "commit", "-qm", "x");
  gitIn(inner, "config", "filter.evil.clean", `${program}; cat`);
  writeFileSync(join(inner, ".git/info/attributes"), "* filter=evil\n");
  gitIn(repo.path, "add", "inner");
  // As long as before, so that git has to compare contents.
  writeFileSync(join(inner, "x"), "y");
  const modules = join(repo.path, ".gitmodules");
  const saying = (ignore: string): void =>
    writeFileSync(modules, `[submodule "inner"]\n\tpath = inner\n\tignore = ${ignore}\n`);
  const hazardOf = createGitHazards();
  const folders = [repo.path, join(repo.path, "folder")];
  mkdirSync(join(repo.path, "folder"));

  for (const [ignore, runs] of [
    ["all", false],
    ["dirty", false],
    ["untracked", true],
    ["none", true],
  ] as const) {
    saying(ignore);
    expect(canary.look("", neutralGitEnvironment) !== "", ignore).toBe(runs);
    for (const folder of folders) expect(hazardOf(folder) !== undefined, ignore).toBe(runs);
  }
  gitIn(repo.path, "add", ".gitmodules");
  rmSync(modules);
  expect(canary.look("", neutralGitEnvironment)).not.toBe("");
  for (const folder of folders) expect(hazardOf(folder)).toMatch(/submodule\.inner\.ignore/);
  gitIn(repo.path, "commit", "-qm", "modules");
  gitIn(repo.path, "rm", "-q", "--cached", ".gitmodules");
  expect(canary.look("", neutralGitEnvironment)).not.toBe("");
  for (const folder of folders) expect(hazardOf(folder)).toMatch(/submodule\.inner\.ignore/);
  expect(gitHazardOf([{ scope: "local", key: "submodule.a.ignore", value: "none" }])).toBeDefined();
});

/** Names that sound as if they ran something and do not; judged one by one against git's manual. */
const harmless = [
  "color.pager",
  "completion.commands",
  "core.fsmonitorHookVersion",
  "fsmonitor.allowRemote",
  "fsmonitor.socketDir",
  "notes.rewrite.<command>",
  "pager.<cmd>",
  "rebase.abbreviateCommands",
];

test("every key of this git that sounds as if it ran something is neutralised or a hazard", () => {
  const names = execFileSync("git", ["help", "--config"], { encoding: "utf8" })
    .split("\n")
    .filter((key) => !/^(advice|fsck|receive|fetch|color\.(?!pager))/.test(key))
    .filter((key) =>
      /command|cmd$|cmd>|program|helper$|driver$|hook|textconv$|tunnel|pager|editor|browser|askpass|monitor|>\.clean$|smudge|\.process$|vcs$|uploadpack$|receivepack$|packObjectsHook|external|diffFilter|gitProxy|^alias|^include|smtpServer$/i.test(
        key,
      ),
    )
    .filter((key) => !harmless.includes(key));
  const neutral = new Set(Object.keys(neutralGitConfig).map((key) => key.toLowerCase()));
  const open = names.filter((name) => {
    const key = name
      .replaceAll(/<[^>]*>/g, "evil")
      .replace("*", "evil")
      .toLowerCase();
    return !neutral.has(key) && gitHazardOf([{ scope: "local", key, value: "evil" }]) === undefined;
  });
  expect(names.length).toBeGreaterThan(30);
  expect(open).toEqual([]);
});

test("what cannot be switched off is a hazard in the repository's own configuration, and only there", () => {
  using repo = tempRepo();
  repo.commit({ a: "a" });
  const hazard = createGitHazards();
  expect(hazard(repo.path)).toBeUndefined();
  const keys = [
    "filter.x.clean",
    "diff.x.textconv",
    "merge.x.driver",
    "alias.st",
    "include.path",
    "includeIf.gitdir:/x.path",
    "remote.x.uploadpack",
    "credential.https://x.example.helper",
    "trailer.x.command",
    "hook.x.command",
    "unheardof.command",
    "core.worktree",
  ];
  for (const key of keys) {
    repo.git("config", key, key === "core.worktree" ? repo.path : "x");
    expect(hazard(repo.path)).toMatch(/git configuration has /);
    repo.git("config", "--unset", key);
    expect(hazard(repo.path)).toBeUndefined();
  }
  expect(gitHazardOf([{ scope: "global", key: "filter.lfs.clean", value: "git-lfs" }])).toBe(
    undefined,
  );
});

test("the configuration of a linked worktree counts, and a repository that appears later", () => {
  using repo = tempRepo();
  repo.commit({ a: "a", "sub/b": "b" });
  const hazard = createGitHazards();
  expect(hazard(join(repo.path, "sub"))).toBeUndefined();
  gitIn(repo.path, "init", "-q", "sub");
  gitIn(join(repo.path, "sub"), "config", "filter.x.smudge", "x");
  expect(hazard(join(repo.path, "sub"))).toMatch(/filter\.x\.smudge/);
  const linked = join(repo.parent, "linked");
  repo.git("worktree", "add", "-q", linked);
  expect(hazard(linked)).toBeUndefined();
  repo.git("config", "extensions.worktreeConfig", "true");
  gitIn(linked, "config", "--worktree", "alias.x", "!x");
  expect(hazard(linked)).toMatch(/alias\.x/);
  expect(hazard(repo.path)).toBeUndefined();
});

test("outside any repository there is nothing to run; a configuration that git cannot read is a hazard", () => {
  using repo = tempRepo();
  repo.commit({ a: "a" });
  const hazard = createGitHazards();
  expect(hazard(repo.parent)).toBeUndefined();
  writeFileSync(join(repo.path, ".git/config"), "[core\n");
  expect(hazard(repo.path)).toMatch(/cannot read/);
});
