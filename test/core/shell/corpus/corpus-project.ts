import { execFileSync } from "node:child_process";
import {
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { createGitHazards } from "../../../../src/adapters/git/find-git-hazard.ts";
import type { PathEntry, ShellScene } from "../../../../src/core/shell/shell-scene.ts";
import { git, writeFiles } from "../../../support/temp-repo.ts";
import type { CorpusLine } from "./read-corpus.ts";

const inRoot: Readonly<Record<string, string>> = {
  "README.md": "# Sample\n\nTODO: install. See src.\n",
  "package.json":
    '{"name":"sample","version":"1.0.0","scripts":{"test":"vitest"},"private":true}\n',
  "tsconfig.json": '{"compilerOptions":{"strict":true}}\n',
  Makefile: "all:\n\tnode src/index.ts\n",
  ".gitignore": "node_modules\n.env\n.env.local\n",
  ".env": "API_KEY=not-a-key\n",
  ".env.local": "TOKEN=not-a-token\n",
  ".env.example": "API_KEY=\n",
  ".npmrc": "//registry.npmjs.org/:_authToken=not-a-token\n",
  "src/index.ts": "export { parse } from './lib/parse.ts';\n",
  "src/app.ts": "import { parse } from './lib/parse.ts';\nexport const main = parse;\n",
  "src/lib/parse.ts": "export function parse(text: string): string {\n  return text;\n}\n",
  "src/lib/util.ts": "export const one = 1;\n",
  "packages/api/package.json": '{"name":"api","version":"0.1.0"}\n',
  "packages/api/.env": "API_KEY=not-a-key\n",
  "packages/api/src/server.ts": "export function listen(): void {}\n",
  "packages/web/package.json": '{"name":"web","version":"0.2.0"}\n',
  "docs/guide.md": "# Guide\n\nstart\nsome text\nend\n",
  "docs/notes with spaces.txt": "notes\n",
  "data/users.csv": "id,name,age\n1,ann,30\n2,bob,41\n",
  "data/numbers.txt": "3\n1\n2\n3\n",
  "data/a.txt": "a\nb\nc\n",
  "data/b.txt": "b\nc\nd\n",
  "data/logo.bin": "not really a picture",
  "data/config.json": '{"a":{"b":{"c":1}}}\n',
  "data/items.json": '[{"id":1,"name":"a","kind":"x"},{"id":2,"name":"b","kind":"y"}]\n',
  "logs/app.log": "10:00 INFO start\n10:01 ERROR broken\n",
  "scripts/build.sh": "#!/bin/sh\necho build\n",
  "bin/ls": "#!/bin/sh\necho not the real one\n",
  ls: "#!/bin/sh\necho not the real one\n",
  "certs/server.key": "not a key\n",
  "certs/server.pem": "not a key\n",
  "secrets/prod.json": "{}\n",
  // What a pattern could stand for must be there, or the pattern stands for itself and is harmless.
  ...Object.fromEntries(
    [
      ".netrc",
      ".htpasswd",
      ".pgpass",
      ".vault-token",
      ".git-credentials",
      ".env.production",
      ".ENV",
      ".Env",
      ".ENV.LOCAL",
      ".SSH/id_rsa",
      ".ssh/id_rsa",
      ".aws/credentials",
      ".docker/config.json",
      ".kube/config",
      "config/id_rsa",
    ].map((name) => [name, "nothing real\n"]),
  ),
  "node_modules/left-pad/package.json": '{"name":"left-pad"}\n',
};

const inHome: Readonly<Record<string, string>> = {
  ".bashrc": "# start-up\n",
  ".bash_history": "ls\n",
  ".netrc": "machine example.com login a password b\n",
  ".npmrc": "//registry.npmjs.org/:_authToken=not-a-token\n",
  ".gitconfig": "[user]\n\tname = A\n",
  ".ssh/id_rsa": "not a key\n",
  ".ssh/config": "Host *\n",
  ".ssh/authorized_keys": "\n",
  ".aws/credentials": "[default]\n",
  ".kube/config": "{}\n",
  ".docker/config.json": "{}\n",
  ".config/gh/hosts.yml": "github.com:\n",
  "notes.txt": "notes\n",
  "bin/ls": "#!/bin/sh\necho not the real one\n",
};

/** A repository with secrets, links that lead out, a hostile bare repository; a home and folders beside it. */
export interface CorpusProject {
  /** Absolute; what the lines relate to. */
  readonly root: string;
  readonly fill: (line: CorpusLine) => string;
  readonly scene: (cwd?: string) => ShellScene;
  readonly remove: () => void;
}

export function createCorpusProject(): CorpusProject {
  const base = realpathSync(mkdtempSync(join(tmpdir(), "skein-corpus-")));
  const [root, home, outside] = ["project", "home", "outside"].map((name) => join(base, name));
  if (root === undefined || home === undefined || outside === undefined) {
    throw new Error("Internal error: a folder without a name");
  }
  writeFiles(root, inRoot);
  writeFiles(home, inHome);
  writeFiles(outside, { "secret.txt": "secret\n", "x.json": "{}\n", tool: "#!/bin/sh\n" });
  for (const twin of ["project2", "project-backup"]) {
    writeFiles(join(base, twin), { "secret.txt": "secret\n" });
  }
  createRepository(root);
  createLinks(root, { home, outside });
  const gitHazard = createGitHazards();
  // Nothing changes in it any more, and a hundred thousand judgements look at the same few hundred places.
  const [look, list] = [remembered(lookAt), remembered(listOf)];
  return {
    root,
    fill: (line) =>
      line.command
        .replaceAll("%ROOT%", root)
        .replaceAll("%HOME%", home)
        .replaceAll("%OUT%", outside),
    scene: (cwd = ".") => ({
      root,
      readable: [],
      home,
      cwd: join(root, cwd),
      look,
      list,
      // The machine at hand must not decide: every program of the corpus is said to be installed.
      locate: (program) => `/usr/bin/${program}`,
      gitHazard,
    }),
    remove: () => rmSync(base, { recursive: true, force: true }),
  };
}

function createRepository(root: string): void {
  git(root, "init", "--quiet", "--initial-branch=main");
  git(root, "add", "--", "src", "docs", "data", "README.md", "package.json", ".gitignore");
  git(root, "commit", "--quiet", "--message=base");
  const bare = join(root, "vendor/bare");
  mkdirSync(dirname(bare), { recursive: true });
  git(root, "init", "--quiet", "--bare", bare);
  writeFileSync(join(bare, "config"), "[core]\n\tbare = true\n\tfsmonitor = ./run-me\n");
}

function createLinks(root: string, to: { readonly home: string; readonly outside: string }): void {
  const links: Readonly<Record<string, string>> = {
    latest: "docs",
    up: "..",
    "outside-link": to.outside,
    creds: join(to.home, ".aws/credentials"),
    "env-link": ".env",
    loop: "loop",
    chain1: "chain2",
    chain2: "../outside",
  };
  for (const [name, target] of Object.entries(links)) symlinkSync(target, join(root, name));
  linkSync(join(to.outside, "secret.txt"), join(root, "hard-link"));
  execFileSync("mkfifo", [join(root, "fifo")]);
}

function lookAt(path: string): PathEntry {
  try {
    const stat = lstatSync(path);
    if (stat.isSymbolicLink()) return { kind: "link", target: readlinkSync(path) };
    if (stat.isDirectory()) return { kind: "folder" };
    return stat.isFile() ? { kind: "file", links: stat.nlink } : { kind: "other" };
  } catch (error) {
    return isMissing(error) ? { kind: "missing" } : { kind: "other" };
  }
}

function listOf(path: string): readonly string[] | undefined {
  try {
    return readdirSync(path);
  } catch (error) {
    return isMissing(error) ? [] : undefined;
  }
}

function isMissing(error: unknown): boolean {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return code === "ENOENT" || code === "ENOTDIR";
}

function remembered<T>(ask: (path: string) => T): (path: string) => T {
  const answers = new Map<string, T>();
  return (path) => {
    const held = answers.get(path);
    if (held !== undefined) return held;
    const answer = ask(path);
    answers.set(path, answer);
    return answer;
  };
}
