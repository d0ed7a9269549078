import { type Stats, unwatchFile, watch, watchFile } from "node:fs";
import { join } from "node:path";

import { activityFile, daemonFolder } from "./daemon-folder.ts";

const pollMs = 500;

/** Calls whenever a command was given in the repository, within a moment. */
export function watchActivity(repo: string, onActive: () => void): Disposable {
  const folder = daemonFolder(repo);
  try {
    const watcher = watch(folder, (_, name) => {
      if (name === activityFile) onActive();
    });
    return { [Symbol.dispose]: () => watcher.close() };
  } catch {
    // The system has no watches left.
    const file = join(folder, activityFile);
    const look = (now: Stats, before: Stats): void => {
      if (now.mtimeMs !== before.mtimeMs) onActive();
    };
    watchFile(file, { interval: pollMs, persistent: false }, look);
    return { [Symbol.dispose]: () => unwatchFile(file, look) };
  }
}
