import { homedir } from "node:os";
import { isAbsolute, join, resolve } from "node:path";

import type { Io } from "./io.ts";

/** Where mirrors of repositories are kept: as the plan says, or in the person's cache. */
export function mirrorsFolder(env: Io["env"], asked: string | undefined): string {
  if (asked !== undefined) {
    return asked.startsWith("~/") ? join(homedir(), asked.slice(2)) : resolve(asked);
  }
  const xdg = env["XDG_CACHE_HOME"] ?? "";
  const caches = isAbsolute(xdg) ? xdg : join(homedir(), ".cache");
  return join(caches, "skein", "git");
}
