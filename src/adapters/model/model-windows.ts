import { Anthropic, APIError } from "@anthropic-ai/sdk";
import * as z from "zod";

import { priceCliffOf } from "../../core/prices.ts";
import type { Regime } from "../../model/contract.ts";
import type { FindModelWindow } from "../../ports/model-window.ts";

/** What every model of the last years takes at least; for a server that does not say (a proxy, a local one). */
const cautious = { inputTokensMax: 200_000, regime: "client" } as const;
const timeoutMs = 10_000;
/** With it the server says whether it sums up when it is asked to. */
const beta = "compact-2026-09-04";

interface Able {
  readonly inputTokensMax: number;
  readonly regime: Regime;
}

/** Asks the server once for each model of a run. */
export function createModelWindows(api: {
  readonly baseUrl?: string | undefined;
  readonly apiKey: string;
}): FindModelWindow {
  const known = new Map<string, Promise<Able>>();
  const client = new Anthropic({
    apiKey: api.apiKey,
    authToken: null,
    ...(api.baseUrl === undefined ? {} : { baseURL: api.baseUrl }),
    timeout: timeoutMs,
    logLevel: "off",
  });
  return async (model) => {
    const asked = known.get(model) ?? askFor(client, model);
    known.set(model, asked);
    const priceCliff = priceCliffOf(model);
    return { ...(await asked), ...(priceCliff === undefined ? {} : { priceCliff }) };
  };
}

async function askFor(client: Anthropic, model: string): Promise<Able> {
  try {
    return ableOf(await client.beta.models.retrieve(model, { betas: [beta] }));
  } catch (error) {
    // A server that does not know the beta may refuse the header of it.
    const isRefused = error instanceof APIError && error.status === 400;
    return isRefused ? client.models.retrieve(model).then(ableOf, () => cautious) : cautious;
  }
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
