import { existsSync, readdirSync, realpathSync, statSync } from "node:fs";
import { basename, dirname, join, sep } from "node:path";

import { homeMounts } from "./kept-home.ts";
import { ownGitDir } from "./own-git-dir.ts";
import type { ProtectedModules } from "./protected-modules.ts";
import { toolFolders } from "./tool-folders.ts";

/** What commands may see and change. All paths absolute. */
export interface SandboxPolicy {
  /** Git data shared by all worktrees: read-only, so that `git status` and `git log` work. */
  readonly gitDir: string;
  /** Hidden from commands: the user's checkout. */
  readonly checkout: string;
  readonly home: string;
  /** `PATH` of this process: tool chains that live under the home directory stay visible, read-only. */
  readonly path: string;
}

/** Where a command runs. */
export interface SandboxPlace {
  readonly cwd: string;
  readonly outDir: string;
  readonly network: boolean;
  readonly projectWritable: boolean;
  readonly modules: ProtectedModules;
  /** File descriptor from which git's configuration is read, instead of the repository's own. */
  readonly gitConfigFd: number;
}

/** What this bubblewrap can do beyond the oldest one that is supported. */
export interface SandboxFeatures {
  /** `--disable-userns`, 0.8. */
  readonly noNestedNamespaces: boolean;
  /** `--size`, 0.7: a limit on what may be written to memory-backed folders. */
  readonly sizes: boolean;
}

/** The home directory a command sees: its own, empty, gone when it ends. */
export const privateHome = "/tmp/home";

/** Most bytes in /tmp and in /dev/shm: both are memory, and no process shows it as its own. */
const scratchBytes = 1024 ** 3;

/** Everything of its own that a kernel lets an unprivileged process have; and no capability, so that root in a container cannot undo the mounts. */
export function namespaceArgs(features: SandboxFeatures): readonly string[] {
  return [
    ["--die-with-parent", "--new-session", "--cap-drop", "ALL", "--unshare-user"],
    features.noNestedNamespaces ? ["--disable-userns"] : [],
    ["--unshare-pid", "--unshare-ipc", "--unshare-uts", "--unshare-cgroup-try"],
    // Read-only: the kernel's settings belong to root, and to whoever is root outside they do without any capability.
    ["--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc", "--remount-ro", "/proc"],
  ].flat();
}

/**
 * Arguments for `bwrap`: the whole machine read-only, without home directories, the user's checkout, other agents'
 * worktrees and refs, sockets in /run; the unit's worktree and output folder writable, but not its `.git` and
 * node_modules.
 */
export function bubblewrapArgs(
  policy: SandboxPolicy,
  place: SandboxPlace,
  features: SandboxFeatures,
): readonly string[] {
  const { cwd, outDir, modules } = place;
  const hidden = hiddenFolders(policy, cwd);
  const scratch = features.sizes ? ["--size", String(scratchBytes)] : [];
  return [
    namespaceArgs(features),
    place.network ? [] : ["--unshare-net"],
    [...scratch, "--tmpfs", "/tmp", ...scratch, "--tmpfs", "/dev/shm", "--remount-ro", "/dev"],
    hidden.flatMap((path) => ["--tmpfs", path]),
    secretsOfMachine().flatMap((path) => ["--ro-bind", "/dev/null", path]),
    ["--dir", privateHome],
    homeMounts(place).flatMap(({ from, to, writable }) => [
      writable ? "--bind" : "--ro-bind",
      from,
      join(privateHome, to),
    ]),
    toolFolders(policy.path, [...hidden, "/tmp"]).flatMap(({ real, path }) => [
      "--ro-bind",
      real,
      path,
    ]),
    place.network ? resolverFiles().flatMap((path) => ["--ro-bind", path, path]) : [],
    gitArgs(policy.gitDir, place),
    [place.projectWritable ? "--bind" : "--ro-bind", cwd, cwd, "--bind", outDir, outDir],
    ["--ro-bind", join(cwd, ".git"), join(cwd, ".git")],
    modules.folders.flatMap((path) => ["--ro-bind", path, path]),
    place.projectWritable ? modules.caches.flatMap((path) => ["--bind", path, path]) : [],
    // Empty folders in the place of hidden ones must not take files either.
    hidden.flatMap((path) => ["--remount-ro", path]),
    ["--chdir", cwd],
  ].flat();
}

/**
 * Of git's data, what history is read from. Not what other agents did; and no configuration, be it the repository's, a
 * worktree's or a submodule's, which may hold a token in the address of a remote.
 */
const historyParts = "HEAD objects refs packed-refs reftable shallow info lfs index".split(" ");

function gitArgs(gitDir: string, { cwd, gitConfigFd }: SandboxPlace): readonly string[] {
  const refs = join(gitDir, "refs/skein");
  const own = ownGitDir(cwd, gitDir);
  const parts = historyParts.map((name) => join(gitDir, name)).filter((path) => existsSync(path));
  return [
    ["--tmpfs", gitDir],
    [...parts, ...(own === undefined ? [] : [own])].flatMap((path) => ["--ro-bind", path, path]),
    ["--ro-bind-data", String(gitConfigFd), join(gitDir, "config")],
    existsSync(refs) ? ["--tmpfs", refs, "--remount-ro", refs] : [],
    ["--remount-ro", gitDir],
  ].flat();
}

/** Files that only root reads; whoever runs as root outside would read them inside, too. */
function secretsOfMachine(): readonly string[] {
  const keys = listed("/etc/ssh").filter((path) => path.endsWith("_key"));
  const named = ["shadow", "shadow-", "gshadow", "gshadow-", "sudoers", "krb5.keytab"];
  const files = [...named.map((name) => `/etc/${name}`), ...keys, ...listed("/etc/ssl/private")];
  return files.filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile() === true);
}

/** Empty for a folder that is not there or that we may not look into: then no command of ours may either. */
function listed(folder: string): readonly string[] {
  try {
    return readdirSync(folder).map((name) => join(folder, name));
  } catch {
    return [];
  }
}

/** Existing folders without those inside another, which is hidden already; /tmp is a folder of the command's own. */
function hiddenFolders(policy: SandboxPolicy, cwd: string): readonly string[] {
  const { home, checkout, gitDir } = policy;
  // A linked worktree or a submodule shares its git data with another checkout.
  const owner = basename(gitDir) === ".git" ? [dirname(gitDir)] : [];
  const wanted = [
    "/root",
    "/home",
    "/run",
    "/var/run",
    "/var/tmp",
    home,
    checkout,
    ...owner,
    dirname(cwd),
  ];
  const real = [
    ...new Set(wanted.filter((path) => existsSync(path)).map((path) => realpathSync(path))),
  ];
  return real.filter(
    (path) =>
      path !== sep && ![...real, "/tmp"].some((other) => isInside(path, other)) && path !== "/tmp",
  );
}

function isInside(path: string, folder: string): boolean {
  return folder !== sep && path.startsWith(folder + sep);
}

function resolverFiles(): readonly string[] {
  const file = "/etc/resolv.conf";
  return existsSync(file) ? [realpathSync(file)] : [];
}
