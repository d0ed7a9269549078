import { join } from "node:path/posix";

import type { PathEntry, ShellScene } from "../shell-scene.ts";
import { guardedName } from "./guarded-names.ts";
import { secretName } from "./secret-names.ts";

export type ResolvedPath =
  | {
      readonly kind: "known";
      /** Absolute, every link followed. */
      readonly path: string;
      /** It lies in the root or a readable folder. */
      readonly inside: boolean;
      /** Why reading it would give a secret away. */
      readonly secret: string | undefined;
      /** Why writing it needs a person. */
      readonly guarded: string | undefined;
      readonly exists: boolean;
      readonly entry: Exclude<PathEntry["kind"], "link">;
    }
  | UnknownPath;

export interface UnknownPath {
  readonly kind: "unknown";
  readonly why: string;
}

/** As Linux: more links in one path are a loop. */
const linksMax = 40;
const pathBytesMax = 4096;

/**
 * Where a path of a command leads, component by component as the kernel walks it: `..` after a link leaves the link's
 * target. `text` is a literal word; `cwd` is absolute, or undefined when nobody knows.
 */
export function resolvePath(
  scene: ShellScene,
  cwd: string | undefined,
  text: string,
): ResolvedPath {
  const walk = whereLeads(scene, cwd, text);
  if (walk.kind === "unknown") return walk;
  const given = text.startsWith("/") ? join("/", text) : join(cwd ?? "/", text);
  const spellings = [given, ...walk.passed, walk.path];
  return {
    kind: "known",
    path: walk.path,
    inside: [scene.root, ...scene.readable].some((folder) => isInside(walk.path, folder)),
    secret: firstOf(spellings, secretName),
    guarded: firstOf(spellings, (path) => guardedName(path, scene.home)),
    exists: walk.entry !== "missing",
    entry: walk.entry,
  };
}

/** The same without asking what its names stand for, which is most of the work. */
export function whereLeads(
  scene: Pick<ShellScene, "look">,
  cwd: string | undefined,
  text: string,
): Walk | UnknownPath {
  if (text === "") return { kind: "unknown", why: "an empty path" };
  if (text.includes("\0")) return { kind: "unknown", why: "a path with a NUL" };
  if (text.length > pathBytesMax) return { kind: "unknown", why: "a path over 4096 bytes" };
  if (!text.startsWith("/") && cwd === undefined) {
    return { kind: "unknown", why: `${text}, relative to a folder that nobody knows` };
  }
  return follow(scene, cwd, text.startsWith("/") ? text : `${cwd}/${text}`);
}

/** Whether `path` is `folder` or lies in it; both absolute and canonical. Components, not letters: /app2 is not in /app. */
export function isInside(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith("/") ? folder : `${folder}/`);
}

interface Walk {
  readonly kind: "known";
  readonly path: string;
  readonly entry: Exclude<PathEntry["kind"], "link">;
  /** Links on the way, each by its own name. */
  readonly passed: readonly string[];
}

function follow(
  scene: Pick<ShellScene, "look">,
  cwd: string | undefined,
  text: string,
): Walk | UnknownPath {
  const ahead = text.split("/").toReversed();
  const passed: string[] = [];
  let here = "/";
  let entry: Walk["entry"] = "folder";
  for (let name = ahead.pop(); name !== undefined; name = ahead.pop()) {
    if (name === "" || name === ".") continue;
    if (name === "..") {
      here = join(here, "..");
      entry = "folder";
      continue;
    }
    const next = join(here, name);
    const found: PathEntry | UnknownPath =
      atMagic(next, cwd) ?? (entry === "missing" ? missing : scene.look(next));
    if (found.kind === "unknown") return found;
    if (found.kind !== "link") {
      here = next;
      entry = found.kind;
      continue;
    }
    passed.push(next);
    if (passed.length > linksMax) return { kind: "unknown", why: `${text} is a loop of links` };
    if (found.target.startsWith("/")) here = "/";
    entry = "folder";
    ahead.push(...found.target.split("/").toReversed());
  }
  return { kind: "known", path: here, entry, passed };
}

const missing: PathEntry = { kind: "missing" };

/**
 * Links of /proc lead where the process that asks is, not where the judge is: they are told from their names. What
 * hangs behind a descriptor is nobody's guess.
 */
function atMagic(path: string, cwd: string | undefined): PathEntry | UnknownPath | undefined {
  if (path === "/dev/fd") return { kind: "link", target: "/proc/self/fd" };
  const stream = ["/dev/stdin", "/dev/stdout", "/dev/stderr"].indexOf(path);
  if (stream !== -1) return { kind: "link", target: `/proc/self/fd/${stream}` };
  const match = /^\/proc\/(self|thread-self|\d+)(?:\/task\/\d+)?(?:\/([^/]+)(?:\/[^/]+)?)?$/.exec(
    path,
  );
  if (match === null) return path === "/proc/mounts" ? { kind: "other" } : undefined;
  const [, process, name] = match;
  const isItself = process === "self" || process === "thread-self";
  if (name === "root") return { kind: "link", target: "/" };
  if (name === "cwd" && isItself && cwd !== undefined) return { kind: "link", target: cwd };
  if (name === "cwd" || name === "exe" || name === "map_files") {
    return { kind: "unknown", why: `${path}, a link of a running process` };
  }
  return name === undefined || name === "fd" || name === "fdinfo" || name === "task"
    ? { kind: path.endsWith(`/${name}`) || name === undefined ? "folder" : "other" }
    : undefined;
}

function firstOf(
  paths: readonly string[],
  nameOf: (path: string) => string | undefined,
): string | undefined {
  for (const path of paths) {
    const name = nameOf(path);
    if (name !== undefined) return name;
  }
  return undefined;
}
