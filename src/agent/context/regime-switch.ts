import type { Regime } from "../../model/contract.ts";

/** The regime of one agent. It changes once at most: to the one that every server understands. */
export interface RegimeSwitch {
  readonly now: () => Regime;
  readonly fallBack: () => void;
}

export function createRegimeSwitch(first: Regime): RegimeSwitch {
  let now = first;
  return {
    now: () => now,
    fallBack: () => {
      now = "client";
    },
  };
}
