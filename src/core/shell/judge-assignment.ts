import type { ShellAssignment } from "./script.ts";
import { allowed, ask, type ShellVerdict } from "./verdict.ts";

/** Variables of a command's environment that only change how it shows things, with the values they may have. */
const harmless: ReadonlyMap<string, RegExp> = new Map([
  ["LC_ALL", /^(C|POSIX|C\.UTF-8|en_US\.UTF-8)$/],
  ["LC_COLLATE", /^(C|POSIX|C\.UTF-8|en_US\.UTF-8)$/],
  ["LC_CTYPE", /^(C|POSIX|C\.UTF-8|en_US\.UTF-8)$/],
  ["LANG", /^(C|POSIX|C\.UTF-8|en_US\.UTF-8)$/],
  ["TZ", /^(UTC|UTC0|GMT|[A-Z][a-z]+\/[A-Z][A-Za-z_]+)$/],
  ["NO_COLOR", /^1?$/],
  ["FORCE_COLOR", /^[0-3]$/],
  ["CLICOLOR", /^[01]$/],
  ["COLUMNS", /^\d{1,4}$/],
  ["LINES", /^\d{1,4}$/],
  ["TERM", /^(dumb|xterm|xterm-256color)$/],
  ["CI", /^(1|true)$/],
  ["GIT_PAGER", /^cat$/],
  ["PAGER", /^cat$/],
  ["GIT_OPTIONAL_LOCKS", /^0$/],
  ["BLOCKSIZE", /^\d{1,6}$/],
]);
/** Small letters that programs do read. */
const readByPrograms =
  /^(\w*_proxy|_|histchars|auto_resume|fignore|path|cdpath|prompt|ps[1-4]|ifs|reply|config|editor|pager|shell|home)$/;

/** A name of small letters is the script's own; not exported, so no program sees it. */
export function isOwnVariable(name: string): boolean {
  return /^[a-z][a-z0-9_]*$/.test(name) && !readByPrograms.test(name);
}

/** A variable set for one command, by its name, or, without a command, for the rest of the script. */
export function judgeAssignment(
  { name, value, plain }: ShellAssignment,
  command: string | undefined,
): ShellVerdict {
  if (!plain) return ask(`${name} is not simply set`);
  const values = harmless.get(name);
  if (values !== undefined && value.kind === "literal" && values.test(value.text)) return allowed;
  if (command === undefined && isOwnVariable(name)) return allowed;
  // How one line is split, for as long as it is read.
  if (name === "IFS" && command === "read" && value.kind === "literal") return allowed;
  return ask(`it sets ${name}, which may change what programs do`);
}
