import { createServer, request as httpRequest } from "node:http";
import type { AddressInfo } from "node:net";

import { expect, onTestFinished, test } from "vitest";

import { startOfflineServer } from "../../../src/offline/server/start-server.ts";
import { request, says, send, serve } from "./rig.ts";

const refused: readonly {
  readonly what: string;
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly path?: string;
  readonly method?: string;
  readonly body?: unknown;
  readonly status: number;
  readonly type: string;
}[] = [
  {
    what: "no version",
    headers: { "anthropic-version": undefined },
    status: 400,
    type: "invalid_request_error",
  },
  {
    what: "an unknown version",
    headers: { "anthropic-version": "2023-01-01" },
    status: 400,
    type: "invalid_request_error",
  },
  {
    what: "no key",
    headers: { "x-api-key": undefined },
    status: 401,
    type: "authentication_error",
  },
  {
    what: "a wrong key",
    headers: { "x-api-key": "sk-other" },
    status: 401,
    type: "authentication_error",
  },
  {
    what: "a key and a token",
    headers: { authorization: "Bearer x" },
    status: 401,
    type: "authentication_error",
  },
  {
    what: "an unknown beta",
    headers: { "anthropic-beta": "warp-drive-2026-01-01" },
    status: 400,
    type: "invalid_request_error",
  },
  {
    what: "a body that is not declared JSON",
    headers: { "content-type": "text/plain" },
    status: 400,
    type: "invalid_request_error",
  },
  {
    what: "a packed body",
    headers: { "content-encoding": "gzip" },
    status: 400,
    type: "invalid_request_error",
  },
  { what: "a body that is no JSON", body: "{", status: 400, type: "invalid_request_error" },
  { what: "a body that is no object", body: [], status: 400, type: "invalid_request_error" },
  {
    what: "a path that does not exist",
    path: "/v1/complete",
    status: 404,
    type: "not_found_error",
  },
  {
    what: "a model that does not exist",
    path: "/v1/models/claude-9",
    method: "GET",
    status: 404,
    type: "not_found_error",
  },
  { what: "a read of messages", method: "GET", status: 405, type: "invalid_request_error" },
  { what: "a write to models", path: "/v1/models", status: 405, type: "invalid_request_error" },
  {
    what: "a page of no models",
    path: "/v1/models?limit=0",
    method: "GET",
    status: 400,
    type: "invalid_request_error",
  },
  {
    what: "a page after an unknown model",
    path: "/v1/models?after_id=x",
    method: "GET",
    status: 404,
    type: "not_found_error",
  },
  {
    what: "a page in both directions",
    path: "/v1/models?after_id=claude-opus-5&before_id=claude-opus-5",
    method: "GET",
    status: 400,
    type: "invalid_request_error",
  },
];

test.for(refused)("refuses $what", async ({ headers, path, method, body, status, type }) => {
  const server = await serve();
  const options = { ...(headers && { headers }), ...(path && { path }), ...(method && { method }) };
  const answer = await send(server, body ?? request(), options);
  expect(answer).toMatchObject({ status, type });
  expect(answer.body).toEqual({
    type: "error",
    error: expect.objectContaining({ type }),
    request_id: answer.headers.get("request-id"),
  });
  expect(server.stats().refused).toHaveLength(1);
});

test("a version that is missing and one that is unknown are told apart", async () => {
  const server = await serve();
  const message = async (version: string | undefined): Promise<string> =>
    (await send(server, request(), { headers: { "anthropic-version": version } })).message;
  expect(await message(undefined)).toMatch(/header is required/);
  expect(await message("2023-01-01")).toMatch(/not a valid version/);
});

test("a beta field is refused even with its header, as one that is not simulated", async () => {
  const answer = await send(
    await serve(),
    { ...request(), thread: { type: "create" } },
    { headers: { "anthropic-beta": "message-threads-2026-08-12" } },
  );
  expect(answer).toMatchObject({
    status: 400,
    message: expect.stringMatching(/does not simulate/),
  });
});

test("a body over 32 MB is refused, whether it says so beforehand or not", async () => {
  const server = await serve();
  const body = JSON.stringify(
    request({ messages: [{ role: "user", content: "x".repeat(33 * 1024 * 1024) }] }),
  );
  const status = (headers: Record<string, string | number>): Promise<string> =>
    new Promise((resolve, reject) => {
      const sent = httpRequest(
        `${server.url}/v1/messages`,
        {
          method: "POST",
          headers: {
            "content-type": "application/json",
            "anthropic-version": "2023-06-01",
            "x-api-key": server.apiKey,
            ...headers,
          },
        },
        (response) => {
          response.resume();
          resolve(`${response.statusCode} ${response.headers.connection}`);
        },
      );
      // The server stops reading, so the sender may find the connection closed after it has its answer.
      sent.once("error", reject);
      if (headers["content-length"] === undefined) {
        for (let at = 0; at < body.length; at += 1 << 20)
          sent.write(body.slice(at, at + (1 << 20)));
      } else {
        sent.flushHeaders();
      }
    });
  expect(await status({ "content-length": body.length })).toBe("413 close");
  expect(await status({})).toBe("413 close");
});

test("a body that is not UTF-8 is refused, not repaired", async () => {
  const server = await serve();
  const response = await fetch(`${server.url}/v1/messages`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "anthropic-version": "2023-06-01",
      "x-api-key": server.apiKey,
    },
    body: Buffer.from(JSON.stringify(request()).replace("go", "g\u00f6"), "latin1"),
  });
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({
    error: { details: { error_code: "request_body_encoding_invalid" } },
  });
});

test("a request addressed to another host name is refused, whoever resolved it to the loopback interface", async () => {
  const server = await serve();
  const status = await new Promise((resolve) => {
    httpRequest(
      `${server.url}/v1/models`,
      { headers: { host: "evil.example", "x-api-key": server.apiKey } },
      (response) => {
        response.resume();
        resolve(response.statusCode);
      },
    ).end();
  });
  expect(status).toBe(403);
});

test("a bearer token is as good as a key, and every answer names itself, the account and the limits", async () => {
  const server = await serve();
  const answer = await send(server, request(), {
    headers: { "x-api-key": undefined, authorization: `Bearer ${server.apiKey}` },
  });
  expect(answer.status).toBe(200);
  expect(answer.headers.get("request-id")).toMatch(/^req_/);
  expect(answer.headers.get("anthropic-organization-id")).toMatch(/^[0-9a-f-]{36}$/);
  for (const kind of ["requests", "tokens", "input-tokens", "output-tokens"]) {
    const told = (part: string) => answer.headers.get(`anthropic-ratelimit-${kind}-${part}`);
    const by = kind === "requests" ? 1 : 1_000;
    expect(Number(told("limit")) % by).toBe(0);
    expect(Number(told("remaining")) % by).toBe(0);
    expect(Number(told("remaining"))).toBeLessThanOrEqual(Number(told("limit")));
    expect(told("reset")).toMatch(/T\d\d:\d\d:\d\dZ$/);
  }
});

test("a port that is taken is a failure to start", async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void other.close());
  const { port } = other.address() as AddressInfo;
  await expect(
    startOfflineServer({ responder: () => says("x"), mode: "lint", port }),
  ).rejects.toThrow(/EADDRINUSE/);
});
