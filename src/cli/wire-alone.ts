import type { Result } from "../model/result.ts";
import { batchOf } from "./batch.ts";
import type { Io } from "./io.ts";
import { newRun, type WiredRun, type WireOptions, wireRun } from "./wire-run.ts";

type OfEach =
  | "repo"
  | "base"
  | "api"
  | "hooks"
  | "mcpServers"
  | "permissions"
  | "signal"
  | "onEntry";

/** Opens what a run of one agent at a time needs that only looks: nobody is asked, and nothing leaves the machine. */
export function wireAlone(options: Pick<WireOptions, OfEach>, io: Io): Promise<Result<WiredRun>> {
  return wireRun({
    ...options,
    run: newRun(),
    unsandboxed: false,
    setup: undefined,
    batch: batchOf(undefined, { isBatch: false, env: io.env }),
    agentsMax: 1,
    agentsPerThread: 1,
    warn: (text) => io.stderr(`skein: ${text}\n`),
    approve: undefined,
    publishes: false,
  });
}
