import { join } from "node:path/posix";

import type { ShellScene } from "../shell-scene.ts";
import { resolvePath, type ResolvedPath } from "./resolve-path.ts";

/**
 * Where `cd text` leads. bash takes `..` off the text before it follows links, unlike every program that is given a
 * path; where the two differ nobody knows what a later `..` means, so the folder counts as unknown.
 */
export function changeFolder(
  scene: ShellScene,
  cwd: string | undefined,
  text: string,
): ResolvedPath {
  const walked = resolvePath(scene, cwd, text);
  if (walked.kind === "unknown" || !text.includes("..")) return walked;
  const logical = resolvePath(
    scene,
    "/",
    text.startsWith("/") ? join("/", text) : join(cwd ?? "/", text),
  );
  return logical.kind === "known" && logical.path === walked.path
    ? walked
    : { kind: "unknown", why: `cd ${text} crosses a link` };
}
