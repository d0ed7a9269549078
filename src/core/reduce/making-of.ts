import type { GeneratedFiles } from "../../model/plan.ts";
import { among } from "./is-stale.ts";
import { lockToolOf } from "./lock-file.ts";

/** How a file is made that is never merged as text. */
export interface Making {
  readonly kind: "lock-file" | "generated";
  /** Bash text that makes it from the rest of the repository, run at its top with the file as `"$1"`; undefined: none is known. */
  readonly script?: (network: boolean) => string;
  /** Its lines are facts that do not contradict each other: all of both sides are right, if not needed. */
  readonly isUnion: boolean;
}

/** Undefined for what people write. What a plan calls generated is made by its command; the first that names a file counts. */
export function makingOf(path: string, generated: readonly GeneratedFiles[]): Making | undefined {
  const named = generated.find(({ files }) => among(files)(path));
  if (named !== undefined) return { kind: "generated", script: () => named.run, isUnion: false };
  const lock = lockToolOf(path);
  if (lock === undefined) return undefined;
  const { script, isUnion = false } = lock;
  return {
    kind: "lock-file",
    isUnion,
    ...(script === undefined
      ? {}
      : { script: (network) => `cd -- "$(dirname -- "$1")" && ${script(network)}` }),
  };
}
