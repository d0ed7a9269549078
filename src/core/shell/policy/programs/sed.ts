import type { ShellWord } from "../../script.ts";
import { allowed, ask, join, type ShellVerdict } from "../../verdict.ts";
import type { ProgramPolicy } from "../program-policy.ts";

/** Patterns between other signs than slashes: `\,x,`. */
const otherPatterns = [",", "|", "#", "%", "@", "!"]
  .map((sign) => String.raw`|\\[${sign}](?:[^${sign}\\\n[]|\\.)*[${sign}][IM]*`)
  .join("");
/** Addresses: lines, `$`, steps, `/pattern/` with its flags. A pattern holds no newline and no bracket with a slash. */
const address = String.raw`(?:\d+(?:~\d+)?|\$|/(?:[^/\\\n[]|\\.|\[\^?\]?[^\]/\n]*\])*/[IM]*${otherPatterns})`;
const addresses = new RegExp(
  `^(?:${address}(?:[ \\t]*,[ \\t]*(?:[+~]?\\d+|${address}))?)?[ \\t]*!*[ \\t]*`,
);
/** Commands of one letter that print, delete, and move text between the two spaces. */
const plain = /^[dDgGhHlnNpPxz=]|^[qQ]\d{0,3}/;
// A newline ends them: what follows is a command.
const jumps = /^[btT][ \t]*[\w-]*(?=$|[;\n}])/;
/** A line of text to print: it ends with the line, whatever is in it. */
const added = /^[aic](?:[ \t]+|[ \t]*\\[ \t]*)[^\s\\][^\\\n]*(?=$|\n)/;
const label = /^:[ \t]*[\w-]+(?=$|[;\n])/;

/** A sed script of known commands; `e`, `w`, `r` and the flags `e` and `w` of `s` are not among them. */
export function judgeSedScript(word: ShellWord): ShellVerdict {
  if (word.kind !== "literal") return ask("a sed script that nobody knows");
  let left = word.text;
  while ((left = left.replace(/^[\s;{}]+/, "")) !== "") {
    if (left.startsWith("#")) {
      left = left.replace(/^#[^\n]*/, "");
      continue;
    }
    left = left.slice(addresses.exec(left)?.[0].length ?? 0);
    if (left.startsWith("{") || left.startsWith("}")) continue;
    const command = commandLength(left);
    if (command === undefined) return ask(`sed: nothing is known of ${left.slice(0, 20)}`);
    left = left.slice(command);
    if (!/^\s*($|[;\n}])/.test(left)) return ask(`sed: nothing is known of ${left.slice(0, 20)}`);
  }
  return allowed;
}

function commandLength(text: string): number | undefined {
  if (text.startsWith("s") || text.startsWith("y")) return substitutionLength(text);
  const found = plain.exec(text) ?? jumps.exec(text) ?? label.exec(text) ?? added.exec(text);
  return found?.[0].length;
}

/** `s/a/b/flags`: any delimiter that is not a letter, digit, blank or backslash; flags only `g`, `p`, `i`, `I`, `m`, `M` and numbers. */
function substitutionLength(text: string): number | undefined {
  const delimiter = text[1];
  if (delimiter === undefined || /[\w\s\\]/.test(delimiter)) return undefined;
  let at = 2;
  let inBracket = false;
  for (let part = 0; part < 2; at++) {
    const letter = text[at];
    if (letter === undefined || (letter === "\n" && part === 0)) return undefined;
    if (letter === "\\") at++;
    else if (letter === "[" && part === 0 && text[0] === "s") inBracket = true;
    else if (letter === "]") inBracket = false;
    // Inside of brackets sed still ends at the delimiter, other seds do not: nobody says which.
    else if (letter === delimiter && inBracket) return undefined;
    else if (letter === delimiter) part++;
  }
  const flags = text[0] === "s" ? (/^[gpiImM\d]*/.exec(text.slice(at))?.[0] ?? "") : "";
  return at + flags.length;
}

export const sedPolicies: readonly ProgramPolicy[] = [
  {
    names: ["sed"],
    flags: "nErsuz",
    long: "quiet silent regexp-extended separate unbuffered null-data posix debug sandbox help version",
    values: { e: judgeSedScript, expression: judgeSedScript, l: "number" },
    operands: { first: [judgeSedScript], rest: "path" },
    withoutFirst: ["e", "expression"],
    // `-s` and `-i` differ in a letter, `-n` before a script that ends in `w` does not: the script says it.
    check: (call) =>
      join(
        call.operands.length === 0 && call.options.length === 0
          ? [ask("sed without a script")]
          : [],
      ),
    allow: [
      "sed -n 1,5p README.md",
      "sed 's/a/b/g' README.md",
      "sed -e '/x/d' -e 's#a#b#' README.md",
      "sed '$d' README.md",
      "sed -E 's/(a)/\\1/' README.md",
      "sed -n '/start/,/end/p' docs/guide.md",
      "sed -n '\\,src,p' README.md",
      "sed ':a;N;$!ba;s/\\n/ /g' README.md",
      "sed '1i header' README.md",
      "sed '/x/a\\  text; e id' README.md",
    ],
    notAllow: [
      "sed -i s/a/b/ README.md",
      "sed 's/a/b/e' README.md",
      "sed 'w out' README.md",
      "sed '1e id' README.md",
      "sed 't\ne' README.md",
      "sed ':\ne' README.md",
      "sed -f script README.md",
      "sed 's/a/b/w out' README.md",
      "sed -n '1r /etc/shadow' README.md",
      "sed --in-place s/a/b/ x",
      "sed -ni p README.md",
      "sed 1e README.md",
      "sed 'a\\\ntext' README.md",
      "sed 'a text\ne id' README.md",
      "sed 'a te\\\ne id' README.md",
      "sed 'be;e id' README.md",
    ],
  },
];
