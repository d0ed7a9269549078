import { resolvePath } from "./paths/resolve-path.ts";
import type { ShellRedirection } from "./script.ts";
import type { ShellScene } from "./shell-scene.ts";
import { allowed, ask, type ShellVerdict } from "./verdict.ts";

/** Redirections that only look: from files inside, to nowhere, between descriptors, from text. */
export function judgeRedirection(
  { operator, target }: ShellRedirection,
  at: { readonly scene: ShellScene; readonly cwd: string | undefined },
): ShellVerdict {
  if (operator === "<<" || operator === "<<<") return allowed;
  if (target.kind !== "literal") return ask(`a redirection to ${nameOf(target)}`);
  const { text } = target;
  if (operator === "<&" || operator === ">&") {
    if (/^(\d|-)$/.test(text)) return allowed;
    return ask(`the redirection ${operator}${text}`);
  }
  if (text === "/dev/null") return allowed;
  if (operator !== "<") return ask(`it writes to ${text}`);
  return judgeRead(text, at);
}

/** Whether a path may be read by a command that only looks. */
export function judgeRead(
  text: string,
  { scene, cwd }: { readonly scene: ShellScene; readonly cwd: string | undefined },
): ShellVerdict {
  const at = resolvePath(scene, cwd, text);
  if (at.kind === "unknown") return ask(`nobody knows where ${at.why} leads`);
  if (at.secret !== undefined) return ask(`${text} is a secret (${at.secret})`);
  if (!at.inside) return ask(`${text} is outside of the project`);
  if (at.entry === "other") return ask(`${text} is neither a file nor a folder`);
  const entry = scene.look(at.path);
  // Installed packages are linked from a store by design; anything else may be a file of somebody else under a second name.
  if (entry.kind === "file" && entry.links > 1 && !at.path.includes("/node_modules/")) {
    return ask(`${text} has another name elsewhere (a hard link)`);
  }
  return allowed;
}

function nameOf(target: Exclude<ShellRedirection["target"], { kind: "literal" }>): string {
  return target.kind === "glob" ? target.pattern : target.why;
}
