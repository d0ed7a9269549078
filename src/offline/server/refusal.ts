/** Why a request is not answered: status, error type and sentence, as the API words them. */
export interface Refusal {
  readonly status: number;
  readonly type: RefusalType;
  readonly message: string;
  /** The machine-readable code where the API has one, e.g. `tool_name_conflict`. */
  readonly code?: string | undefined;
  /** Extra response headers, e.g. `retry-after`. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

export type RefusalType =
  | "invalid_request_error"
  | "authentication_error"
  | "permission_error"
  | "not_found_error"
  | "request_too_large"
  | "rate_limit_error"
  | "api_error"
  | "overloaded_error";

export function invalid(message: string, code?: string): Refusal {
  return { status: 400, type: "invalid_request_error", message, code };
}

export function notFound(message: string): Refusal {
  return { status: 404, type: "not_found_error", message };
}

/**
 * A bug of a responder or of this server. The header keeps the SDK from sending the same request twice more:
 * a bug does not go away by itself.
 */
export function internalError(message: string): Refusal {
  return {
    status: 500,
    type: "api_error",
    message: `Internal error: ${message}`,
    headers: { "x-should-retry": "false" },
  };
}

/** The response body of a refusal, and the data of an `error` event. */
export function refusalBody(refusal: Refusal, requestId: string): unknown {
  const details = refusal.code === undefined ? {} : { details: { error_code: refusal.code } };
  return {
    type: "error",
    error: { type: refusal.type, message: refusal.message, ...details },
    request_id: requestId,
  };
}
