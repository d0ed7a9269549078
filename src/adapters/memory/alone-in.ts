import { existsSync } from "node:fs";
import { mkdir, rmdir } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";

import type { Result } from "../../model/result.ts";
import { claimFolder } from "../run-owner.ts";
import { generationsDir } from "./generations.ts";

/** Most work on memory is over in a moment: it is waited for that long, not for a dream over a long record. */
const looks = 20;
const betweenLooksMs = 100;

/**
 * Works while no other process is at work on memory, after its folder was made ready, and what a crash has cut off was brought to its end. Where
 * there was nothing to do, nothing is left: folders that are empty go again.
 */
export async function aloneIn<T>(
  repo: string,
  [ready, recover]: readonly [() => Promise<Result<void>>, () => Promise<Result<void>>],
  work: () => Promise<Result<T>>,
): Promise<Result<T>> {
  const top = join(repo, ".skein");
  const folder = join(top, generationsDir);
  const isNew = !existsSync(top);
  const made = await ready();
  if (!made.ok) return made;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const claimed = await claimSoon(folder);
  if (!claimed.ok) return claimed;
  try {
    const recovered = await recover();
    return recovered.ok ? await work() : recovered;
  } finally {
    await claimed.value();
    await rmdir(folder)
      .then(() => (isNew ? rmdir(top) : undefined))
      .catch(() => undefined);
  }
}

async function claimSoon(folder: string): ReturnType<typeof claimFolder> {
  for (let left = looks; ; left -= 1) {
    const claimed = await claimFolder(folder, "memory");
    if (claimed.ok || claimed.error.kind !== "busy" || left === 0) return claimed;
    await delay(betweenLooksMs);
  }
}
