import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { type TempRepo, tempRepo } from "./temp-repo.ts";

/** What an agent asks git to look around; each of these is allowed without a person. */
export const lookingCommands: readonly string[] = [
  "status",
  "status --short --branch",
  "log -p -2",
  "log --show-signature -1",
  "log --oneline --graph --all",
  "diff",
  "diff --stat HEAD~1",
  "diff --cached",
  "show",
  "show HEAD~1:a.txt",
  "blame a.txt",
  "ls-files -m",
  "ls-files --eol",
  "ls-tree -r HEAD",
  "grep -n one",
  "branch -vv --all",
  "describe --always --dirty",
  "shortlog -s HEAD",
  "stash list",
  "tag -l",
  "remote -v",
  "rev-parse HEAD",
  "reflog -2",
  "cat-file -p HEAD",
  "cat-file --textconv HEAD:a.txt",
  "for-each-ref",
  "worktree list",
  "config --list",
  "check-ignore -v a.txt",
  "check-attr -a a.txt",
  "count-objects -v",
  "diff-index -p HEAD",
  "diff-files -p",
  "whatchanged -1 -p",
  "name-rev HEAD",
  "submodule status",
];

export interface CanaryRepo extends Disposable {
  readonly repo: TempRepo;
  /** What a setting that runs something is set to; running it leaves a trace. */
  readonly program: string;
  /** Runs every looking command with this configuration on top; says which program names were run. */
  look(settings: string, env: Readonly<Record<string, string>>): string;
}

/** A repository where every driver and hook that could run has a reason to. */
export function canaryRepo(): CanaryRepo {
  const repo = tempRepo();
  repo.commit({ ".gitattributes": "* diff=evil filter=evil merge=evil\n", "a.txt": "one\n" });
  repo.commit({ "a.txt": "one\ntwo\n", "b.txt": "b\n" });
  repo.git("remote", "add", "evil", "ssh://example.invalid/x");
  repo.git("tag", "v1");
  // A commit that claims to be signed, so that a verifying program would be called.
  const tree = repo.git("rev-parse", "HEAD^{tree}").trim();
  const parent = repo.git("rev-parse", "HEAD").trim();
  const person = "Ada <ada@example.org> 1700000000 +0000";
  const signed = `tree ${tree}\nparent ${parent}\nauthor ${person}\ncommitter ${person}\ngpgsig -----BEGIN PGP SIGNATURE-----\n \n x\n -----END PGP SIGNATURE-----\n\nsigned\n`;
  const id = execFileSync("git", ["hash-object", "-t", "commit", "-w", "--stdin"], {
    cwd: repo.path,
    input: signed,
    encoding: "utf8",
  }).trim();
  repo.git("update-ref", "HEAD", id);
  const trace = join(repo.parent, "trace");
  const program = join(repo.parent, "evil");
  writeFileSync(program, `#!/bin/sh\necho ran >> ${trace}\n`);
  chmodSync(program, 0o755);
  const config = join(repo.path, ".git/config");
  const base = readFileSync(config, "utf8");
  const script = lookingCommands.map((args) => `git ${args}`).join("\n");
  return {
    repo,
    program,
    look: (settings, env) => {
      rmSync(trace, { force: true });
      // The file on disk differs from the index in time, so that git compares contents.
      writeFileSync(join(repo.path, "a.txt"), "one\nthree\n");
      writeFileSync(config, `${base}\n${settings}\n`);
      try {
        execFileSync("sh", ["-c", script], {
          cwd: repo.path,
          env: { PATH: process.env["PATH"] ?? "", HOME: repo.parent, ...env },
          stdio: ["ignore", "ignore", "ignore"],
          timeout: 30_000,
        });
      } catch {
        // A value that git refuses ends a command; it has run nothing.
      }
      writeFileSync(config, base);
      return existsSync(trace) ? readFileSync(trace, "utf8") : "";
    },
    [Symbol.dispose]: () => {
      repo[Symbol.dispose]();
    },
  };
}

/** `section.sub.key` as lines of a configuration file. */
export function settingLines(key: string, value: string): string {
  const [section = "", ...rest] = key.split(".");
  const name = rest.pop() ?? "";
  const sub = rest.length === 0 ? "" : ` "${rest.join(".")}"`;
  return `[${section}${sub}]\n\t${name} = "${value.replaceAll(/["\\]/g, String.raw`\$&`)}"`;
}
