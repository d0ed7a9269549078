/**
 * Settings through which a repository's configuration could run a program, or reach the network, when git reads it;
 * each is set so that it does nothing. What has free names (filters, drivers, aliases) cannot be in a list: see
 * git-hazard.ts. test/adapters/git/neutral-git.test.ts proves every key with the real git.
 */
export const neutralGitConfig: Readonly<Record<string, string>> = {
  "core.hooksPath": "/dev/null",
  "core.fsmonitor": "false",
  "core.sshCommand": "false",
  "core.askPass": "",
  "core.pager": "cat",
  "core.editor": "true",
  "core.alternateRefsCommand": "",
  "sequence.editor": "true",
  "interactive.diffFilter": "",
  "credential.helper": "",
  "protocol.allow": "never",
  "diff.external": "",
  // A submodule that an agent put a repository of its own into is never asked for its state: git would run there
  // without these settings.
  "diff.ignoreSubmodules": "all",
  "commit.gpgSign": "false",
  "tag.gpgSign": "false",
  "push.gpgSign": "false",
  "log.showSignature": "false",
  "merge.verifySignatures": "false",
  "gpg.program": "false",
  "gpg.openpgp.program": "false",
  "gpg.x509.program": "false",
  "gpg.ssh.program": "false",
  "gpg.ssh.defaultKeyCommand": "",
  "gc.auto": "0",
  "gc.recentObjectsHook": "",
  "maintenance.auto": "false",
  "submodule.recurse": "false",
  "status.submoduleSummary": "false",
  "safe.bareRepository": "explicit",
  "uploadpack.packObjectsHook": "",
};

/**
 * Variables under which not even a partial clone fetches what it lacks: `protocol.file.allow` of the repository's own would
 * outrank `protocol.allow`, and its `remote.….uploadpack` is a program.
 */
export const noTransport: Readonly<Record<string, string>> = {
  // No name of a protocol.
  GIT_ALLOW_PROTOCOL: "none",
  GIT_NO_LAZY_FETCH: "1",
};

/** Variables that outrank configuration of any name: `pager.log`, `protocol.ext.allow`. */
const neutralGitVariables: Readonly<Record<string, string>> = {
  GIT_PAGER: "cat",
  GIT_TERMINAL_PROMPT: "0",
  GIT_OPTIONAL_LOCKS: "0",
  ...noTransport,
};

/** Variables that make git take `config` as if every command line had it. */
export function gitConfigVariables(
  config: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const entries = Object.entries(config);
  return {
    GIT_CONFIG_COUNT: String(entries.length),
    ...Object.fromEntries(
      entries.flatMap(([key, value], index) => [
        [`GIT_CONFIG_KEY_${index}`, key],
        [`GIT_CONFIG_VALUE_${index}`, value],
      ]),
    ),
  };
}

/** For a command that was allowed because it only looks; one that a person allowed to fetch or commit needs its own settings. */
export const neutralGitEnvironment: Readonly<Record<string, string>> = {
  ...neutralGitVariables,
  ...gitConfigVariables(neutralGitConfig),
};
