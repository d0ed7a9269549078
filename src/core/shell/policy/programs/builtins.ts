import { isOwnVariable } from "../../judge-assignment.ts";
import type { ShellWord, SimpleCommand } from "../../script.ts";
import { allowed, ask, join, type ShellVerdict } from "../../verdict.ts";
import { judgeValue } from "../judge-value.ts";
import { shown } from "../parse-call.ts";
import type { CommandPlace, ProgramPolicy } from "../program-policy.ts";

/** Tests of one word: about a file, or about text. `-v` and `-R` evaluate what a name holds. */
const onFile = /^-[abcdefghkprstuwxGLNOS]$/;
const onText = /^-[nz]$/;
const comparing: ReadonlySet<string> = new Set(
  "= == != < > -eq -ne -lt -le -gt -ge -nt -ot -ef".split(" "),
);
const joining: ReadonlySet<string> = new Set(["!", "-a", "-o", "(", ")"]);

/** `test` and `[`: three words at a time, so that a word that is not known stays between operators that are. */
function judgeTest(
  { words: [program, ...rest] }: SimpleCommand,
  place: CommandPlace,
): ShellVerdict {
  const isBracket = program?.kind === "literal" && program.text.endsWith("[");
  const last = rest.at(-1);
  if (isBracket && !(last?.kind === "literal" && last.text === "]")) return ask("[ without its ]");
  const words = isBracket ? rest.slice(0, -1) : rest;
  const verdicts: ShellVerdict[] = [];
  for (let at = 0; at < words.length; at++) {
    const [word, next, after] = [words[at], words[at + 1], words[at + 2]];
    if (word === undefined) break;
    if (word.kind === "dynamic" && word.shape === "many")
      return ask(`test: ${shown(word)} may become operators`);
    if (next?.kind === "literal" && comparing.has(next.text) && after !== undefined) {
      const rule = /^-(nt|ot|ef)$/.test(next.text) ? "path" : "text";
      verdicts.push(judgeValue(word, rule, place), judgeValue(after, rule, place));
      at += 2;
    } else if (word.kind === "literal" && next !== undefined && onFile.test(word.text)) {
      verdicts.push(judgeValue(next, "path", place));
      at++;
    } else if (word.kind === "literal" && next !== undefined && onText.test(word.text)) {
      verdicts.push(judgeValue(next, "text", place));
      at++;
    } else if (word.kind === "literal" && joining.has(word.text)) {
      continue;
    } else if (words.length === 1) {
      return allowed;
    } else return ask(`test: nothing is known of ${shown(word)}`);
  }
  return join(verdicts);
}

/** `printf -v` assigns, and `%n` does in other printfs. */
function judgePrintf({ words: [, format, ...rest] }: SimpleCommand): ShellVerdict {
  const first = format?.kind === "literal" && format.text === "--" ? rest[0] : format;
  if (first?.kind !== "literal") return ask("printf with a format that nobody knows");
  if (first.text.startsWith("-") && format === first) return ask(`printf ${first.text}`);
  return /%[^a-zA-Z%]*[hjlLqtz]*n/.test(first.text) ? ask("printf with %n") : allowed;
}

/** A variable of the script: anything else is evaluated, or changes what programs do. */
function ownName(word: ShellWord): ShellVerdict {
  return word.kind === "literal" && isOwnVariable(word.text)
    ? allowed
    : ask(`read into ${shown(word)}`);
}

export const builtinPolicies: readonly ProgramPolicy[] = [
  {
    names: ["echo"],
    takesAnything: true,
    isBuiltin: true,
    operands: "none",
    judge: () => allowed,
    allow: ["echo a b", 'echo "$x" $y *.ts', "echo -n a", "echo src/* *.none [x]"],
    // The names of what lies outside are nobody's business either.
    notAllow: ["echo /etc/*", "echo ../*", "echo ~/.ssh/*", "echo up/*", "echo src/*/../../../*"],
  },
  {
    names: ["printf"],
    isBuiltin: true,
    operands: "none",
    judge: judgePrintf,
    allow: ["printf '%s\\n' a b", "printf -- '-%s' a"],
    notAllow: [
      "printf -v x a",
      'printf "$x"',
      "printf %n x",
      "printf '%ln' PATH",
      "printf '%5.3hhn' x",
      "printf '%s ' /etc/*",
    ],
  },
  {
    names: ["true", "false", ":"],
    isBuiltin: true,
    operands: "none",
    judge: () => allowed,
    allow: ["true", ": anything at all"],
    notAllow: [],
  },
  {
    names: ["pwd"],
    isBuiltin: true,
    flags: "LP",
    operands: "none",
    allow: ["pwd", "pwd -P"],
    notAllow: ["pwd x"],
  },
  {
    names: ["test", "["],
    isBuiltin: true,
    operands: "none",
    judge: judgeTest,
    allow: ["test -f README.md", "[ -d src ]", "[ a = b ]", "[ 1 -lt 2 ]", '[ -n "$x" ]'],
    notAllow: ["test -v x", "[ -R x ]", "[ $x = a ]", "[ -f a"],
  },
  {
    names: ["type"],
    isBuiltin: true,
    flags: "afptP",
    operands: "text",
    allow: ["type ls", "type -a git"],
    notAllow: ["type -x ls"],
  },
  {
    names: ["read"],
    isBuiltin: true,
    flags: "rs",
    values: { d: "text", n: "number", N: "number", t: "number" },
    operands: ownName,
    operandsMin: 1,
    allow: ["read -r line", "read -r a b"],
    notAllow: [
      "read",
      "read 'a[$(id)]'",
      "read PATH",
      "read -p x y",
      "read -u 3 x",
      "read -a list",
    ],
  },
  {
    // It ends the script sooner, or says more.
    names: ["set"],
    isBuiltin: true,
    flags: "eux",
    values: { o: ["errexit", "nounset", "pipefail", "xtrace"] },
    operands: "none",
    operandsMin: 0,
    check: ({ options }) => (options.length > 0 ? allowed : ask("set shows every variable")),
    allow: ["set -e", "set -euo pipefail"],
    notAllow: ["set", "set -- a b", "set -f", "set +e", "set -o posix", "set -a", "set -o"],
  },
  {
    names: ["help"],
    isBuiltin: true,
    flags: "dms",
    operands: "text",
    allow: ["help cd"],
    notAllow: ["help -x"],
  },
  {
    names: ["tee"],
    flags: "aip",
    operands: ["/dev/null", "/dev/stderr", "/dev/stdout"],
    allow: ["ls | tee /dev/stderr", "ls | tee"],
    notAllow: ["ls | tee out", "ls | tee -a README.md"],
  },
  {
    names: ["umask", "ulimit", "times", "jobs"],
    isBuiltin: true,
    flags: "aSHcdflmnpstuv",
    operands: "none",
    allow: ["umask", "ulimit -a", "ulimit -n"],
    notAllow: ["umask 000", "ulimit -n 10"],
  },
  {
    names: ["exit", "return", "break", "continue"],
    isBuiltin: true,
    operands: "number",
    operandsMax: 1,
    allow: ["exit 0", "break"],
    notAllow: ["exit a"],
  },
];
