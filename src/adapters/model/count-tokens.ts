import { APIError } from "@anthropic-ai/sdk";
import * as z from "zod";

import type { CountTokens } from "../../ports/token-counter.ts";
import { stableMessage } from "./open-stream.ts";
import { type ApiAddress, sdkClient } from "./sdk-client.ts";

const timeoutMs = 10_000;
/** Counting has limits of its own. Whoever has met them, or an error, does without for so long. */
const quietMs = 60_000;
/** A server that has no such path never will. */
const absent: ReadonlySet<unknown> = new Set([404, 405, 501]);

const counted = z.looseObject({ input_tokens: z.int().min(0) });

export function createTokenCounter(
  options: ApiAddress & { readonly now?: () => number },
): CountTokens {
  const { now = () => performance.now() } = options;
  const client = sdkClient(options, { timeout: timeoutMs });
  let quietUntil = Number.NEGATIVE_INFINITY;
  return async ({ beta, messages, max_tokens: _most, ...request }, signal) => {
    if (now() < quietUntil) return undefined;
    try {
      const answer: unknown =
        beta === undefined
          ? await client.messages.countTokens(
              { ...request, messages: messages.map(stableMessage) },
              { signal },
            )
          : await client.beta.messages.countTokens(
              { ...request, messages: [...messages], betas: [...beta.headers] },
              { signal },
            );
      const parsed = counted.safeParse(answer);
      return parsed.success ? parsed.data.input_tokens : undefined;
    } catch (error) {
      const isAbsent = error instanceof APIError && absent.has(error.status);
      quietUntil = isAbsent ? Number.POSITIVE_INFINITY : now() + quietMs;
      return undefined;
    }
  };
}
