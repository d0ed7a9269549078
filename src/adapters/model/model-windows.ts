import {
  type Anthropic,
  APIConnectionError,
  APIConnectionTimeoutError,
  APIError,
} from "@anthropic-ai/sdk";
import * as z from "zod";

import { priceCliffOf } from "../../core/prices.ts";
import type { Regime } from "../../model/contract.ts";
import type { FindModelWindow } from "../../ports/model-window.ts";
import { type ApiAddress, sdkClient } from "./sdk-client.ts";

/** What every model of the last years takes at least; for a server that does not say (a proxy, a local one). */
const cautious = { inputTokensMax: 200_000, regime: "client" } as const;
/** An agent waits for the answer before it begins. */
const timeoutMs = 5_000;
/** With it the server says whether it sums up when it is asked to. */
const beta = "compact-2026-09-04";

interface Able {
  readonly inputTokensMax: number;
  readonly regime: Regime;
}

/** Asks the server for each model of a run, until it has an answer. */
export function createModelWindows(api: ApiAddress): FindModelWindow {
  const known = new Map<string, Promise<Able | undefined>>();
  const client = sdkClient(api, { timeout: timeoutMs });
  return async (model) => {
    const asked = known.get(model) ?? askFor(client, model);
    known.set(model, asked);
    const able = await asked;
    // Whoever comes later asks again.
    if (able === undefined) known.delete(model);
    const priceCliff = priceCliffOf(model);
    return { ...(able ?? cautious), ...(priceCliff === undefined ? {} : { priceCliff }) };
  };
}

/** Undefined: the server may know, but could not say it now. */
async function askFor(client: Anthropic, model: string): Promise<Able | undefined> {
  try {
    return ableOf(await client.beta.models.retrieve(model, { betas: [beta] }));
  } catch (error) {
    // A server that does not know the beta may refuse the header of it.
    const isRefused = error instanceof APIError && error.status === 400;
    if (isRefused) return client.models.retrieve(model).then(ableOf, () => cautious);
    return maySayLater(error) ? undefined : cautious;
  }
}

/** Not one that is silent: nobody waits for it twice. */
function maySayLater(error: unknown): boolean {
  if (error instanceof APIConnectionTimeoutError) return false;
  if (error instanceof APIConnectionError) return true;
  const status: unknown = error instanceof APIError ? error.status : undefined;
  return typeof status === "number" && (status === 429 || status >= 500);
}

const supported = z.looseObject({ supported: z.boolean() }).nullish().catch(undefined);
const told = z.looseObject({
  max_input_tokens: z.int().positive().catch(cautious.inputTokensMax),
  capabilities: z
    .looseObject({
      compaction: supported,
      context_management: z
        .looseObject({ clear_tool_uses_20250919: supported, compact_20260112: supported })
        .nullish()
        .catch(undefined),
    })
    .nullish()
    .catch(undefined),
});

function ableOf(info: unknown): Able {
  const parsed = told.safeParse(info);
  if (!parsed.success) return cautious;
  const { max_input_tokens: inputTokensMax, capabilities } = parsed.data;
  if (capabilities?.compaction?.supported === true)
    return { inputTokensMax, regime: "append+ondemand" };
  const editing = capabilities?.context_management;
  const isEdited =
    editing?.clear_tool_uses_20250919?.supported === true &&
    editing.compact_20260112?.supported === true;
  return { inputTokensMax, regime: isEdited ? "server" : "client" };
}
