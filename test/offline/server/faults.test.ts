import {
  APIConnectionError,
  APIError,
  ContentTooLargeError,
  InternalServerError,
  OverloadedError,
  RateLimitError,
} from "@anthropic-ai/sdk";
import { expect, test } from "vitest";

import type { Fault } from "../../../src/offline/server/faults.ts";
import { createFaultPlan } from "../../../src/offline/server/faults.ts";
import type { OfflineServer } from "../../../src/offline/server/start-server.ts";
import { calls, clientOf, handClock, readTool, request, says, serve } from "./rig.ts";

async function faulty(
  fault: Fault,
  more: Parameters<typeof serve>[0] = {},
): Promise<OfflineServer> {
  return serve({ faults: [fault], responder: () => says("Grüße 😀 and more"), ...more });
}

const statuses = [
  { fault: { at: 1, fault: "rate-limit" }, error: RateLimitError },
  { fault: { at: 1, fault: "overloaded" }, error: OverloadedError },
  { fault: { at: 1, fault: "server-error" }, error: InternalServerError },
  { fault: { at: 1, fault: "too-large" }, error: ContentTooLargeError },
] as const;

test.for(statuses)(
  "$fault.fault reaches the SDK as its own error, and is no refused request",
  async ({ fault, error }) => {
    const server = await faulty(fault);
    await expect(clientOf(server).messages.stream(request()).finalMessage()).rejects.toThrow(error);
    expect(server.stats()).toMatchObject({ requests: 1, faults: 1, refused: [] });
  },
);

test("the SDK waits as long as a rate limit says and tries again", async () => {
  const server = await faulty({ at: 1, fault: "rate-limit", retryAfter: 0.001 });
  const answer = await clientOf(server, { maxRetries: 1 }).messages.create(request());
  expect(answer.content).toMatchObject([{ text: "Grüße 😀 and more" }]);
  expect(server.stats()).toMatchObject({ requests: 2, faults: 1 });
});

async function retryAfter(fault: Fault): Promise<string | null | undefined> {
  const error: unknown = await clientOf(await faulty(fault))
    .messages.create(request())
    .catch((error: unknown) => error);
  return error instanceof APIError ? error.headers?.get("retry-after") : undefined;
}

test("a rate limit carries retry-after when it says how long, and not otherwise", async () => {
  expect(await retryAfter({ at: 1, fault: "rate-limit", retryAfter: 7 })).toBe("7");
  expect(await retryAfter({ at: 1, fault: "rate-limit" })).toBe(null);
});

test.for([0, 1, 300, 900, 1_000_000])(
  "a stream cut at byte %i is an error, never a shorter answer",
  async (byte) => {
    const server = await faulty({ at: 1, fault: "cut", byte });
    const client = clientOf(server);
    await expect(client.messages.stream(request()).finalMessage()).rejects.toThrow();
    expect(await client.messages.stream(request()).finalText()).toBe("Grüße 😀 and more");
  },
);

test("an answer that is not streamed is cut too", async () => {
  const server = await faulty({ at: 1, fault: "cut", byte: 20 });
  await expect(clientOf(server).messages.create(request())).rejects.toThrow();
});

test.for(["stall", "slow-first-byte"] as const)(
  "a %s takes its time and loses nothing",
  async (kind) => {
    const slept: number[] = [];
    const clock = { ...handClock(), sleep: (ms: number) => Promise.resolve(void slept.push(ms)) };
    const server = await faulty({ at: 1, fault: kind, ms: 5000 }, { clock, latencyMs: 20 });
    expect(await clientOf(server).messages.stream(request()).finalText()).toBe("Grüße 😀 and more");
    expect(slept).toEqual([20, 5000]);
  },
);

test("a stall longer than the client's patience is a timeout", async () => {
  const server = await faulty({ at: 1, fault: "slow-first-byte", ms: 60_000 });
  const asked = clientOf(server).messages.create(request(), { timeout: 20 });
  await expect(asked).rejects.toThrow(APIConnectionError);
});

test("characters split between packets arrive whole", async () => {
  const input = { path: "naïve/日本語/😀.ts" };
  const server = await faulty(
    { at: 1, fault: "split-utf8" },
    {
      responder: () => ({
        content: [...says("Grüße 😀").content, ...calls("Read", input).content],
      }),
    },
  );
  const message = await clientOf(server)
    .messages.stream(request({ tools: [readTool] }))
    .finalMessage();
  expect(message.content).toMatchObject([{ text: "Grüße 😀" }, { input }]);
});

test("a second message_start is an error to the SDK", async () => {
  const server = await faulty({ at: 1, fault: "duplicate-start" });
  await expect(clientOf(server).messages.stream(request()).finalMessage()).rejects.toThrow(
    /message_start/,
  );
});

test.for(["duplicate-start", "error-event"] as const)(
  "a %s leaves an answer alone that is not streamed",
  async (fault) => {
    const server = await faulty({ at: 1, fault });
    const answer = await clientOf(server).messages.create(request());
    expect(answer.content).toMatchObject([{ text: "Grüße 😀 and more" }]);
  },
);

test("an error event after the status 200 is an error with its type", async () => {
  const server = await faulty({ at: 1, fault: "error-event" });
  const error: unknown = await clientOf(server)
    .messages.stream(request())
    .finalMessage()
    .catch((error: unknown) => error);
  expect(error).toBeInstanceOf(APIError);
  expect(error).toMatchObject({ type: "overloaded_error" });
});

test("faults count the requests of their own conversation", async () => {
  const server = await serve({ faults: [{ at: 2, when: "unit=b", fault: "overloaded" }] });
  const client = clientOf(server);
  const ask = (unit: string): Promise<unknown> =>
    client.messages
      .create(request({ messages: [{ role: "user", content: `unit=${unit}` }] }))
      .then(() => "ok")
      .catch(() => "fault");
  const order = ["a", "b", "a", "a", "b", "b"];
  const outcomes: unknown[] = [];
  for (const unit of order) outcomes.push(await ask(unit));
  expect(outcomes).toEqual(["ok", "ok", "ok", "ok", "fault", "ok"]);
});

test("of two faults for one request the first strikes, once", () => {
  const next = createFaultPlan([
    { at: 1, when: "x", fault: "overloaded" },
    { at: 1, fault: "server-error" },
  ]);
  expect([1, 2].map(() => next("x", { asksSummary: false })).map((fault) => fault?.fault)).toEqual([
    "overloaded",
    undefined,
  ]);
});
