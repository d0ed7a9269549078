import { neutralGitConfig } from "./neutral-git.ts";

/** One line of `git config --list --show-scope`. */
export interface GitSetting {
  readonly scope: string;
  /** As git prints it: section and last part in lower case. */
  readonly key: string;
  readonly value: string;
}

/** What runs something, or leads elsewhere, under a name that no fixed list can hold. */
const executing: readonly RegExp[] = [
  /^include(if\..+)?\.path$/s,
  /^alias\./s,
  /^filter\..+\.(clean|smudge|process)$/s,
  /^diff\..+\.(command|textconv)$/s,
  /^merge\..+\.driver$/s,
  /^(difftool|mergetool|browser|man)\..+\.(cmd|path)$/s,
  /^guitool\./s,
  /^instaweb\./,
  /^hook\./s,
  /^trailer\..+\.(command|cmd)$/s,
  /^tar\..+\.command$/s,
  /^sendemail\.(.+\.)?(smtpserver|sendmailcmd|tocmd|cccmd|headercmd)$/s,
  /^imap\.tunnel$/,
  /^remote\..+\.(vcs|uploadpack|receivepack)$/s,
  /^submodule\..+\.update$/s,
  /^credential\..+\.helper$/s,
  /^lfs\.(extension|customtransfer)\./s,
  /^core\.(gitproxy|worktree)$/,
  /^(web|help)\.browser$/,
];
/** Files that git reads and may quote when they are not what it expects. */
const reading =
  /^(blame\.ignorerevsfile|mailmap\.file|core\.(excludesfile|attributesfile)|diff\.orderfile)$/;
/** A name that a later git may give to something that runs: better asked about than missed. */
const suspicious =
  /(command|cmd|program|helper|driver|hook|textconv|exec|tunnel|pager|editor|browser|askpass|monitor|filter)$/;
/** Suspicious names that say what to do, not what to run. */
const plain =
  /^(color\.pager|pager\..+|remote\..+\.partialclonefilter|clone\.filtersubmodules|uploadpack\.allowfilter|user\..+)$/s;

/**
 * A submodule's own say in whether git looks into it beats the injected `diff.ignoreSubmodules`, also out of
 * `.gitmodules`; looking into it, git obeys the filters of that repository's configuration.
 */
const lookedInto = /^submodule\..+\.ignore$/s;

const neutral = new Set(Object.keys(neutralGitConfig).map((key) => key.toLowerCase()));

/**
 * Why git must be asked about in this repository: a setting of the repository's own that runs something and that the
 * injected configuration cannot switch off. The user's own settings are trusted.
 */
export function gitHazardOf(settings: readonly GitSetting[]): string | undefined {
  const setting = settings.find(
    ({ scope, key, value }) => (scope === "local" || scope === "worktree") && isHazard(key, value),
  );
  return setting === undefined
    ? undefined
    : `the repository's git configuration has ${setting.key}, which may run a program`;
}

/** The same of what `.gitmodules` says, of which git obeys nothing else that runs. */
export function submoduleHazardOf(settings: readonly GitSetting[]): string | undefined {
  const setting = settings.find(({ key, value }) => isLookedInto(key, value));
  return setting === undefined
    ? undefined
    : `.gitmodules has ${setting.key}, so git runs inside the submodule, with that repository's filters`;
}

function isLookedInto(key: string, value: string): boolean {
  return lookedInto.test(key) && value !== "all" && value !== "dirty";
}

function isHazard(key: string, value: string): boolean {
  if (neutral.has(key)) return false;
  if (isLookedInto(key, value)) return true;
  if (executing.some((pattern) => pattern.test(key))) return true;
  if (reading.test(key)) return /^[/~%]|(^|\/)\.\.(\/|$)/.test(value);
  return suspicious.test(key) && !plain.test(key);
}
