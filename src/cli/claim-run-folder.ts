import { checkRunsFolder, openRunFolder, type RunFolder } from "../adapters/run-folder.ts";
import { claimRun } from "../adapters/run-owner.ts";
import type { RunId } from "../model/ids.ts";
import { ok, type Result } from "../model/result.ts";

/** The run's folder, for this process alone. */
export async function claimRunFolder(
  runsIn: string,
  { id, known }: { readonly id: RunId; readonly known: readonly string[] },
): Promise<Result<RunFolder>> {
  const safe = await checkRunsFolder(runsIn);
  if (!safe.ok) return safe;
  const folder = await openRunFolder(runsIn, id, known);
  const claimed = await claimRun(folder.path);
  return claimed.ok ? ok(folder) : claimed;
}
