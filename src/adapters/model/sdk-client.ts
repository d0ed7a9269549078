import { Anthropic, type ClientOptions } from "@anthropic-ai/sdk";

/** Where requests go, and with which key. */
export interface ApiAddress {
  readonly baseUrl?: string | undefined;
  readonly apiKey: string;
}

/**
 * The SDK as all of ours use it: with our key and no other that it finds, without tries of its own that nobody is told of, and
 * silent: it would write what models and proxies send to the terminal.
 */
export function sdkClient(
  { baseUrl, apiKey }: ApiAddress,
  options: Required<Pick<ClientOptions, "timeout">> & Pick<ClientOptions, "fetch">,
): Anthropic {
  return new Anthropic({
    ...options,
    apiKey,
    authToken: null,
    ...(baseUrl === undefined ? {} : { baseURL: baseUrl }),
    maxRetries: 0,
    logLevel: "off",
  });
}
