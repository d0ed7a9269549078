/**
 * Settings through which a hostile repository's configuration could run a program, or reach the network, when git is
 * called in it; each is set so that it does nothing. `merge.conflictStyle` shows the reducer the common base.
 */
const neutral: Readonly<Record<string, string>> = {
  "core.hooksPath": "/dev/null",
  "core.fsmonitor": "false",
  "core.sshCommand": "false",
  "core.askPass": "",
  "core.pager": "cat",
  "core.editor": "true",
  "core.alternateRefsCommand": "",
  "credential.helper": "",
  "protocol.allow": "never",
  "diff.external": "",
  // A submodule that an agent put a repository of its own into is never asked for its state: git would run there
  // without these settings.
  "diff.ignoreSubmodules": "all",
  "commit.gpgSign": "false",
  "gpg.program": "false",
  "gc.auto": "0",
  "maintenance.auto": "false",
  "submodule.recurse": "false",
  "merge.conflictStyle": "diff3",
  "safe.bareRepository": "explicit",
  "uploadpack.packObjectsHook": "",
};

/** Of this process; nothing else leaks in, least of all GIT_DIR, GIT_INDEX_FILE and the like. */
const kept = ["PATH", "HOME", "XDG_CONFIG_HOME", "USER", "LOGNAME", "TMPDIR"] as const;

/**
 * The environment of every git call. Identity, ignore rules and LFS come from the user's own configuration files;
 * `config` overrides whatever the repository says.
 */
export function gitEnvironment(
  config: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const own = kept.flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  const entries = Object.entries({ ...neutral, ...config });
  return {
    ...Object.fromEntries(own),
    LC_ALL: "C",
    GIT_TERMINAL_PROMPT: "0",
    GIT_OPTIONAL_LOCKS: "0",
    // A path is a path: `:(top)` and `*` in a file's name mean themselves.
    GIT_LITERAL_PATHSPECS: "1",
    // Large files stay pointers in worktrees: fetching them would need the network, and their filter turns the pointer
    // back into itself on commit.
    GIT_LFS_SKIP_SMUDGE: "1",
    GIT_CONFIG_COUNT: String(entries.length),
    ...Object.fromEntries(
      entries.flatMap(([key, value], index) => [
        [`GIT_CONFIG_KEY_${index}`, key],
        [`GIT_CONFIG_VALUE_${index}`, value],
      ]),
    ),
  };
}
