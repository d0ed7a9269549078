import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

import { expect, onTestFinished, test } from "vitest";

import { createAnthropicClient } from "../../../src/adapters/model/anthropic-client.ts";
import type { ModelAnswer } from "../../../src/ports/model-client.ts";

interface ServerEvent {
  readonly type: string;
  readonly [field: string]: unknown;
}

/** Asks a server that streams just these events. */
async function askFor(events: readonly ServerEvent[]): Promise<ModelAnswer> {
  const server = createServer((_request, response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.end(
      events.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`).join(""),
    );
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const client = createAnthropicClient({ baseUrl: `http://127.0.0.1:${port}`, apiKey: "k" });
  return client(
    { model: "local", max_tokens: 10, messages: [{ role: "user", content: "go" }] },
    { signal: new AbortController().signal, onRetry: () => {} },
  );
}

const usage = { input_tokens: 1, output_tokens: 1 };
const message = { id: "m", type: "message", role: "assistant", model: "local", content: [], usage };

function streamOf(start: object, block: object): readonly ServerEvent[] {
  return [
    { type: "message_start", message: start },
    { type: "content_block_start", index: 0, content_block: block },
    { type: "content_block_stop", index: 0 },
    { type: "message_delta", delta: { stop_reason: "end_turn" }, usage },
    { type: "message_stop" },
  ];
}

const hello = { type: "text", text: "hello" };

test("a small server that leaves out what is optional is understood", async () => {
  const answer = await askFor(streamOf(message, hello));
  expect(answer).toMatchObject({ message: { content: [{ text: "hello" }] } });
});

test.each([
  [
    "counts that are none",
    streamOf({ ...message, usage: { ...usage, cache_read_input_tokens: "many" } }, hello),
  ],
  ["a tool call without an id", streamOf(message, { type: "tool_use", name: "Read", input: {} })],
  [
    "a tool call with input that is no object",
    streamOf(message, { type: "tool_use", id: "t", name: "Read", input: "x" }),
  ],
  ["text that is none", streamOf(message, { type: "text", text: { deep: [] } })],
])("a server that answers %s fails the agent, and no more", async (_, events) => {
  expect(await askFor(events)).toMatchObject({
    kind: "failed",
    failure: { kind: "api", message: expect.stringContaining("something else than a message") },
  });
});
