import { expect, onTestFinished, test } from "vitest";

import { createAnthropicClient } from "../../../src/adapters/model/anthropic-client.ts";
import type { Fault } from "../../../src/offline/server/faults.ts";
import { startOfflineServer } from "../../../src/offline/server/start-server.ts";
import type { ModelAnswer, ModelRequest } from "../../../src/ports/model-client.ts";

const request: ModelRequest = {
  model: "claude-sonnet-5-5",
  max_tokens: 1000,
  messages: [{ role: "user", content: "go" }],
};

const pause = (): Promise<void> => Promise.resolve();

async function ask(
  faults: readonly Fault[],
  more: Partial<ModelRequest> = {},
): Promise<{ readonly answer: ModelAnswer; readonly retried: readonly number[] }> {
  const server = await startOfflineServer({
    responder: () => ({ content: [{ type: "text", text: "hello" }] }),
    mode: "lint",
    faults,
  });
  onTestFinished(() => server.close());
  const client = createAnthropicClient({ baseUrl: server.url, apiKey: server.apiKey, pause });
  const retried: number[] = [];
  const answer = await client(
    { ...request, ...more },
    {
      signal: new AbortController().signal,
      onRetry: ({ status, waitMs }) => {
        expect(waitMs).toBeGreaterThanOrEqual(0);
        retried.push(status);
      },
    },
  );
  return { answer, retried };
}

function times<Item>(count: number, of: (at: number) => Item): readonly Item[] {
  return Array.from({ length: count }, (_, index) => of(index + 1));
}

const overloaded: Fault = { at: 1, fault: "overloaded" };

test("a message comes back whole", async () => {
  const { answer, retried } = await ask([]);
  expect(answer).toMatchObject({ message: { content: [{ type: "text", text: "hello" }] } });
  expect(retried).toEqual([]);
});

test("a refusal that may pass is retried, and each retry is told with the status before it", async () => {
  const { answer, retried } = await ask([
    { at: 1, fault: "rate-limit", retryAfter: 0.01 },
    { ...overloaded, at: 2 },
  ]);
  expect(answer.kind).toBe("message");
  expect(retried).toEqual([429, 529]);
});

test("a server that stays overloaded is a failure with a hint", async () => {
  const { answer, retried } = await ask(times(9, (at) => ({ ...overloaded, at })));
  expect(answer).toMatchObject({
    kind: "failed",
    failure: {
      kind: "api",
      message: expect.stringContaining("529"),
      hint: "the API has trouble; try again later",
    },
  });
  expect(retried).toEqual(times(8, () => 529));
});

test.each<Fault>([
  { at: 1, fault: "cut", byte: 300 },
  { at: 1, fault: "error-event" },
  { at: 1, fault: "duplicate-start" },
])("an answer that breaks off is asked for again: %o", async (fault) => {
  const { answer, retried } = await ask([fault]);
  expect(answer).toMatchObject({ message: { content: [{ type: "text", text: "hello" }] } });
  expect(retried).toEqual([0]);
});

test("answers that always break off are a failure", async () => {
  const { answer, retried } = await ask(times(7, (at) => ({ at, fault: "cut", byte: 300 })));
  expect(answer).toMatchObject({
    kind: "failed",
    failure: { kind: "api", message: expect.stringContaining("broke off") },
  });
  expect(retried).toEqual(times(6, () => 0));
});

test("a request the API refuses fails at once, with the API's own words", async () => {
  const { answer, retried } = await ask([], { max_tokens: 10_000_000 });
  expect(answer).toMatchObject({
    kind: "failed",
    failure: {
      kind: "api",
      message: expect.stringMatching(/400.*max_tokens/s),
      hint: expect.stringContaining("bug in Skein"),
    },
  });
  expect(retried).toEqual([]);
});

test("a server that is not there is a failure that says so", async () => {
  const client = createAnthropicClient({ baseUrl: "http://127.0.0.1:9", apiKey: "k", pause });
  const answer = await client(request, { signal: new AbortController().signal, onRetry: () => {} });
  expect(answer).toMatchObject({
    failure: { kind: "api", hint: "check the network and --base-url" },
  });
});

test("a cancelled request comes back as cancelled", async () => {
  const stop = new AbortController();
  const server = await startOfflineServer({
    responder: () => ({ content: [{ type: "text", text: "late" }], latencyMs: 20_000 }),
    mode: "lint",
    onRequest: () => stop.abort(),
  });
  onTestFinished(() => server.close());
  const client = createAnthropicClient({ baseUrl: server.url, apiKey: server.apiKey });
  const answer = await client(request, { signal: stop.signal, onRetry: () => {} });
  expect(answer).toEqual({ kind: "cancelled" });
});

test("an answer that goes silent is asked for again", async () => {
  const server = await startOfflineServer({
    responder: () => ({ content: [{ type: "text", text: "hello" }] }),
    mode: "lint",
    faults: [{ at: 1, fault: "stall", ms: 30_000 }],
  });
  onTestFinished(() => server.close());
  const { url: baseUrl, apiKey } = server;
  const client = createAnthropicClient({ baseUrl, apiKey, pause, silenceMs: 100 });
  const retried: number[] = [];
  const onRetry = ({ status }: { readonly status: number }): number => retried.push(status);
  const answer = await client(request, { signal: new AbortController().signal, onRetry });
  expect(answer.kind).toBe("message");
  expect(retried).toEqual([0]);
});
