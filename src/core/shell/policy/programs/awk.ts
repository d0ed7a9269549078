import type { ShellWord } from "../../script.ts";
import { allowed, ask, type ShellVerdict } from "../../verdict.ts";
import { judgeValue } from "../judge-value.ts";
import type { CommandPlace, ProgramPolicy } from "../program-policy.ts";

/** Names that run, read, write or tell what is not on the command line. */
const reaching: ReadonlySet<string> = new Set(
  "system getline close fflush ENVIRON PROCINFO SYMTAB FUNCTAB ARGV ARGC extension readfile writea reada asort asorti include load namespace".split(
    " ",
  ),
);
/** Words of the language after which a slash begins a pattern; after any other word of it awks disagree. */
const beforePattern: ReadonlySet<string> = new Set(
  "print printf return else do exit case".split(" "),
);
const otherWords: ReadonlySet<string> = new Set(
  "BEGIN BEGINFILE END ENDFILE break continue default delete for func function getline if in length next nextfile switch while".split(
    " ",
  ),
);
/** Signs after which a slash begins a pattern in every awk; none at all: the program begins. */
const beforeOperand: ReadonlySet<string> = new Set([
  "",
  "\n",
  ..."; { } ( , ! ~ !~ && || = == != < <= >= > ? :".split(" "),
]);
/** Behind the parentheses of these stands a statement, which may begin with a pattern. */
const conditional: ReadonlySet<string> = new Set(["if", "for", "while", "switch"]);
/** Newlines behind these do not end a statement. */
const goesOn: ReadonlySet<string> = new Set([",", "&&", "||", "?", ":"]);

/** An awk program without calls out, pipes, redirections and code from elsewhere. */
export function judgeAwkProgram(word: ShellWord): ShellVerdict {
  if (word.kind !== "literal") return ask("an awk program that nobody knows");
  const found = firstReach(word.text);
  return found === undefined ? allowed : ask(`awk: ${found}`);
}

function firstReach(program: string): string | undefined {
  // Some awks join what stands on both sides of it, others do not.
  if (program.includes("\\\n")) return "a line that goes on in the next one";
  let before = "";
  let printing = false;
  let depth = 0;
  const open: boolean[] = [];
  for (let left = program; left !== "";) {
    const slash = left.startsWith("/") ? slashAfter(before) : undefined;
    if (slash === "unclear" || (slash === "divides" && left.startsWith("/=")))
      return `a slash behind ${before}, which awks read differently`;
    const token = nextToken(left, slash);
    if (token === undefined) return `nothing is known of ${left.slice(0, 20)}`;
    left = left.slice(token.length);
    if (/^([ \t]+|#.*)$/.test(token)) continue;
    if (/^[A-Za-z_]\w*$/.test(token) && reaching.has(token)) return token;
    if (token === "|" || token === "|&" || token === "@")
      return `${token}, a pipe or code from elsewhere`;
    if (token === "print" || token === "printf") [printing, depth] = [true, 0];
    const isEnd = token === "\n" ? !goesOn.has(before) : [";", "}", "{"].includes(token);
    if (isEnd) printing = false;
    if (token === "(") {
      depth++;
      open.push(conditional.has(before));
    }
    const closes = token === ")" ? open.pop() : undefined;
    if (token === ")") depth--;
    if (printing && depth <= 0 && (token === ">" || token === ">>")) return "print to a file";
    // A blank line more does not end what a comma left open.
    if (token !== "\n" || isEnd)
      before = closes === true ? "a condition" : slash === "pattern" ? "a pattern" : token;
  }
  return undefined;
}

/** Where awks differ in whether a slash divides or begins a pattern, code could hide in what one takes for a text. */
function slashAfter(before: string): "divides" | "pattern" | "unclear" {
  if (beforeOperand.has(before) || beforePattern.has(before)) return "pattern";
  const isValue = /^[\w.]+$|^"|^[\])]$/.test(before) && !otherWords.has(before);
  return isValue ? "divides" : "unclear";
}

/** The next token: blanks, a comment, a string, a pattern, a name, a number, an operator. */
function nextToken(text: string, slash: "divides" | "pattern" | undefined): string | undefined {
  const simple =
    /^[ \t]+|^\n|^#[^\n]*|^[A-Za-z_]\w*|^(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?|^"(?:[^"\\\n]|\\.)*"/.exec(
      text,
    )?.[0];
  if (simple !== undefined) return simple;
  // Brackets that hold a slash, or begin with their end, are not closed at the same place by every awk.
  if (slash === "pattern") {
    return /^\/(?!=)(?:[^/\\\n[]|\\.|\[\^?(?:[^\][\\/\n^]|\\.|\[:[a-z]+:\])(?:[^\][\\/\n]|\\.|\[:[a-z]+:\])*\])+\//.exec(
      text,
    )?.[0];
  }
  return /^(?:\|\||\|&|&&|>>|>=|<=|==|!=|!~|\+\+|--|\*\*|[-+*/%^]=|[-+*/%^!<>|?:;,(){}[\]$~=@&.])/.exec(
    text,
  )?.[0];
}

/** Files, and `name=value` between them. */
function judgeFile(word: ShellWord, place: CommandPlace): ShellVerdict {
  if (word.kind === "literal" && /^[A-Za-z_]\w*=/.test(word.text)) {
    return /^(?:FS|OFS|RS|ORS|[a-z]\w*)=/.test(word.text)
      ? allowed
      : ask(`awk: it sets ${word.text}`);
  }
  return judgeValue(word, "path", place);
}

export const awkPolicies: readonly ProgramPolicy[] = [
  {
    names: ["awk", "gawk", "mawk", "nawk"],
    flags: "",
    long: "version help posix",
    values: {
      F: "text",
      v: (word) =>
        word.kind === "literal" && /^(?:FS|OFS|RS|ORS|[a-z]\w*)=/.test(word.text)
          ? allowed
          : ask("awk: a variable that nobody knows"),
    },
    optionsFirst: true,
    operands: { first: [judgeAwkProgram], rest: judgeFile },
    allow: [
      "awk '{print $1}' data/a.txt",
      "awk -F, '$3 > 30 {print $2}' data/users.csv",
      "awk 'NR==1' README.md",
      "awk '/x/{n++} END{print n}' README.md",
      "awk '{s+=$1} END{print s/NR, (s+1)/2}' data/numbers.txt",
      "awk '/[[:space:]]a$/ && !/b\\/c/ {print $1/2}' README.md",
      "awk '{print $1,\n$2}' data/a.txt",
    ],
    notAllow: [
      "awk 'BEGIN{system(\"id\")}'",
      "awk '{print > \"out\"}' README.md",
      "awk '{print | \"sh\"}' README.md",
      "awk -f prog README.md",
      "awk 'BEGIN{while((getline l < \"/etc/shadow\")>0) print l}'",
      "gawk -i inplace 1 x",
      "awk '@load \"x\"'",
      // A slash that divides for one awk begins a pattern for another, and hides code as text.
      `awk 'BEGIN{(1) /="/; system("id"); /"/}'`,
      `awk 'BEGIN{x /="/; system("id"); y="b" #"\n}'`,
      `awk 'BEGIN{print /"/; system("id"); print /"/}'`,
      `awk 'BEGIN{if (1) /"/; system("id"); print /"/}'`,
      `awk 'BEGIN{x++ / "a/ + "; system("id"); y="b" #"\n}'`,
      `awk '/a/ /"/; system("id"); print /"/'`,
      `awk '$/"/; {system("id")} /"/'`,
      `awk '/[/]/ "]/ {system("id")} /"/' README.md`,
      `awk '/[]/ "]/ {system("id")} /"/' README.md`,
      `awk 'BEGIN{print "x",\n"y" > "out"}'`,
      `awk 'BEGIN{print 1 && # more\n\n1 > "out"}'`,
      `gawk 'BEGIN{print 1 ?\n2 :\n3 > "out"}'`,
      "awk 'BEGIN{print ENVIRON[\"HOME\"]}'",
    ],
  },
];
