import { hasAgent } from "../core/attempts/has-agent.ts";
import type { Unit } from "../model/unit.ts";
import type { RunContext } from "./run-context.ts";

/** The output folder of an attempt. An agent that goes on after it was cut off finds in it what it had put there. */
export function outDirOf(run: RunContext, unit: Unit, attempt: number): Promise<string> {
  const { files } = run.ports;
  const earlier = run.earlier.get(unit.id);
  const goesOn = earlier?.isOpen === true && earlier.attempt === attempt && hasAgent(unit);
  return goesOn ? files.keepOutDir(unit.id, attempt) : files.makeOutDir(unit.id, attempt);
}
