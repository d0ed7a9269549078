import type { Obey } from "../adapters/control/serve-control.ts";
import { suggest } from "../core/plan/suggest.ts";
import { printableLine } from "../core/printable.ts";
import type { ControlAnswer } from "../model/control.ts";
import type { RunFinished } from "../model/event.ts";
import { failure } from "../model/failure.ts";
import type { TaskId, UnitId } from "../model/ids.ts";
import type { AgentPool } from "../ports/agent-pool.ts";
import type { OpenGatekeeper } from "./gatekeeper.ts";

export interface SteeringOptions {
  readonly pool: Pick<AgentPool, "compact">;
  readonly gatekeeper: Pick<OpenGatekeeper, "decide" | "waiting">;
  /** Ends the run softly, as Ctrl-C does. */
  readonly stop: () => void;
  /** Resolves when the run has ended. */
  readonly ended: Promise<RunFinished | undefined>;
  /** Who speaks through it. */
  readonly voice: "terminal" | "command";
}

/** What a run does when it is told something: the same for its own terminal and for its control socket. */
export function createSteering(options: SteeringOptions): Obey {
  const { pool, gatekeeper, stop, ended, voice } = options;
  return async (request): Promise<ControlAnswer> => {
    switch (request.command) {
      case "cancel": {
        stop();
        return { kind: "stopped", exitCode: (await ended)?.exitCode ?? 1 };
      }
      case "compact": {
        const agents = await pool.compact(request.unit as UnitId | undefined);
        return { kind: "compactions", agents: [...agents] };
      }
      case "approve": {
        const { task, approved } = request;
        const isTaken = await gatekeeper.decide(task as TaskId, { approved, by: voice });
        return isTaken
          ? { kind: "decided", task, approved }
          : { kind: "refused", failure: noSuchGate(task, gatekeeper.waiting()) };
      }
    }
  };
}

/** Says what was meant, or what there is. */
export function noSuchGate(named: string, waiting: readonly string[]): ReturnType<typeof failure> {
  const meant = suggest(named, waiting);
  return failure("usage", `nothing called "${printableLine(named)}" waits for approval`, {
    hint:
      meant !== undefined
        ? `did you mean ${meant}?`
        : waiting.length === 0
          ? "no gate waits now"
          : `these wait: ${waiting.join(", ")}`,
  });
}
