import type { ShellWord, SimpleCommand } from "../../script.ts";
import { allowed, ask, join, type ShellVerdict } from "../../verdict.ts";
import { judgeValue } from "../judge-value.ts";
import { shown } from "../parse-call.ts";
import type { CommandPlace, ProgramPolicy } from "../program-policy.ts";

/** Tests and actions that take no word. */
const bare: ReadonlySet<string> = new Set(
  "( ) ! , -not -a -and -o -or -true -false -prune -print -print0 -ls -quit -empty -depth -d -daystart -mount -xdev -noleaf -nouser -nogroup -executable -readable -writable -ignore_readdir_race -nowarn -warn".split(
    " ",
  ),
);
/** Tests with a word that is compared. */
const comparing: ReadonlySet<string> = new Set(
  "-name -iname -path -ipath -wholename -iwholename -regex -iregex -regextype -type -xtype -size -perm -user -group -uid -gid -links -inum -amin -atime -cmin -ctime -mmin -mtime -used -maxdepth -mindepth -fstype -lname -ilname -printf".split(
    " ",
  ),
);
/** Tests that look at a file given by name. */
const byFile: ReadonlySet<string> = new Set(["-newer", "-anewer", "-cnewer", "-samefile"]);

/** `find` is an expression of its own: starting points, then tests and actions, each known or asked about. */
function judgeFind({ words }: SimpleCommand, place: CommandPlace): ShellVerdict {
  const [, ...rest] = words;
  const [only] = rest;
  if (rest.length === 1 && (isText(only, "--version") || isText(only, "--help"))) return allowed;
  const verdicts: ShellVerdict[] = [];
  let at = 0;
  while (isText(rest[at], "-P")) at++;
  for (; isStart(rest[at]); at++) {
    const start = rest[at] ?? { kind: "literal", text: "." };
    verdicts.push(judgeValue(start, "tree", place));
  }
  if (at === 0 || verdicts.length === 0)
    verdicts.push(judgeValue({ kind: "literal", text: "." }, "tree", place));
  for (; at < rest.length; at++) {
    const word = rest[at];
    if (word === undefined) break;
    if (word.kind !== "literal") return ask(`find: nobody knows what ${shown(word)} is`);
    const { text } = word;
    if (bare.has(text)) continue;
    const value = rest[at + 1];
    if (value !== undefined && comparing.has(text)) {
      verdicts.push(judgeValue(value, "text", place));
      at++;
    } else if (value !== undefined && (byFile.has(text) || /^-newer[aBcm][aBcm]$/.test(text))) {
      verdicts.push(judgeValue(value, "path", place));
      at++;
    } else return ask(`find: ${text} is not known to be harmless`);
  }
  return join(verdicts);
}

/** Starting points end where the expression begins. */
function isStart(word: ShellWord | undefined): word is ShellWord {
  return word !== undefined && !(word.kind === "literal" && /^(-.|[(!,]$)/.test(word.text));
}

function isText(word: ShellWord | undefined, text: string): boolean {
  return word?.kind === "literal" && word.text === text;
}

export const findPolicies: readonly ProgramPolicy[] = [
  {
    names: ["find"],
    noPatterns: true,
    operands: "none",
    judge: judgeFind,
    allow: ["find . -name '*.ts'", "find . -path ./node_modules -prune -o -print"],
    notAllow: [
      "find . -delete",
      "find . -exec rm {} ;",
      "find / -name x",
      "find . -fprintf out x",
      "find . -ok ls {} ;",
      "find -L .",
      "find . -exec sh -c 'x {}' ;",
      "find . -files0-from x",
    ],
  },
  {
    names: ["fd", "fdfind"],
    flags: "aFgHIilps01",
    long: "hidden no-ignore absolute-path glob fixed-strings full-path ignore-case case-sensitive list-details print0 version help unrestricted",
    values: {
      d: "number",
      e: "text",
      E: "text",
      t: "text",
      S: "text",
      "max-depth": "number",
      "min-depth": "number",
      extension: "text",
      exclude: "text",
      type: "text",
      size: "text",
      color: ["always", "never", "auto"],
      "changed-within": "text",
      "changed-before": "text",
      "max-results": "number",
    },
    operands: { first: ["text"], rest: "tree" },
    check: (_call, place) =>
      place.cwd === undefined ? ask("it searches a folder that nobody knows") : allowed,
    allow: ["fd -e ts", "fd parse src", "fd -t f"],
    notAllow: ["fd -x rm", "fd . /", "fd -X sh", "fd --base-directory / x", "fd -L x"],
  },
];
