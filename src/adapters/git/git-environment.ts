import { gitConfigVariables, neutralGitConfig } from "../../core/shell/git/neutral-git.ts";

/** `merge.conflictStyle` shows the reducer the common base. */
const own: Readonly<Record<string, string>> = { "merge.conflictStyle": "diff3" };

/** Of this process; nothing else leaks in, least of all GIT_DIR, GIT_INDEX_FILE and the like. */
const kept = ["PATH", "HOME", "XDG_CONFIG_HOME", "USER", "LOGNAME", "TMPDIR"] as const;

/**
 * The environment of every git call. Identity, ignore rules and LFS come from the user's own configuration files;
 * `config` overrides whatever the repository says.
 */
export function gitEnvironment(
  config: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const inherited = kept.flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    ...Object.fromEntries(inherited),
    LC_ALL: "C",
    GIT_TERMINAL_PROMPT: "0",
    GIT_OPTIONAL_LOCKS: "0",
    // A path is a path: `:(top)` and `*` in a file's name mean themselves.
    GIT_LITERAL_PATHSPECS: "1",
    // Large files stay pointers in worktrees: fetching them would need the network, and their filter turns the pointer
    // back into itself on commit.
    GIT_LFS_SKIP_SMUDGE: "1",
    ...gitConfigVariables({ ...neutralGitConfig, ...own, ...config }),
  };
}
