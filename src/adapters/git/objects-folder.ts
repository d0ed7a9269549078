import { mkdtemp, readdir, rm } from "node:fs/promises";
import { join } from "node:path";

import { childIdentity, ownIdentity } from "../process-identity.ts";

/**
 * Makes a folder for objects on their way to git. It has the name of its process, since one that is killed leaves it behind with what
 * files say; the next one takes those away whose process has ended. Of processes of another container nobody can tell.
 */
export async function makeObjectsFolder(root: string): Promise<string> {
  const { pid, pidSpace = "" } = ownIdentity();
  const space = /\d+/.exec(pidSpace)?.[0];
  if (space === undefined) return mkdtemp(join(root, "skein-objects-"));
  const names = await readdir(root);
  for (const name of names) {
    const [, its, from] = /^skein-objects-(\d{1,10})-(\d+)-/.exec(name) ?? [];
    if (from === space && childIdentity(Number(its)) === undefined)
      await rm(join(root, name), { recursive: true, force: true }).catch(() => undefined);
  }
  return mkdtemp(join(root, `skein-objects-${pid}-${space}-`));
}
