import type { TaskId } from "./ids.ts";

/** What a gate keeps back: all units of its task, or those behind the first few. */
export const gateStages = ["start", "rest"] as const;
export type GateStage = (typeof gateStages)[number];

/** Who decided: a person at the run's terminal, `skein approve`, or `--yes` at the run's start. */
export const gateVoices = ["terminal", "command", "--yes"] as const;
export type GateVoice = (typeof gateVoices)[number];

/** A gate that a run has come to. */
export interface ReachedGate {
  readonly task: TaskId;
  readonly stage: GateStage;
  readonly message: string;
  /** What the person is shown beside it, in lines. */
  readonly shown: readonly string[];
}

export interface GateDecision {
  readonly approved: boolean;
  readonly by: GateVoice;
}

export type GateEvent =
  /** The task goes no further until a person has said yes. */
  | ({ readonly kind: "gate-waiting" } & ReachedGate)
  | ({ readonly kind: "gate-decided"; readonly task: TaskId } & GateDecision);
