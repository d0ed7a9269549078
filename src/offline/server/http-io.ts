import { isUtf8 } from "node:buffer";
import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";

import { invalid, refusalBody } from "./refusal.ts";
import type { Refusal } from "./refusal.ts";

/** 32 MB: the API's limit for messages and count_tokens. */
export const maxBodyBytes = 32 * 1024 * 1024;

const organization = "00000000-0000-4000-8000-000000000000";

/** The whole body, or why it is not wanted. Stops reading as soon as it is too large. */
export async function readBody(request: IncomingMessage): Promise<Buffer | Refusal> {
  if (Number(request.headers["content-length"] ?? 0) > maxBodyBytes) return tooLarge;
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maxBodyBytes) return tooLarge;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** A body as data. Text that is not UTF-8 is refused, not repaired. */
export function parseJson(body: Buffer): { readonly data: unknown } | Refusal {
  if (!isUtf8(body)) {
    return invalid("The request body is not valid UTF-8", "request_body_encoding_invalid");
  }
  try {
    return { data: JSON.parse(body.toString("utf8")) };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return invalid(`The request body is not valid JSON: ${why}`);
  }
}

/** Every answer names itself and the account; the client prints the first when something is wrong. */
export function setIdentity(response: ServerResponse): string {
  const requestId = `req_${randomUUID().replaceAll("-", "")}`;
  response.setHeader("request-id", requestId);
  response.setHeader("anthropic-organization-id", organization);
  return requestId;
}

export function setHeaders(
  response: ServerResponse,
  headers: Readonly<Record<string, string>>,
): void {
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
}

export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(JSON.stringify(body));
}

export function sendRefusal(response: ServerResponse, refusal: Refusal, requestId: string): void {
  setHeaders(response, refusal.headers ?? {});
  // The rest of a body that is too large is not read, so the connection cannot be used again.
  if (refusal.status === 413) response.setHeader("connection", "close");
  sendJson(response, refusal.status, refusalBody(refusal, requestId));
}

const tooLarge: Refusal = {
  status: 413,
  type: "request_too_large",
  message: "Request exceeds the maximum size of 32 MB",
};
