import { readFile } from "node:fs/promises";

import { failure } from "../../model/failure.ts";
import { err, ok } from "../../model/result.ts";
import type { Result } from "../../model/result.ts";
import type { Responder } from "../turn.ts";
import type { Fault } from "./faults.ts";
import { parseFaults, parseScript, scripted } from "./script.ts";

export interface OfflineFiles {
  /** Undefined when no script was named: the caller brings its own responder. */
  readonly responder: Responder | undefined;
  /** Those of the script first, then those of the fault plan. */
  readonly faults: readonly Fault[];
}

/** Reads the script and the fault plan that were named on the command line. */
export async function readOfflineFiles(paths: {
  readonly script?: string | undefined;
  readonly faults?: string | undefined;
}): Promise<Result<OfflineFiles>> {
  const script = await readNamed(paths.script, parseScript);
  if (!script.ok) return script;
  const faults = await readNamed(paths.faults, parseFaults);
  if (!faults.ok) return faults;
  return ok({
    responder: script.value === undefined ? undefined : scripted(script.value.conversations),
    faults: [...(script.value?.faults ?? []), ...(faults.value ?? [])],
  });
}

async function readNamed<T>(
  path: string | undefined,
  parse: (text: string, name: string) => Result<T>,
): Promise<Result<T | undefined>> {
  if (path === undefined) return ok(undefined);
  try {
    return parse(await readFile(path, "utf8"), path);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return err(failure("usage", `${path} could not be read: ${why}`));
  }
}
