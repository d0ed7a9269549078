import { lstat } from "node:fs/promises";
import { join } from "node:path";

import { fileAnchor } from "../../core/daemon/proposals.ts";
import type { Anchor } from "../../model/proposal.ts";

/** A file of the repository as it is now, for what is proposed as long as it stays so; nothing for one that is not there. */
export async function anchorsOf(repo: string, path: string): Promise<readonly Anchor[]> {
  const info = await lstat(join(repo, path)).catch(() => undefined);
  return info === undefined ? [] : [fileAnchor(path, info)];
}
