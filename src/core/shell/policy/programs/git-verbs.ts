import { allowed, ask } from "../../verdict.ts";
import type { ProgramPolicy } from "../program-policy.ts";
import { formats, type GitVerb, log, logFlags } from "./git-log-options.ts";
import { configKey, revisionOrPath } from "./git-names.ts";

/** Only options, or only what is listed by a pattern: an operand alone would create or delete. */
function listing(verb: GitVerb, lists: readonly string[]): GitVerb {
  return {
    ...verb,
    check: ({ options, operands }) =>
      operands.length === 0 || options.some(({ name }) => lists.includes(name))
        ? allowed
        : ask("git: an operand that creates something"),
  };
}

/** By the verb, or by the verb and the one behind it; a second verb that is not here does more than look. */
const verbs: Readonly<Record<string, GitVerb>> = {
  log,
  show: { ...log },
  reflog: {
    ...log,
    check: ({ operands: [first] }) =>
      first?.kind === "literal" && /^(expire|delete|drop|write)$/.test(first.text)
        ? ask("git reflog deletes")
        : allowed,
  },
  whatchanged: log,
  diff: { ...log, long: `${log.long}` },
  "diff-tree": { ...log, flags: `${logFlags}rtvm` },
  "diff-index": log,
  "diff-files": log,
  "range-diff": { ...log, values: { ...log.values, "creation-factor": "number" } },
  "rev-list": { ...log, long: `${log.long} count objects header timestamp` },
  cherry: { flags: "v", values: { abbrev: "number" }, operands: "text" },
  shortlog: { ...log, flags: "nsecw", long: `${formats} numbered summary email committer` },
  status: {
    flags: "sbvz",
    long: "short branch show-stash long verbose no-ahead-behind ahead-behind no-renames renames null",
    attached: {
      porcelain: "text",
      "untracked-files": "text",
      ignored: "text",
      column: "text",
      u: "text",
      "find-renames": "text",
    },
    operands: "path",
  },
  blame: {
    flags: "bcefklnpstw",
    long: "root show-stats porcelain line-porcelain incremental show-name show-number show-email",
    values: { L: "text", date: "text", abbrev: "number" },
    attached: { M: "text", C: "text" },
    operands: revisionOrPath,
  },
  "ls-files": {
    flags: "ctdmoisukvzf",
    long: "cached deleted modified others ignored stage unmerged killed directory no-empty-directory eol deduplicate exclude-standard error-unmatch full-name debug sparse",
    values: { x: "text", exclude: "text", format: "text" },
    attached: { abbrev: "number" },
    operands: "path",
  },
  "ls-tree": {
    flags: "drtlz",
    long: "long name-only name-status object-only full-name full-tree",
    values: { format: "text" },
    attached: { abbrev: "number" },
    operands: revisionOrPath,
  },
  "cat-file": {
    flags: "petsZ",
    operands: revisionOrPath,
    operandsMax: 2,
  },
  "rev-parse": {
    flags: "q",
    long: "short verify quiet abbrev-ref symbolic symbolic-full-name show-toplevel show-prefix show-cdup is-inside-work-tree is-inside-git-dir is-bare-repository is-shallow-repository git-dir git-common-dir absolute-git-dir all branches tags remotes show-superproject-working-tree show-object-format",
    attached: { short: "number", "abbrev-ref": "text", "git-path": "text", "path-format": "text" },
    operands: revisionOrPath,
  },
  grep: {
    flags: "nilLcwvhHaIEFGPpWqz",
    long: "line-number column ignore-case word-regexp invert-match full-name extended-regexp basic-regexp perl-regexp fixed-strings files-with-matches files-without-match name-only count heading break show-function function-context quiet all-match untracked cached text and or not only-matching no-color null",
    values: {
      e: "text",
      A: "number",
      B: "number",
      C: "number",
      m: "number",
      "max-depth": "number",
      "max-count": "number",
      threads: "number",
      "after-context": "number",
      "before-context": "number",
      context: "number",
    },
    attached: { color: ["always", "never", "auto"] },
    operands: { first: ["text"], rest: revisionOrPath },
    withoutFirst: ["e"],
  },
  branch: listing(
    {
      flags: "arvqil",
      long: "all remotes verbose list show-current ignore-case no-column no-color no-abbrev quiet omit-empty",
      values: { sort: "text", format: "text", "points-at": "text" },
      attached: {
        merged: "text",
        "no-merged": "text",
        contains: "text",
        "no-contains": "text",
        abbrev: "number",
        color: "text",
        column: "text",
      },
      operands: "text",
    },
    ["l", "list", "contains", "no-contains", "merged", "no-merged"],
  ),
  tag: listing(
    {
      flags: "li",
      long: "list ignore-case no-column",
      values: { sort: "text", format: "text", "points-at": "text" },
      attached: {
        n: "number",
        merged: "text",
        "no-merged": "text",
        contains: "text",
        "no-contains": "text",
        column: "text",
        color: "text",
      },
      operands: "text",
    },
    ["l", "n", "list", "contains", "no-contains", "merged", "no-merged"],
  ),
  remote: { flags: "v", long: "verbose", operands: "none" },
  "remote get-url": { long: "push all", operands: "text" },
  "stash list": log,
  "stash show": log,
  "worktree list": { flags: "vz", long: "porcelain verbose", operands: "none" },
  // `summary` logs inside of the submodule, by that repository's own settings.
  submodule: { long: "quiet cached", operands: "none" },
  "submodule status": { long: "quiet cached", operands: "path" },
  notes: { operands: "none" },
  "notes list": { operands: "text" },
  "notes show": { operands: "text" },
  "bisect log": { operands: "none" },
  "config get": {
    flags: "z",
    long: "all null show-origin show-scope global local system worktree includes",
    values: { default: "text", type: "text" },
    operands: configKey,
    operandsMin: 1,
    operandsMax: 1,
  },
  config: {
    flags: "lz",
    long: "list null name-only show-origin show-scope global local system worktree includes",
    values: { get: configKey, "get-all": configKey, default: "text", type: "text" },
    operands: "text",
    operandsMax: 1,
    check: ({ options, operands: [first] }) => {
      const isSecret = options.some(({ name }) => name === "l" || name === "list");
      if (isSecret) return ask("git config lists every value, tokens too");
      return first === undefined ? allowed : configKey(first);
    },
  },
  describe: {
    long: "all tags long always exact-match first-parent debug",
    values: { match: "text", exclude: "text", candidates: "number" },
    attached: { dirty: "text", broken: "text", abbrev: "number", contains: "text" },
    operands: "text",
  },
  "merge-base": {
    flags: "a",
    long: "all octopus independent is-ancestor fork-point",
    operands: "text",
  },
  "name-rev": {
    long: "tags all name-only always no-undefined",
    values: { refs: "text" },
    operands: "text",
  },
  "for-each-ref": {
    long: "ignore-case omit-empty",
    values: { count: "number", sort: "text", format: "text", "points-at": "text" },
    attached: { contains: "text", "no-contains": "text", merged: "text", "no-merged": "text" },
    operands: "text",
  },
  "show-ref": {
    flags: "dqs",
    long: "head heads tags branches dereference hash verify quiet",
    attached: { hash: "number", abbrev: "number" },
    operands: "text",
  },
  "symbolic-ref": { flags: "q", long: "short quiet no-recurse", operands: "text", operandsMax: 1 },
  "count-objects": { flags: "vH", long: "verbose human-readable", operands: "none" },
  "check-ignore": { flags: "qvnz", long: "quiet verbose non-matching no-index", operands: "path" },
  "check-attr": { flags: "az", long: "all cached", operands: "text" },
  "check-ref-format": { long: "branch allow-onelevel normalize", operands: "text" },
  var: {
    operands: ["GIT_AUTHOR_IDENT", "GIT_COMMITTER_IDENT", "GIT_DEFAULT_BRANCH"],
    operandsMax: 1,
  },
};

export const gitVerbs: ReadonlyMap<string, ProgramPolicy> = new Map(
  Object.entries(verbs).map(([name, verb]) => [
    name,
    { ...verb, names: [`git ${name}`], allow: [], notAllow: [] },
  ]),
);
