import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

/** The folder whose `.skein` is meant: the nearest upwards that has one or is a repository; else where one is. */
export function findTop(from: string): string {
  for (let at = from; ; at = dirname(at)) {
    if (existsSync(join(at, ".skein")) || existsSync(join(at, ".git"))) return at;
    if (dirname(at) === at) return from;
  }
}
