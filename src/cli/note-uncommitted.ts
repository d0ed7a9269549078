import { countUncommitted } from "../adapters/git/uncommitted.ts";
import { shownCount } from "../core/report/figures.ts";
import type { Io } from "./io.ts";

/** Says that a run begins without what is not committed: no agent sees it, and it is in no result. */
export async function noteUncommitted(repo: string, { stderr }: Io): Promise<void> {
  const count = await countUncommitted(repo);
  if (count === 0) return;
  const have = count === 1 ? "has" : "have";
  stderr(
    `skein: ${shownCount(count, "file")} ${have} changes that are not committed; the run begins at HEAD, without them\n`,
  );
}
