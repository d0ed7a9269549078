import { keepLimits } from "../adapters/model/limits-file.ts";
import { systemClock } from "../adapters/system-clock.ts";
import {
  createRequestGovernor,
  type GovernorOptions,
  type RequestGovernor,
} from "../app/govern-requests.ts";
import type { ModelApi } from "./model-api.ts";

/** The gate of a run's requests. What it learnt of the API's limits is kept for whoever asks next; that only helps. */
export function openGovernor(
  {
    agentsMax,
    run: { spent },
    signal,
    api,
  }: {
    readonly agentsMax: number;
    readonly run: Pick<GovernorOptions, "spent">;
    readonly signal: AbortSignal;
    readonly api: ModelApi;
  },
  stack: AsyncDisposableStack,
): RequestGovernor {
  const governor = createRequestGovernor({
    clock: systemClock,
    limitMax: agentsMax,
    spent,
    signal,
  });
  const keep = (): Promise<void> => keepLimits(process.env, api.baseUrl, governor.allowances());
  if (!api.offline) stack.defer(() => keep().catch(() => undefined));
  return governor;
}
