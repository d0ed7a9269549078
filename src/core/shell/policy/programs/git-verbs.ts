import type { ShellWord } from "../../script.ts";
import { allowed, ask, type ShellVerdict } from "../../verdict.ts";
import { judgeValue } from "../judge-value.ts";
import type { CommandPlace, ProgramPolicy } from "../program-policy.ts";

type Verb = Omit<ProgramPolicy, "names" | "allow" | "notAllow">;

const formats =
  "oneline graph all branches tags remotes decorate no-decorate merges no-merges first-parent reverse topo-order date-order author-date-order full-history simplify-merges follow source use-mailmap no-mailmap abbrev-commit no-abbrev-commit parents children left-right cherry-pick cherry-mark boundary not reflog walk-reflogs invert-grep all-match regexp-ignore-case extended-regexp fixed-strings perl-regexp basic-regexp no-notes clear-decorations no-expand-tabs cherry left-only right-only full-diff log-size no-walk do-walk";
const diffs =
  "patch no-patch raw patch-with-raw patch-with-stat minimal patience histogram indent-heuristic no-indent-heuristic numstat shortstat summary name-only name-status cumulative check full-index binary text ignore-space-at-eol ignore-cr-at-eol ignore-space-change ignore-all-space ignore-blank-lines function-context exit-code quiet no-color no-color-moved no-renames rename-empty no-rename-empty pickaxe-all pickaxe-regex no-prefix cached staged merge-base no-ext-diff no-textconv compact-summary no-relative no-commit-id root ita-invisible-in-index ita-visible-in-index cc combined-all-paths";
const attachedDiffs = {
  stat: "text",
  color: ["always", "never", "auto"],
  "color-moved": "text",
  "color-words": "text",
  "word-diff": "text",
  "word-diff-regex": "text",
  abbrev: "number",
  relative: "text",
  "find-renames": "text",
  "find-copies": "text",
  "find-copies-harder": "text",
  "break-rewrites": "text",
  dirstat: "text",
  submodule: ["short", "log"],
  decorate: "text",
  "diff-merges": "text",
  date: "text",
  pretty: "text",
  M: "text",
  C: "text",
  B: "text",
} as const;
const valueDiffs = {
  U: "number",
  unified: "number",
  S: "text",
  G: "text",
  O: (): ShellVerdict => ask("git -O reads a file"),
  l: "number",
  "diff-filter": "text",
  "diff-algorithm": "text",
  "inter-hunk-context": "number",
  "src-prefix": "text",
  "dst-prefix": "text",
  "ws-error-highlight": "text",
  "stat-width": "number",
} as const;
const valueLogs = {
  n: "number",
  L: "text",
  "max-count": "number",
  skip: "number",
  since: "text",
  after: "text",
  until: "text",
  before: "text",
  author: "text",
  committer: "text",
  grep: "text",
  date: "text",
  format: "text",
  pretty: "text",
  exclude: "text",
  "decorate-refs": "text",
  "min-parents": "number",
  "max-parents": "number",
} as const;
const logFlags = "pusczwbaRgiEFPmt0";

/** A revision, or a path in the work tree: what leads outside of the project, or to a secret by its name, is asked about. */
function revisionOrPath(word: ShellWord, place: CommandPlace): ShellVerdict {
  if (word.kind !== "literal") return judgeValue(word, "path", place);
  const { text } = word;
  // `HEAD:path` is a file of a commit, `:(top)x` a pattern.
  if (/^[\w./~^@{}-]*:[^/]/.test(text)) {
    const path = text.slice(text.indexOf(":") + 1);
    return path.startsWith("(")
      ? allowed
      : judgeValue({ kind: "literal", text: path }, "path", place);
  }
  const isRevision = /^[\w^@{}~.-]+(\.{2,3}[\w^@{}~./-]*)?$/.test(text) && !text.startsWith(".");
  return isRevision && !/env|secret|key|pem|cred/i.test(text)
    ? allowed
    : judgeValue(word, "path", place);
}

/** A setting by its full name, of those that hold no token. */
function configKey(word: ShellWord): ShellVerdict {
  const isOpen =
    word.kind === "literal" &&
    /^[\w./-]+$/.test(word.text) &&
    !/extraheader|token|pass|helper|insteadof|cookie|secret|auth|key/i.test(word.text);
  return isOpen ? allowed : ask("git config of a setting that may hold a secret");
}

const log: Verb = {
  flags: logFlags,
  long: `${formats} ${diffs} stat decorate patch`,
  values: { ...valueLogs, ...valueDiffs },
  attached: attachedDiffs,
  digits: true,
  operands: revisionOrPath,
};

/** Only options, or only what is listed by a pattern: an operand alone would create or delete. */
function listing(verb: Verb, lists: readonly string[]): Verb {
  return {
    ...verb,
    check: ({ options, operands }) =>
      operands.length === 0 || options.some(({ name }) => lists.includes(name))
        ? allowed
        : ask("git: an operand that creates something"),
  };
}

/** `git <verb> <sub>` where only some of the second verbs look. */
function second(
  ways: Readonly<Record<string, "none" | "any">>,
  bare: boolean,
  more: Partial<Verb> = {},
): Verb {
  return {
    flags: "v",
    long: "verbose porcelain stat patch recursive cached",
    values: { n: "number" },
    ...more,
    operands: "text",
    check: ({ operands: [first, ...rest] }) => {
      if (first === undefined) return bare ? allowed : ask("git: it does more than look");
      const way = first.kind === "literal" ? ways[first.text] : undefined;
      if (way === undefined) return ask("git: it does more than look");
      return way === "none" && rest.length > 0 ? ask("git: it does more than look") : allowed;
    },
  };
}

const verbs: Readonly<Record<string, Verb>> = {
  log,
  show: { ...log },
  reflog: {
    ...log,
    operands: "text",
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
    flags: "sbvuz",
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
    ["l", "list", "contains", "no-contains", "merged", "no-merged"],
  ),
  remote: second({ "get-url": "any" }, true),
  stash: {
    ...log,
    operands: "text",
    check: ({ operands: [first] }) =>
      first?.kind === "literal" && (first.text === "list" || first.text === "show")
        ? allowed
        : ask("git stash changes files"),
  },
  worktree: second({ list: "none" }, false),
  submodule: second({ status: "any", summary: "none" }, true, {
    long: "cached quiet",
  }),
  notes: second({ list: "any", show: "any" }, true),
  bisect: second({ log: "none" }, false),
  bundle: second({}, false),
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
  "rev-list-count": log,
  "merge-tree": { long: "name-only messages no-messages", operands: "text" },
  "verify-commit": { operands: () => ask("git verify-commit runs gpg") },
  "ls-remote": { operands: () => ask("git ls-remote uses the network") },
};

export const gitVerbs: ReadonlyMap<string, ProgramPolicy> = new Map(
  Object.entries(verbs).map(([name, verb]) => [
    name,
    { ...verb, names: [`git ${name}`], allow: [], notAllow: [] },
  ]),
);
