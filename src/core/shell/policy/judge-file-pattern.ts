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

/** A pattern of file names that singles out what holds secrets. */
export function judgeFilePattern(word: ShellWord, place: CommandPlace): ShellVerdict {
  if (word.kind !== "literal") return judgeValue(word, "text", place);
  const name = word.text.replace(/^!/, "").replaceAll("**/", "");
  const matcher = name === "*" ? undefined : matcherOf(name);
  const isOpen =
    secretName(`/${name}`) === undefined &&
    !/env|secret|cred|\.pem|\.key|id_/i.test(name) &&
    !secretNames.some((secret) => matcher?.test(secret) === true);
  return isOpen ? allowed : ask(`a search in ${word.text}, which may hold secrets`);
}
