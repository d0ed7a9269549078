import type { Fault } from "./faults.ts";
import type { Refusal } from "./refusal.ts";

/** The refusal a fault stands for; undefined for a fault that strikes on the way back. */
export function faultRefusal(fault: Fault): Refusal | undefined {
  switch (fault.fault) {
    case "rate-limit":
      return {
        status: 429,
        type: "rate_limit_error",
        message: "This request would exceed the rate limit (fault plan)",
        headers: fault.retryAfter === undefined ? {} : { "retry-after": String(fault.retryAfter) },
      };
    case "overloaded":
      return { status: 529, type: "overloaded_error", message: "Overloaded (fault plan)" };
    case "compaction-unavailable":
      return {
        status: 529,
        type: "overloaded_error",
        message: "The compaction could not be completed (fault plan)",
        code: "compaction_unavailable",
      };
    case "server-error":
      return { status: 500, type: "api_error", message: "Internal server error (fault plan)" };
    case "too-large":
      return {
        status: 413,
        type: "request_too_large",
        message: "Request exceeds the maximum size (fault plan)",
      };
    default:
      return undefined;
  }
}
