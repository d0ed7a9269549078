import { Anthropic } from "@anthropic-ai/sdk";

import { priceCliffOf } from "../../core/prices.ts";
import type { FindModelWindow } from "../../ports/model-window.ts";

/** What every model of the last years takes at least; for a server that does not say (a proxy, a local one). */
const cautious = 200_000;
const timeoutMs = 10_000;

/** Asks the server once for each model of a run. */
export function createModelWindows(api: {
  readonly baseUrl?: string | undefined;
  readonly apiKey: string;
}): FindModelWindow {
  const known = new Map<string, Promise<number>>();
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
    const inputTokensMax = await asked;
    const priceCliff = priceCliffOf(model);
    return { inputTokensMax, ...(priceCliff === undefined ? {} : { priceCliff }) };
  };
}

async function askFor(client: Anthropic, model: string): Promise<number> {
  try {
    const { max_input_tokens: most } = await client.models.retrieve(model);
    return typeof most === "number" && Number.isSafeInteger(most) && most > 0 ? most : cautious;
  } catch {
    return cautious;
  }
}
