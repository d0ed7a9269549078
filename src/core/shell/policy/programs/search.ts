import { allowed, ask } from "../../verdict.ts";
import { judgeFilePattern } from "../judge-file-pattern.ts";
import { judgeValue } from "../judge-value.ts";
import type { ProgramPolicy } from "../program-policy.ts";

const colours = ["always", "never", "auto", "ansi"];

/** What a search without a file named searches: its input, or the folder it stands in. */
const searchesHere: NonNullable<ProgramPolicy["check"]> = (call, place) =>
  call.operands.length > 1 || place.stdin !== "none"
    ? allowed
    : place.cwd === undefined
      ? ask("it searches a folder that nobody knows")
      : judgeValue({ kind: "literal", text: "." }, "tree", place);

export const searchPolicies: readonly ProgramPolicy[] = [
  {
    names: ["grep", "egrep", "fgrep"],
    flags: "abcEFGhHiIlLnoPqrsTUvVwxyZz",
    long: "extended-regexp fixed-strings basic-regexp perl-regexp ignore-case no-ignore-case invert-match word-regexp line-regexp count files-without-match files-with-matches only-matching quiet silent no-messages byte-offset with-filename no-filename initial-tab null line-number text recursive line-buffered null-data help version",
    values: {
      A: "number",
      B: "number",
      C: "number",
      e: "text",
      m: "number",
      d: ["skip", "read", "recurse"],
      D: ["skip"],
      regexp: "text",
      "after-context": "number",
      "before-context": "number",
      context: "number",
      "max-count": "number",
      include: judgeFilePattern,
      exclude: "text",
      "exclude-dir": "text",
      "binary-files": "text",
      label: "text",
      directories: ["skip", "read", "recurse"],
    },
    attached: { color: colours, colour: colours },
    digits: true,
    operands: { first: ["text"], rest: "path" },
    withoutFirst: ["e", "regexp"],
    allow: ["grep -rn TODO src", "grep -e a -e b README.md", "grep --include='*.ts' -r x ."],
    notAllow: [
      "grep -f /etc/shadow README.md",
      "grep -R x .",
      "grep x /etc/shadow",
      "grep x .env",
      'grep x "$f"',
    ],
  },
  {
    names: ["rg"],
    flags: "0aciFHIlnNopPqsSuUvVwx",
    long: "count count-matches files files-with-matches files-without-match fixed-strings heading no-heading hidden ignore-case smart-case case-sensitive invert-match line-number no-line-number line-regexp word-regexp multiline multiline-dotall no-filename with-filename no-ignore no-ignore-vcs no-messages null only-matching pcre2 quiet stats trim type-list json vimgrep text column byte-offset passthru unrestricted no-config help version one-file-system",
    values: {
      A: "number",
      B: "number",
      C: "number",
      e: "text",
      g: judgeFilePattern,
      m: "number",
      t: "text",
      T: "text",
      j: "number",
      M: "number",
      r: "text",
      d: "number",
      E: "text",
      "after-context": "number",
      "before-context": "number",
      context: "number",
      regexp: "text",
      glob: judgeFilePattern,
      iglob: judgeFilePattern,
      "max-count": "number",
      "max-depth": "number",
      type: "text",
      "type-not": "text",
      sort: "text",
      sortr: "text",
      color: colours,
      colors: "text",
      "max-columns": "number",
      threads: "number",
      replace: "text",
      encoding: "text",
      "max-filesize": "text",
      "context-separator": "text",
    },
    operands: { first: ["text"], rest: "path" },
    withoutFirst: ["e", "regexp", "files", "type-list"],
    check: searchesHere,
    allow: [
      "rg -n TODO src",
      "rg -g '*.ts' x",
      "rg --files",
      "rg --type ts x src",
      "rg -T js -U x src",
      "rg x -g '*.{ts,tsx}' -g '!**/.env'",
    ],
    notAllow: [
      "rg --pre sh x",
      "rg --hostname-bin ./x y",
      "rg -L x",
      "rg x --hidden -g '.{e,}nv'",
      "rg x --hidden -g '.[[:alpha:]]nv'",
      "rg -f list",
      "rg -z x",
      "rg --ignore-file x y",
      "rg x ~/.ssh",
    ],
  },
  {
    // Not `ack`: it takes options from a file of the project.
    names: ["ag"],
    flags: "acFhHilLnoQsSvw",
    long: "hidden nocolor nogroup nobreak noheading column count literal ignore-case smart-case version",
    values: { A: "number", B: "number", C: "number", m: "number", G: "text", ignore: "text" },
    operands: { first: ["text"], rest: "path" },
    check: searchesHere,
    allow: ["ag TODO src"],
    notAllow: ["ack TODO src", "ag --pager sh x", "ag -f x", "ag -p x y"],
  },
];
