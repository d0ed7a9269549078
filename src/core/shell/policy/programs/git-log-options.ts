import { ask, type ShellVerdict } from "../../verdict.ts";
import type { ProgramPolicy } from "../program-policy.ts";
import { revisionOrPath } from "./git-names.ts";

/** What is known of one verb of git. */
export type GitVerb = Omit<ProgramPolicy, "names" | "allow" | "notAllow">;

/** Ways to show commits. */
export const formats =
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
  // Without its `=`, what follows is a revision or a file.
  pretty: "text",
  format: "text",
  exclude: "text",
  "min-parents": "number",
  "max-parents": "number",
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
  L: revisionOrPath,
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
  "decorate-refs": "text",
} as const;
export const logFlags = "pusczwbaRgiEFPmt0";

/** What `git log`, `git show` and their kin have in common. */
export const log: GitVerb = {
  flags: logFlags,
  long: `${formats} ${diffs} stat decorate patch`,
  values: { ...valueLogs, ...valueDiffs },
  attached: attachedDiffs,
  digits: true,
  operands: revisionOrPath,
};
