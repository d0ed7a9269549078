import { basename } from "node:path/posix";

interface LockTool {
  /** Bash text that brings the lock file in its folder in line with the manifest beside it; undefined: none is known. */
  readonly script?: (network: boolean) => string;
  /** Its lines are facts that do not contradict each other: all of both sides are right, if not needed. */
  readonly isUnion?: boolean;
}

const npm: LockTool = {
  script: (network) =>
    `npm install --package-lock-only --ignore-scripts --no-audit --no-fund ${network ? "--prefer-offline" : "--offline"}`,
};

const none: LockTool = {};

/** None of these runs a script of a package, and none raises a version that fits. */
const tools: ReadonlyMap<string, LockTool> = new Map([
  ["package-lock.json", npm],
  ["npm-shrinkwrap.json", npm],
  [
    "pnpm-lock.yaml",
    {
      script: (network) =>
        `pnpm install --lockfile-only --ignore-scripts ${network ? "--prefer-offline" : "--offline"}`,
    },
  ],
  [
    "yarn.lock",
    {
      script: (network) =>
        `if head -n 5 yarn.lock | grep -q 'yarn lockfile v1'; then yarn install --ignore-scripts --non-interactive ${network ? "--prefer-offline" : "--offline"}; else yarn install --mode=update-lockfile; fi`,
    },
  ],
  ["Cargo.lock", { script: (network) => `cargo update --workspace${network ? "" : " --offline"}` }],
  [
    "go.sum",
    {
      script: (network) => `${network ? "" : "GOPROXY=off "}GOFLAGS=-mod=mod go mod tidy`,
      isUnion: true,
    },
  ],
  ["poetry.lock", { script: () => "poetry lock --no-interaction" }],
  ["uv.lock", { script: (network) => `uv lock${network ? "" : " --offline"}` }],
  ["bun.lock", none],
  ["bun.lockb", none],
  ["composer.lock", none],
  ["deno.lock", none],
  ["flake.lock", none],
  ["Gemfile.lock", none],
  ["go.work.sum", { isUnion: true }],
  ["mix.lock", none],
  ["Pipfile.lock", none],
]);

/** How a lock file is made from the manifests; undefined for every other file. Lock files are never merged as text. */
export function lockToolOf(path: string): LockTool | undefined {
  return tools.get(basename(path));
}

/** All lines of both, sorted, each once. */
export function unionOfLines(ours: string, theirs: string): string {
  const lines = [...ours.split("\n"), ...theirs.split("\n")].filter((line) => line !== "");
  return `${[...new Set(lines)].toSorted().join("\n")}\n`;
}
