import { existsSync, realpathSync } from "node:fs";
import { basename, dirname, join, sep } from "node:path";

/** Of an installation's folder, the parts that programs need; the rest may hold credentials (`~/.cargo`, `~/.local`). */
const parts = [
  "bin",
  "shims",
  "lib",
  "lib64",
  "libexec",
  "include",
  "versions",
  "installs",
  "toolchains",
  "tools",
  "plugins",
  "version", // the one that pyenv and the like use
] as const;

/** A folder as a command finds it, and where it really is: they differ when a link leads there. */
export interface Shown {
  readonly real: string;
  readonly path: string;
}

/** For the life of the process: looking them up again for every command would be a tenth of what a command costs. */
const found = new Map<string, readonly Shown[]>();

/**
 * What must stay visible of hidden folders so that the programs on PATH still run (nvm, pyenv, the node that runs us):
 * for `X/bin` and `X/shims` the parts of an installation beside it, for any other folder that folder alone.
 */
export function toolFolders(path: string, hidden: readonly string[]): readonly Shown[] {
  const key = [path, ...hidden].join("\0");
  const known = found.get(key) ?? findToolFolders(path, hidden);
  found.set(key, known);
  return known;
}

function findToolFolders(path: string, hidden: readonly string[]): readonly Shown[] {
  const isHidden = (folder: string): boolean => hidden.some((top) => folder.startsWith(top + sep));
  const folders = [...path.split(":"), dirname(process.execPath)].filter(
    (folder) => folder.startsWith(sep) && existsSync(folder),
  );
  const shown = folders
    .flatMap((folder) =>
      [folder, realpathSync(folder)].flatMap((each) => installation(each, hidden)),
    )
    .filter((folder) => existsSync(folder) && isHidden(folder))
    .map((folder) => ({ real: realpathSync(folder), path: folder }));
  return [...new Map(shown.map((each) => [each.path, each])).values()];
}

function installation(folder: string, hidden: readonly string[]): readonly string[] {
  const prefix = dirname(folder);
  const isInstalled = basename(folder) === "bin" || basename(folder) === "shims";
  // A `bin` directly in the home directory has the whole home beside it.
  if (!isInstalled || hidden.includes(prefix)) return [folder];
  const rust =
    basename(prefix) === ".cargo" ? rustParts.map((part) => join(dirname(prefix), part)) : [];
  return [...parts.map((part) => join(prefix, part)), ...rust];
}

const rustParts = ["toolchains", "update-hashes", "settings.toml"].map((part) =>
  join(".rustup", part),
);

/** Where rustup keeps its tool chains, when its programs are on PATH; undefined: they are not. */
export function rustupHome(path: string): string | undefined {
  const bin = path.split(":").find((folder) => folder.endsWith("/.cargo/bin"));
  const home = bin === undefined ? undefined : join(dirname(dirname(bin)), ".rustup");
  return home !== undefined && existsSync(home) ? home : undefined;
}
