import { constants } from "node:fs";
import { open, rename, stat } from "node:fs/promises";
import { join } from "node:path";

import { printableLine } from "../../core/printable.ts";
import { daemonFolder } from "./daemon-folder.ts";

/** A log larger than this, in bytes, is put aside; the one before it goes. */
const bytesMax = 1_000_000;

export interface DaemonLog {
  readonly log: (text: string) => void;
  /** Resolves when all that was said is written. */
  readonly written: () => Promise<void>;
}

/** Lines of text, each with its time. What cannot be written is lost: a log stops nobody. */
export function openDaemonLog(repo: string, now: () => number): DaemonLog {
  let writing: Promise<void> = Promise.resolve();
  const write = async (line: string): Promise<void> => {
    const file = logFile(repo);
    const size = await stat(file).then(
      (info) => info.size,
      () => 0,
    );
    if (size > bytesMax) await rename(file, `${file}.1`);
    const flags =
      constants.O_WRONLY | constants.O_CREAT | constants.O_APPEND | constants.O_NOFOLLOW;
    await using handle = await open(file, flags, 0o600);
    await handle.writeFile(line);
  };
  return {
    log: (text) => {
      const line = `${new Date(now()).toISOString()} ${printableLine(text).slice(0, 1_000)}\n`;
      writing = writing.then(() => write(line)).catch(() => undefined);
    },
    written: () => writing,
  };
}

export function logFile(repo: string): string {
  return join(daemonFolder(repo), "daemon.log");
}
