/** Lock files at the top of a repository, and what installs exactly what they say; the first that is there counts. */
const installers: readonly (readonly [file: string, command: string])[] = [
  ["pnpm-lock.yaml", "pnpm install --frozen-lockfile --ignore-scripts"],
  ["yarn.lock", "yarn install --frozen-lockfile --ignore-scripts"],
  ["package-lock.json", "npm ci --ignore-scripts --no-audit --no-fund"],
  ["npm-shrinkwrap.json", "npm ci --ignore-scripts --no-audit --no-fund"],
  ["uv.lock", 'UV_PROJECT_ENVIRONMENT="$HOME/.venv" uv sync --frozen --no-install-workspace'],
  [
    "requirements.txt",
    'python3 -m venv "$HOME/.venv" && "$HOME/.venv/bin/pip" install --quiet -r requirements.txt',
  ],
  ["go.sum", "go mod download"],
  ["Cargo.lock", "cargo fetch --locked"],
];
/** Yarn from its second version on has other words for the same. */
const berry = "yarn install --immutable --mode=skip-build";

/** The command that `setup: auto` comes to; undefined: nothing says how to install anything. */
export function detectSetup(files: readonly string[]): string | undefined {
  const there = new Set(files);
  const found = installers.find(([file]) => there.has(file));
  return found?.[0] === "yarn.lock" && there.has(".yarnrc.yml") ? berry : found?.[1];
}
