import { type FileHandle, open, stat } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";

import { isOwnerAlive } from "../run-owner.ts";
import { daemonFolder } from "./daemon-folder.ts";
import { logFile } from "./daemon-log.ts";

/** A person does not notice, the disk does not either. */
const pollMs = 200;

/**
 * What is added to the daemon's log behind its first bytes, in whole lines, as long as a daemon is at work. A log that is put
 * aside meanwhile is read to its end, then the next one from its beginning.
 */
export async function* followLog(repo: string, from: number): AsyncGenerator<string> {
  const file = logFile(repo);
  const decoder = new TextDecoder();
  let [at, rest] = [from, ""];
  let handle = await open(file, "r");
  // Put aside between two looks at it.
  if ((await handle.stat()).size < from) at = 0;
  try {
    for (;;) {
      // Asked before reading: what it wrote before its end is then read as well.
      const isGone = !(await isOwnerAlive(daemonFolder(repo)));
      const isAside = await isOther(file, handle);
      const bytes = await readFrom(handle, at);
      at += bytes.length;
      const text = rest + decoder.decode(bytes, { stream: true });
      const whole = text.lastIndexOf("\n") + 1;
      rest = text.slice(whole);
      if (whole > 0) yield text.slice(0, whole);
      if (isAside) {
        await handle.close();
        handle = await open(file, "r");
        [at, rest] = [0, ""];
      } else if (isGone) break;
      else await delay(pollMs);
    }
    // Whatever ended it came in the middle of a line.
    if (rest !== "") yield `${rest}\n`;
  } finally {
    await handle.close();
  }
}

/** Whether the file of that name is another by now. */
async function isOther(file: string, handle: FileHandle): Promise<boolean> {
  const now = await stat(file).catch(() => undefined);
  return now !== undefined && now.ino !== (await handle.stat()).ino;
}

async function readFrom(handle: FileHandle, at: number): Promise<Buffer> {
  const { size } = await handle.stat();
  const { buffer, bytesRead } = await handle.read(
    Buffer.alloc(Math.max(0, size - at)),
    0,
    Math.max(0, size - at),
    at,
  );
  return buffer.subarray(0, bytesRead);
}
