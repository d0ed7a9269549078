import type { AgentResult, Role } from "../model/contract.ts";
import type { ResolvedAgentSpec, Unit } from "../model/unit.ts";
import { contractFor } from "./contract-for.ts";
import type { RunContext } from "./run-context.ts";

/** Runs one agent of a unit through the pool; its events go to the journal as they come. */
export async function runAgent(
  run: RunContext,
  options: {
    readonly unit: Unit;
    readonly attempt: number;
    readonly role: Role;
    readonly spec: ResolvedAgentSpec;
    readonly root: string;
    readonly outDir: string;
    readonly signal: AbortSignal;
    readonly feedback?: string;
    /** Tells apart several agents of one attempt: the reducer has one a conflict. */
    readonly name?: string;
  },
): Promise<AgentResult> {
  const { unit, attempt, signal } = options;
  const noted: Promise<void>[] = [];
  const transcript = await run.ports.files.transcriptFile(unit.id, attempt, options.name ?? "");
  const result = await run.ports.pool.run(contractFor(run, { ...options, transcript }), {
    signal,
    // Not awaited one by one: telling what an agent does must not slow it down. All are on disk before its result counts.
    onEvent: (event) => noted.push(run.record({ kind: "agent", unit: unit.id, attempt, event })),
  });
  await Promise.all(noted);
  return result;
}
