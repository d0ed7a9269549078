import { join } from "node:path/posix";

import { isInside } from "../../paths/resolve-path.ts";
import type { SimpleCommand } from "../../script.ts";
import { allowed, ask, type ShellVerdict } from "../../verdict.ts";
import type { CommandPlace, ProgramPolicy } from "../program-policy.ts";

/** Programs that run code of the project or of others, and the words with which they only tell their version. */
const tools: Readonly<Record<string, readonly string[]>> = {
  node: ["--version", "-v", "--help", "-h", "--v8-options"],
  npm: ["--version", "-v"],
  npx: ["--version", "-v"],
  python: ["--version", "-V", "--help", "-h"],
  python2: ["--version", "-V"],
  python3: ["--version", "-V", "--help", "-h"],
  pip: ["--version", "-V"],
  pip3: ["--version", "-V"],
  ruby: ["--version", "-v"],
  gem: ["--version", "-v"],
  perl: ["--version", "-v"],
  php: ["--version", "-v"],
  lua: ["-v"],
  bash: ["--version", "--help"],
  sh: ["--version"],
  zsh: ["--version"],
  gcc: ["--version", "-v"],
  "g++": ["--version"],
  cc: ["--version"],
  clang: ["--version"],
  make: ["--version", "-v"],
  cmake: ["--version"],
  ninja: ["--version"],
  go: ["version"],
  cargo: ["--version", "-V"],
  rustc: ["--version", "-V"],
  rustup: ["--version"],
  java: ["-version", "--version"],
  javac: ["-version", "--version"],
  deno: ["--version", "-V"],
  bun: ["--version", "-v"],
  docker: ["--version", "-v"],
  podman: ["--version", "-v"],
  kubectl: ["version --client"],
  helm: ["version --short"],
  terraform: ["version"],
  curl: ["--version", "-V"],
  wget: ["--version", "-V"],
  zip: ["--version", "-v"],
  gh: ["--version"],
  openssl: ["version"],
  ssh: ["-V"],
  sqlite3: ["--version"],
  psql: ["--version", "-V"],
  mysql: ["--version", "-V"],
  less: ["--version"],
  vim: ["--version"],
  nano: ["--version"],
  rsync: ["--version"],
  bwrap: ["--version"],
  tmux: ["-V"],
  ffmpeg: ["-version"],
  convert: ["-version"],
  swift: ["--version"],
  kotlin: ["-version"],
  scala: ["-version"],
  ghc: ["--version"],
  tsc: ["--version", "-v"],
  R: ["--version"],
};

/**
 * Tools of which a version manager may stand in for the real one: it then runs what a file of the project names, by path
 * if that file says so.
 */
const rustFiles = ["rust-toolchain", "rust-toolchain.toml"];
const chosenByFolder: ReadonlyMap<string, readonly string[]> = new Map([
  ["cargo", rustFiles],
  ["rustc", rustFiles],
  ["rustup", rustFiles],
  // It fetches the tool chain that is named there.
  ["go", ["go.mod", "go.work"]],
]);
const chooser = /\/(?:shims\/[^/]+|mise|asdf|rustup|volta-shim|proto|proto-shim)$/;
const chooserFiles = [
  ".tool-versions",
  "mise.toml",
  ".mise.toml",
  ".prototools",
  ".python-version",
  ".ruby-version",
  ".node-version",
  ".nvmrc",
  ".go-version",
  ".java-version",
  ".perl-version",
  ".php-version",
  ".lua-version",
  "mise.local.toml",
  ".mise.local.toml",
  "mise/config.toml",
  ".mise/config.toml",
  ".config/mise",
  ".config/mise.toml",
  "package.json",
];

/** Package managers answer by code of the folder they stand in (`yarn --version`): they are not here. */
export const toolVersionPolicies: readonly ProgramPolicy[] = Object.entries(tools).map(
  ([name, ways]) => ({
    names: [name],
    operands: "none",
    judge: (command, place) => judgeVersion(command, { name, ways, place }),
    allow: ways.map((way) => `${name} ${way}`),
    notAllow: [name, `${name} x`, `${name} ${ways[0]} x`],
  }),
);

function judgeVersion(
  { words }: SimpleCommand,
  {
    name,
    ways,
    place,
  }: { readonly name: string; readonly ways: readonly string[]; readonly place: CommandPlace },
): ShellVerdict {
  const rest = words.slice(1).map((word) => (word.kind === "literal" ? word.text : "\0"));
  if (!ways.includes(rest.join(" "))) return ask(`${name} runs code`);
  const file = choosingFile(name, place);
  return file === undefined ? allowed : ask(`${file} may say which ${name} runs`);
}

/** A file from here up to the root that may say what runs. */
function choosingFile(name: string, { scene, cwd }: CommandPlace): string | undefined {
  const isChooser = chooser.test(scene.locate(name) ?? "");
  const files = chosenByFolder.get(name) ?? (isChooser ? chooserFiles : []);
  if (files.length === 0) return undefined;
  if (cwd === undefined) return "a file that nobody knows";
  for (let folder = cwd; isInside(folder, scene.root); folder = join(folder, "..")) {
    const file = files.find((one) => scene.look(join(folder, one)).kind !== "missing");
    if (file !== undefined) return file;
    if (folder === "/") break;
  }
  return undefined;
}
