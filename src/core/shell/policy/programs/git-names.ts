import type { ShellWord } from "../../script.ts";
import { allowed, ask, join, type ShellVerdict } from "../../verdict.ts";
import { judgeFilePattern } from "../judge-file-pattern.ts";
import { judgeValue } from "../judge-value.ts";
import type { CommandPlace } from "../program-policy.ts";

/** A pattern of paths that leaves out, not in: `:!x`, `:^x`, `:(exclude)x`. */
const leavingOut = /^:(?:[!^]|\((?:top,)?exclude\))/;
/** A revision by its name: no sign of a path in it. */
const revision = /^[\w^@{}~-][\w^@{}~.-]*(?:\.{2,3}[\w^@{}~./-]*)?$/;

/**
 * A revision, or a path in the work tree, a commit, the index: what leads outside of the project, or to a secret by its
 * name, is asked about.
 */
export function revisionOrPath(word: ShellWord, place: CommandPlace): ShellVerdict {
  if (word.kind !== "literal") return judgeValue(word, "path", place);
  const { text } = word;
  if (leavingOut.test(text)) return allowed;
  if (revision.test(text) && !/env|secret|key|pem|cred/i.test(text)) return allowed;
  // `HEAD:path`, `:0:path`, `:(top)path`, `HEAD^{/a: b}:path`: whatever stands behind a colon may be one.
  const parts = text.replace(/^:\([^)]*\)/, "").split(":");
  const paths = parts.map((_part, index) => parts.slice(index).join(":"));
  return join(
    paths.filter((path) => path !== "" && path !== ".").map((path) => judgePathspec(path, place)),
  );
}

/** A path, or a pattern that git itself looks for. */
function judgePathspec(text: string, place: CommandPlace): ShellVerdict {
  const names = text.split("/").filter((name) => /[*?[\\]/.test(name));
  return join([
    judgeValue({ kind: "literal", text }, "path", place),
    ...names.map((name) => judgeFilePattern({ kind: "literal", text: name }, place)),
  ]);
}

/** A setting by its full name, of those that hold no token. */
export function configKey(word: ShellWord): ShellVerdict {
  const isOpen =
    word.kind === "literal" &&
    // Without a dot it may be a verb of a newer git: list, edit.
    /^[\w-]+\.[\w./-]+$/.test(word.text) &&
    !/extraheader|token|pass|helper|insteadof|cookie|secret|auth|key/i.test(word.text);
  return isOpen ? allowed : ask("git config of a setting that may hold a secret");
}
