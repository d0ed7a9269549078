import { judgeRead } from "../judge-redirection.ts";
import type { ShellWord } from "../script.ts";
import { allowed, ask, type ShellVerdict } from "../verdict.ts";
import { shown } from "./parse-call.ts";
import type { CommandPlace, ValueRule } from "./program-policy.ts";

/** Devices that give nothing of the machine away. */
const harmlessDevices: ReadonlySet<string> = new Set(["/dev/null", "/dev/stdin", "/dev/zero"]);

/** Whether one word may stand where a policy expects such a value. */
export function judgeValue(word: ShellWord, rule: ValueRule, place: CommandPlace): ShellVerdict {
  if (typeof rule === "function") return rule(word, place);
  if (rule === "text") {
    return word.kind === "dynamic" && word.shape === "many"
      ? ask(`nobody knows how many words ${shown(word)} becomes`)
      : allowed;
  }
  if (rule === "number") {
    const isNumber =
      word.kind === "literal"
        ? /^[+-]?(0x[\da-fA-F]+|\d+(\.\d+)?[a-zA-Z%]{0,2})$/.test(word.text)
        : word.kind === "dynamic" && word.shape === "number";
    return isNumber ? allowed : ask(`${shown(word)} is not a plain number`);
  }
  if (typeof rule === "object") {
    return word.kind === "literal" && rule.includes(word.text)
      ? allowed
      : ask(`${shown(word)} is not one of ${rule.join(", ")}`);
  }
  return judgePath(word, place);
}

function judgePath(word: ShellWord, place: CommandPlace): ShellVerdict {
  if (word.kind === "dynamic") {
    // A process substitution is a pipe; what fills it was judged for itself.
    if (word.why === "process substitution" && word.prefix === "") return allowed;
    return ask(`nobody knows which file ${shown(word)} is`);
  }
  if (word.kind === "glob") return ask(`nobody knows which files ${word.pattern} are`);
  if (word.text === "-" || harmlessDevices.has(word.text)) return allowed;
  return judgeRead(word.text, place);
}
