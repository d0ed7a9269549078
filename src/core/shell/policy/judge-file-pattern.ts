import { secretName } from "../paths/secret-names.ts";
import type { ShellWord } from "../script.ts";
import { allowed, ask, type ShellVerdict } from "../verdict.ts";
import { matcherOf } from "../words/expand-glob.ts";
import { judgeValue } from "./judge-value.ts";
import type { CommandPlace } from "./program-policy.ts";

/** Names that a pattern of names may not fit, unless it fits all there are. */
const secretNames = [
  ".env",
  ".env.local",
  ".npmrc",
  ".netrc",
  "id_rsa",
  "server.key",
  "server.pem",
];

const namesMax = 32;
const isSecretWord = /env|secret|cred|\.pem|\.key|id_/i;

/** A pattern of file names that singles out what holds secrets; one that leaves out (`!x`) never does. */
export function judgeFilePattern(word: ShellWord, place: CommandPlace): ShellVerdict {
  if (word.kind !== "literal") return judgeValue(word, "text", place);
  if (word.text.startsWith("!")) return allowed;
  const name = word.text.slice(word.text.lastIndexOf("/") + 1);
  const isOpen = alternatives(name)?.every(isOpenName) === true && !isSecretWord.test(word.text);
  return isOpen ? allowed : ask(`a search in ${word.text}, which may hold secrets`);
}

function isOpenName(name: string): boolean {
  if (name === "*" || name === "**" || name === "") return true;
  const matcher = matcherOf(name);
  return (
    matcher !== undefined &&
    secretName(`/${name}`) === undefined &&
    !secretNames.some((secret) => matcher(secret))
  );
}

/** `a.{b,c}` written out, innermost braces first. Undefined: too many, or not whole. */
function alternatives(name: string): readonly string[] | undefined {
  let names = [name];
  for (let at = 0; names[at] !== undefined;) {
    const found = /\{([^{}]*)\}/.exec(names[at] ?? "");
    if (found === null) at++;
    else {
      const [whole, inside = ""] = found;
      const one = names[at] ?? "";
      const written = inside.split(",").map((text) => one.replace(whole, () => text));
      names = [...names.slice(0, at), ...written, ...names.slice(at + 1)];
    }
    if (names.length > namesMax) return undefined;
  }
  return names.some((one) => /[{}]/.test(one)) ? undefined : names;
}
