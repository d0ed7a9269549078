import {
  gitConfigVariables,
  neutralGitConfig,
  noTransport,
} from "../../core/shell/git/neutral-git.ts";

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
  return {
    ...inherited(kept),
    ...quiet,
    ...noTransport,
    ...gitConfigVariables({ ...neutralGitConfig, ...own, ...config }),
  };
}

/** Of this process, as far as they are set. */
export function inherited(names: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = process.env[name];
      return value === undefined ? [] : [[name, value] as const];
    }),
  );
}

const quiet = {
  LC_ALL: "C",
  GIT_TERMINAL_PROMPT: "0",
  GIT_OPTIONAL_LOCKS: "0",
  // A path is a path: `:(top)` and `*` in a file's name mean themselves.
  GIT_LITERAL_PATHSPECS: "1",
  // Large files stay pointers in worktrees: fetching them would need the network, and their filter turns the pointer
  // back into itself on commit.
  GIT_LFS_SKIP_SMUDGE: "1",
};

/** How the person reaches servers: keys, proxies, certificates, tokens of the tools that are credential helpers. */
export const networkNames: readonly string[] = [
  ...kept,
  ..."SSH_AUTH_SOCK GIT_SSH_COMMAND GIT_SSH GIT_SSL_CAINFO SSL_CERT_FILE SSL_CERT_DIR".split(" "),
  ..."http_proxy https_proxy no_proxy HTTP_PROXY HTTPS_PROXY NO_PROXY all_proxy ALL_PROXY".split(
    " ",
  ),
  ..."GH_TOKEN GITHUB_TOKEN GH_HOST GH_CONFIG_DIR GITLAB_TOKEN GITLAB_HOST".split(" "),
];

export type Scheme = "https" | "http" | "ssh" | "file";

/** What would keep even the person's own git from reaching a server; all other settings stay as strict as elsewhere. */
const { "core.sshCommand": _ssh, "credential.helper": _helper, ...strict } = neutralGitConfig;

/**
 * The environment of the few git calls that reach a server, in git folders that only Skein writes. One transport is
 * open, the one that the URL names; nothing asks for a password.
 */
export function remoteGitEnvironment(scheme: Scheme): Readonly<Record<string, string>> {
  return {
    ...inherited(networkNames),
    ...quiet,
    // Whatever ssh would ask a person at the terminal, the answer is no.
    SSH_ASKPASS: "false",
    SSH_ASKPASS_REQUIRE: "force",
    ...gitConfigVariables({
      ...strict,
      [`protocol.${scheme}.allow`]: "always",
      "http.lowSpeedLimit": "1000",
      "http.lowSpeedTime": "60",
    }),
  };
}
