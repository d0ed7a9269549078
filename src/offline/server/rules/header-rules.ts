import type { IncomingHttpHeaders } from "node:http";

import { invalid } from "../refusal.ts";
import type { Refusal } from "../refusal.ts";

/** What the headers of a request say, once they keep the rules. */
export interface Caller {
  readonly apiKey: string;
  readonly betas: ReadonlySet<string>;
}

const knownBetas: ReadonlySet<string> = new Set([
  "context-management-2025-06-27",
  "compact-2026-01-12",
  "compact-2026-09-04",
  "message-threads-2026-08-12",
  "thinking-binding-controls-2026-08-01",
  "mid-conversation-tool-changes-2026-07-01",
  "inline-tools-2026-09-15",
  "mid-conversation-system-clear-at-2026-08-21",
  "mid-conversation-output-config-2026-07-01",
  "task-budgets-2026-03-13",
  "fast-mode-2026-02-01",
  "output-300k-2026-03-24",
  "thinking-token-count-2026-05-13",
  "server-side-fallback-2026-07-01",
  "advisor-tool-2026-03-01",
  // Generally available by now, and still accepted.
  "prompt-caching-2024-07-31",
  "extended-cache-ttl-2025-04-11",
  "token-counting-2024-11-01",
  "interleaved-thinking-2025-05-14",
]);

/** The second is what SDK 1.12 sends. */
const versions: ReadonlySet<unknown> = new Set(["2023-06-01", "2026-10-21"]);

const loopbackHost = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/;

/**
 * Who calls, or why not. Keys that begin with the server's own key and a dash are good too: each is a workspace
 * of its own, with its own cache.
 */
export function readCaller(
  headers: IncomingHttpHeaders,
  { apiKey: ownKey, isPlain }: { readonly apiKey: string; readonly isPlain: boolean },
): Caller | Refusal {
  // A web page whose name was rebound to 127.0.0.1 still sends its own name here.
  if (!loopbackHost.test(headers.host ?? "")) {
    return {
      status: 403,
      type: "permission_error",
      message: "This server answers only requests addressed to the loopback interface",
    };
  }
  const apiKey = readKey(headers);
  if (typeof apiKey !== "string") return apiKey;
  if (apiKey !== ownKey && !apiKey.startsWith(`${ownKey}-`)) {
    return unauthenticated("invalid x-api-key");
  }
  const version = headers["anthropic-version"];
  if (version === undefined) return invalid("anthropic-version: header is required");
  if (!versions.has(version))
    return invalid(`anthropic-version: "${String(version)}" is not a valid version`);
  return isPlain ? { apiKey, betas: new Set() } : readBetas(headers, apiKey);
}

export function isRefusal(value: object): value is Refusal {
  return "status" in value && "message" in value;
}

/** A body is JSON, sent as it is. */
export function checkContentHeaders(headers: IncomingHttpHeaders): Refusal | undefined {
  const type = (headers["content-type"] ?? "").split(";")[0]?.trim().toLowerCase();
  if (type !== "application/json") return invalid("content-type: must be application/json");
  const encoding = headers["content-encoding"];
  if (encoding !== undefined && encoding !== "identity") {
    return invalid(
      `content-encoding: ${encoding} is not supported`,
      "request_body_encoding_unsupported",
    );
  }
  return undefined;
}

function readKey(headers: IncomingHttpHeaders): string | Refusal {
  const key = headers["x-api-key"];
  const authorization = headers.authorization;
  if (key !== undefined && authorization !== undefined) {
    return unauthenticated("x-api-key and Authorization are both set; send one of them");
  }
  if (typeof key === "string") return key;
  const bearer = /^Bearer (\S+)$/.exec(authorization ?? "")?.[1];
  return bearer ?? unauthenticated("x-api-key header is required");
}

function readBetas(headers: IncomingHttpHeaders, apiKey: string): Caller | Refusal {
  const sent = [headers["anthropic-beta"] ?? []].flat().join(",");
  const betas = sent
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
  const unknown = betas.find((name) => !knownBetas.has(name));
  if (unknown !== undefined) {
    return invalid(`Unexpected value(s) \`${unknown}\` for the \`anthropic-beta\` header`);
  }
  return { apiKey, betas: new Set(betas) };
}

function unauthenticated(message: string): Refusal {
  return { status: 401, type: "authentication_error", message };
}
