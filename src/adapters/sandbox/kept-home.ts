import { existsSync, mkdirSync, realpathSync } from "node:fs";
import { dirname, join } from "node:path";

import type { ShellCommand } from "../../ports/shell.ts";

type Command = Pick<ShellCommand, "cwd" | "network">;

/**
 * The home that a setup command had, beside the worktrees of its repository: what package managers install outside of
 * a project (modules of Go, crates, an environment of Python, another version of pnpm) is in there. It is gone with them. No
 * unit's folder begins with a dot.
 */
function keptHome(cwd: string): string {
  return join(dirname(cwd), ".home");
}

/**
 * What of it the commands after the setup see, relative to it. They cannot change it: it is what verdicts stand on. Caches,
 * settings and state are each command's own, and empty, since programs write there while they run.
 */
const shown = [
  ".cargo/registry",
  ".cargo/git",
  ".venv",
  "go/pkg",
  ".local/bin",
  ".local/lib",
  ".local/share",
  ".cache/node",
];

export interface HomeMount {
  readonly from: string;
  /** Relative to the home. */
  readonly to: string;
  readonly writable: boolean;
}

/** A setup command writes to the home that is kept, any other reads parts of it; none where no setup ran. */
export function homeMounts({ cwd, network }: Command): readonly HomeMount[] {
  const home = keptHome(cwd);
  if (network) {
    mkdirSync(home, { recursive: true, mode: 0o700 });
    return [{ from: home, to: "", writable: true }];
  }
  if (!existsSync(home)) return [];
  return shown.flatMap((to) => {
    const from = join(home, to);
    // A link that the setup left would show what it leads to, wherever that is.
    const isOwn = existsSync(from) && realpathSync(from) === join(realpathSync(home), to);
    return isOwn ? [{ from, to, writable: false }] : [];
  });
}

/** Copied dependencies look stale to pnpm, which would install them again. */
const trusting = {
  npm_config_verify_deps_before_run: "false",
  pnpm_config_verify_deps_before_run: "false",
};

/**
 * Variables by which programs find what was installed. Python's environment is the same path in every sandbox; a package
 * of the repository itself is not installed in it, since it would stay the setup's: its sources are found where they are.
 */
export function homeEnv(
  { cwd, network }: Command,
  { home, path }: { readonly home: string; readonly path: string },
): Readonly<Record<string, string>> {
  const kept = keptHome(cwd);
  if (network || !existsSync(kept)) return {};
  const offline = {
    ...(existsSync(join(kept, ".local/share/pnpm")) ? trusting : {}),
    ...(existsSync(join(kept, "go/pkg")) ? { GOPROXY: "off", GOTOOLCHAIN: "local" } : {}),
    ...(existsSync(join(kept, ".cargo")) ? { CARGO_NET_OFFLINE: "true" } : {}),
  };
  if (!existsSync(join(kept, ".venv/bin"))) return offline;
  const venv = join(home, ".venv");
  return {
    ...offline,
    PATH: `${venv}/bin:${path}`,
    VIRTUAL_ENV: venv,
    UV_PROJECT_ENVIRONMENT: venv,
    UV_NO_SYNC: "1",
    ...(existsSync(join(cwd, "src")) ? { PYTHONPATH: join(cwd, "src") } : {}),
  };
}
