import { join } from "node:path";

import { lookPlan, lookPlansDir } from "../../core/daemon/look-plan.ts";
import type { Schedule } from "../../model/schedule.ts";
import type { MemoryFiles } from "../../ports/memory-files.ts";
import { makeDirDurably, writeDurably } from "../memory/durably.ts";

/** Writes the plan of a task that may only look; gives its path. */
export async function writeLookPlan(
  name: string,
  task: Pick<Schedule, "words" | "budget">,
  { files, repo }: { readonly files: MemoryFiles; readonly repo: string },
): Promise<string> {
  const dir = lookPlansDir.replace(".skein/", "");
  await makeDirDurably(files, dir);
  await writeDurably(files, `${dir}/${name}.yaml`, lookPlan(name, task));
  return join(repo, lookPlansDir, `${name}.yaml`);
}
