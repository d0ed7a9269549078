import type { Allowance, Remaining } from "../../model/request-end.ts";

type ResponseHeaders = Pick<Headers, "get"> | undefined;

/** Longest wait that a server is believed to mean. */
const waitMsMax = 3_600_000;

/** What the API's headers say is left, by kind. A server may leave them out, or say nonsense. */
export function allowanceOf(headers: ResponseHeaders): Allowance | undefined {
  const [requests, inputTokens, outputTokens] = ["requests", "input-tokens", "output-tokens"].map(
    (kind) => remaining(headers, kind),
  );
  if (requests === undefined && inputTokens === undefined && outputTokens === undefined)
    return undefined;
  return { requests, inputTokens, outputTokens };
}

function remaining(headers: ResponseHeaders, kind: string): Remaining | undefined {
  const name = `anthropic-ratelimit-${kind}`;
  const left = Number(headers?.get(`${name}-remaining`) ?? Number.NaN);
  const limit = Number(headers?.get(`${name}-limit`) ?? Number.NaN);
  const resetAt = Date.parse(headers?.get(`${name}-reset`) ?? "");
  if (![left, limit, resetAt].every(Number.isFinite)) return undefined;
  return { left, limit: Math.max(0, limit), at: Date.now(), resetAt };
}

/** How long the server asks to wait, in milliseconds: in milliseconds, in seconds, or until a time. */
export function retryAfterOf(headers: ResponseHeaders): number | undefined {
  const ms = Number.parseFloat(headers?.get("retry-after-ms") ?? "");
  if (Number.isFinite(ms)) return within(ms);
  const after = headers?.get("retry-after") ?? "";
  const seconds = Number.parseFloat(after);
  if (Number.isFinite(seconds)) return within(seconds * 1_000);
  const at = Date.parse(after);
  return Number.isFinite(at) ? within(at - Date.now()) : undefined;
}

function within(ms: number): number {
  return Math.min(waitMsMax, Math.max(0, ms));
}
