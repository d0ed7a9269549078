import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

import { expect, onTestFinished, test } from "vitest";

import { createTokenCounter } from "../../../src/adapters/model/count-tokens.ts";
import type { ModelRequest } from "../../../src/ports/model-client.ts";
import { serve } from "../../offline/server/rig.ts";

const request: ModelRequest = {
  model: "claude-opus-5-5",
  max_tokens: 100,
  messages: [{ role: "user", content: [{ type: "text", text: "word ".repeat(1_000) }] }],
};
const signal = new AbortController().signal;

/** A server that gives these statuses one after the other, and how often it was asked. */
async function answering(
  ...statuses: readonly number[]
): Promise<{ readonly url: string; readonly asked: () => number }> {
  let asked = 0;
  const server = createServer((_, response) => {
    const status = statuses[Math.min(asked, statuses.length - 1)] ?? 200;
    asked += 1;
    response.writeHead(status, { "content-type": "application/json" });
    response.end(JSON.stringify(status === 200 ? { input_tokens: 7 } : { error: {} }));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, asked: () => asked };
}

test("the server says how many tokens a request has", async () => {
  const server = await serve();
  const count = createTokenCounter({ baseUrl: server.url, apiKey: server.apiKey });
  expect(await count(request, signal)).toBeGreaterThan(1_500);
  expect(server.stats()).toMatchObject({ counted: 1, requests: 0, refused: [] });
});

test.each([429, 529, 500, 400])(
  "after a %d nothing is asked for a minute, and nothing has failed",
  async (status) => {
    let now = 0;
    const { url, asked } = await answering(status, 200);
    const count = createTokenCounter({ baseUrl: url, apiKey: "k", now: () => now });
    expect(await count(request, signal)).toBeUndefined();
    now = 59_999;
    expect(await count(request, signal)).toBeUndefined();
    expect(asked()).toBe(1);
    now = 60_000;
    expect(await count(request, signal)).toBe(7);
  },
);

test("a server that cannot count is asked once", async () => {
  let now = 0;
  const { url, asked } = await answering(404, 200);
  const count = createTokenCounter({ baseUrl: url, apiKey: "k", now: () => now });
  expect(await count(request, signal)).toBeUndefined();
  now = 3_600_000;
  expect(await count(request, signal)).toBeUndefined();
  expect(asked()).toBe(1);
});
