import type { Failure } from "../model/failure.ts";

/** How the machine ends a run: nothing of it is any unit's fault, so what is at work is cut off and goes on later. */
export interface Halt {
  /** Aborts with the reason `environment`. */
  readonly signal: AbortSignal;
  /** Why; the first trouble is the one that counts. */
  readonly because: () => Failure | undefined;
  readonly call: (trouble: Failure) => void;
}

export function createHalt(): Halt {
  const controller = new AbortController();
  let because: Failure | undefined;
  return {
    signal: controller.signal,
    because: () => because,
    call: (trouble) => {
      because ??= trouble;
      controller.abort("environment");
    },
  };
}
