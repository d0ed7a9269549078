import { type Obey, serveControl } from "../adapters/control/serve-control.ts";
import type { RunFinished } from "../model/event.ts";
import type { OpenGatekeeper } from "./gatekeeper.ts";
import { createSteering, type SteeringOptions } from "./steering.ts";

/** What a run can be told while it works, from its own terminal and through the socket in its folder. */
export interface OpenSteering extends AsyncDisposable {
  readonly fromTerminal: Obey;
  /** It has ended: whoever waits for that is told. */
  readonly finished: (finished: RunFinished) => void;
}

export async function openSteering(
  options: Pick<SteeringOptions, "pool" | "stop"> & {
    readonly folder: string;
    readonly gatekeeper: OpenGatekeeper;
    readonly warn: (text: string) => void;
  },
): Promise<OpenSteering> {
  const { folder, gatekeeper, warn } = options;
  const ended = Promise.withResolvers<RunFinished | undefined>();
  const steering = { ...options, ended: ended.promise };
  const served = await serveControl(folder, createSteering({ ...steering, voice: "command" }));
  if (!served.ok) warn(served.error.message);
  return {
    fromTerminal: createSteering({ ...steering, voice: "terminal" }),
    finished: ended.resolve,
    [Symbol.asyncDispose]: async () => {
      ended.resolve(undefined);
      gatekeeper.close();
      if (served.ok) await served.value[Symbol.asyncDispose]();
    },
  };
}
