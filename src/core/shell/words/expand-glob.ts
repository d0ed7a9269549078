import { join } from "node:path/posix";

import { fitsInOrder, type Piece } from "../../glob/in-order.ts";
import type { ShellScene } from "../shell-scene.ts";

const filesMax = 500;

/**
 * The files a pattern stands for, as bash finds them: sorted, names that begin with a dot only where the pattern has the
 * dot; none when there is none. A backslash takes its meaning from what follows. Undefined when there are too many, or a
 * folder cannot be seen.
 */
export function expandGlob(
  scene: ShellScene,
  cwd: string | undefined,
  pattern: string,
): readonly string[] | undefined {
  if (cwd === undefined && !pattern.startsWith("/")) return undefined;
  const parts = pattern.split("/");
  // Behind a link, `..` leads elsewhere than its letters say.
  if (parts.slice(parts.findIndex((part) => part !== "..")).includes("..")) return undefined;
  const root = pattern.startsWith("/") ? "/" : (cwd ?? "/");
  let found: readonly string[] = [""];
  for (const [index, part] of parts.entries()) {
    const isLast = index === parts.length - 1;
    const next: string[] = [];
    for (const base of found) {
      const names = namesOf(part, () => scene.list(absolute(root, base)));
      if (names === undefined) return undefined;
      for (const name of names) next.push(isLast ? base + name : `${base}${name}/`);
      if (next.length > filesMax) return undefined;
    }
    found = next;
  }
  return found.filter((path) => scene.look(absolute(root, path)).kind !== "missing").toSorted();
}

function absolute(root: string, path: string): string {
  return join(root, path).replace(/(?<=.)\/+$/, "");
}

function namesOf(
  part: string,
  list: () => readonly string[] | undefined,
): readonly string[] | undefined {
  if (!/[*?[]/.test(part.replaceAll(/\\./gs, ""))) return [part.replaceAll(/\\(.)/gs, "$1")];
  const matcher = matcherOf(part);
  const all = list();
  if (matcher === undefined || all === undefined) return undefined;
  return all.filter((name) => matcher(name) && (part.startsWith(".") || !name.startsWith(".")));
}

/** `*`, `?` and plain bracket expressions; classes such as `[[:alpha:]]` depend on the locale and are not followed. */
export function matcherOf(part: string): ((name: string) => boolean) | undefined {
  const pieces: Piece<string>[] = [];
  const letters = Array.from(part);
  for (let at = 0; at < letters.length; at++) {
    const letter = letters[at] ?? "";
    if (letter === "\\") pieces.push(only(letters[++at] ?? ""));
    else if (letter === "*") pieces.push("any");
    else if (letter === "?") pieces.push(() => true);
    else if (letter === "[") {
      const [whole, not = "", inside = ""] =
        /^\[([!^]?)([\w.-]+)\]/.exec(letters.slice(at).join("")) ?? [];
      if (whole === undefined || /^-|-$|--/.test(inside)) return undefined;
      const isIn = bracketOf(inside);
      if (isIn === undefined) return undefined;
      pieces.push((one) => isIn(one) === (not === ""));
      at += whole.length - 1;
    } else pieces.push(only(letter));
  }
  return (name) => fitsInOrder(pieces, Array.from(name));
}

function only(letter: string): Piece<string> {
  return (one) => one === letter;
}

/** Undefined: a range that is none. */
function bracketOf(inside: string): ((letter: string) => boolean) | undefined {
  try {
    const bracket = new RegExp(`^[${inside}]$`, "u");
    return (letter) => bracket.test(letter);
  } catch {
    return undefined;
  }
}
