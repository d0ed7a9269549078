import { existsSync, realpathSync } from "node:fs";
import { dirname, join, sep } from "node:path";

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
  /** node_modules folders of the worktree. */
  readonly nodeModules: readonly string[];
  /** Folders inside them that stay writable. */
  readonly caches: readonly string[];
}

/** The home directory a command sees: its own, empty, gone when it ends. */
export const privateHome = "/tmp/home";

/**
 * Arguments for `bwrap`: the whole machine read-only, without the home directory, the user's checkout, other agents'
 * worktrees, sockets in /run; the unit's worktree and output folder writable; no capability, so that root in a
 * container cannot undo the mounts.
 */
export function bubblewrapArgs(policy: SandboxPolicy, place: SandboxPlace): readonly string[] {
  const { cwd, outDir } = place;
  const hidden = outermost([
    policy.home,
    "/root",
    "/home",
    "/run",
    "/var/run",
    "/var/tmp",
    policy.checkout,
    dirname(cwd),
  ]);
  return [
    ["--die-with-parent", "--new-session", "--cap-drop", "ALL"],
    [
      "--unshare-user-try",
      "--unshare-pid",
      "--unshare-ipc",
      "--unshare-uts",
      "--unshare-cgroup-try",
    ],
    place.network ? [] : ["--unshare-net"],
    ["--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc", "--tmpfs", "/tmp"],
    ["--tmpfs", "/dev/shm"],
    hidden.flatMap((path) => ["--tmpfs", path]),
    ["--dir", privateHome],
    toolFolders(policy, hidden).flatMap((path) => ["--ro-bind", path, path]),
    place.network ? resolverFiles().flatMap((path) => ["--ro-bind-try", path, path]) : [],
    ["--ro-bind", policy.gitDir, policy.gitDir],
    ["--bind", cwd, cwd, "--bind", outDir, outDir],
    ["--ro-bind", join(cwd, ".git"), join(cwd, ".git")],
    place.nodeModules.flatMap((path) => ["--ro-bind", path, path]),
    place.caches.flatMap((path) => ["--bind", path, path]),
    ["--chdir", cwd],
  ].flat();
}

/** Existing folders, without those inside another: a folder that is hidden cannot be hidden once more inside. */
function outermost(paths: readonly string[]): readonly string[] {
  const real = [
    ...new Set(
      paths.filter((path) => path !== "/" && existsSync(path)).map((path) => realpathSync(path)),
    ),
  ];
  return real.filter(
    (path) =>
      !path.startsWith(`/tmp${sep}`) &&
      path !== "/tmp" &&
      !real.some((other) => path.startsWith(other + sep)),
  );
}

/** Tool chains on PATH below a hidden folder: the folder above `bin`, since a program's libraries lie beside it. */
function toolFolders(policy: SandboxPolicy, hidden: readonly string[]): readonly string[] {
  const folders = [...policy.path.split(":"), dirname(process.execPath)]
    .filter((folder) => folder.startsWith("/") && existsSync(folder))
    .map((folder) => realpathSync(folder))
    .filter(
      (folder) =>
        hidden.some((path) => folder.startsWith(path + sep)) || folder.startsWith("/tmp/"),
    )
    .map((folder) => (folder.endsWith(`${sep}bin`) ? dirname(folder) : folder));
  // A `bin` directly in a hidden folder would bring the whole folder back: then only the `bin` itself is shown.
  return [
    ...new Set(folders.map((folder) => (hidden.includes(folder) ? join(folder, "bin") : folder))),
  ];
}

function resolverFiles(): readonly string[] {
  return existsSync("/etc/resolv.conf") ? [realpathSync("/etc/resolv.conf")] : [];
}
