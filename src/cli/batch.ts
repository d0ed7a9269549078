import type { CloneSpec, Plan } from "../model/plan.ts";
import type { Io } from "./io.ts";
import { mirrorsFolder } from "./mirrors-folder.ts";

/** What a run over repositories needs beside a run in one. */
export interface Batch {
  /** Then where it was started need not be a repository. */
  readonly isBatch: boolean;
  readonly clone: CloneSpec;
  /** Folder of the mirrors. */
  readonly mirrors: string;
}

export function batchOf(
  plan: Plan | undefined,
  { isBatch, env }: { readonly isBatch: boolean; readonly env: Io["env"] },
): Batch {
  const { clone = {} } = plan ?? {};
  return { isBatch, clone, mirrors: mirrorsFolder(env, clone.cache) };
}
