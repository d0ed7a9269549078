import type { SimpleCommand } from "../../script.ts";
import { allowed, ask, type ShellVerdict } from "../../verdict.ts";
import type { ProgramPolicy } from "../program-policy.ts";

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
  tar: ["--version"],
  zip: ["--version", "-v"],
  unzip: ["-v"],
  gzip: ["--version"],
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
  elixir: ["--version"],
  R: ["--version"],
};

/** Version managers and package managers answer from the folder they stand in, some by code of it (`yarn --version`): they are not here. */
export const toolVersionPolicies: readonly ProgramPolicy[] = Object.entries(tools)

  .map(([name, ways]) => ({
    names: [name],
    operands: "none",
    judge: (command) => judgeVersion(command, name, ways),
    allow: ways.map((way) => `${name} ${way}`),
    notAllow: [name, `${name} x`, `${name} ${ways[0]} x`],
  }));

function judgeVersion(
  { words }: SimpleCommand,
  name: string,
  ways: readonly string[],
): ShellVerdict {
  const rest = words.slice(1).map((word) => (word.kind === "literal" ? word.text : "\0"));
  return ways.includes(rest.join(" ")) ? allowed : ask(`${name} runs code`);
}
