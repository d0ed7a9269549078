import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";

/**
 * Where threads keep the code they compiled: a cold thread then starts with a quarter less CPU. The user's own cache
 * folder, and not the runtime's default below /tmp, where somebody else could have put code of theirs.
 */
export function compileCacheFolder(env: Readonly<Record<string, string | undefined>>): string {
  const named = env["XDG_CACHE_HOME"] ?? "";
  return join(isAbsolute(named) ? named : join(homedir(), ".cache"), "skein", "compiled");
}
