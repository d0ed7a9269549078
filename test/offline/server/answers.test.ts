import { APIUserAbortError } from "@anthropic-ai/sdk";
import type Anthropic from "@anthropic-ai/sdk";
import { expect, test } from "vitest";

import type { OfflineRequest, OfflineTurn } from "../../../src/offline/turn.ts";
import { calls, clientOf, gate, readTool, request, says, serve } from "./rig.ts";

/** A message without what differs from one answer to the next, and what the SDK adds. */
function anonymous(message: Anthropic.Message): unknown {
  const differs = new Set(["id", "parsed_output"]);
  return JSON.parse(
    JSON.stringify(message, (key, value: unknown) => (differs.has(key) ? undefined : value)),
  );
}

test("create and stream give the same message", async () => {
  const turn: OfflineTurn = {
    content: [
      { type: "text", text: 'Größe "x"\n' },
      {
        type: "tool_use",
        name: "Read",
        input: { path: 'é\\"\u2028😀', deep: [1, null, { a: [] }] },
      },
      { type: "tool_use", name: "Read", input: {} },
    ],
  };
  const server = await serve({ responder: () => turn });
  const client = clientOf(server);
  const created = await client.messages.create(request({ tools: [readTool] }));
  const streamed = await client.messages.stream(request({ tools: [readTool] })).finalMessage();
  expect(created).toMatchObject({
    role: "assistant",
    stop_reason: "tool_use",
    model: "claude-sonnet-5-5",
  });
  expect(created.content).toMatchObject(turn.content);
  expect(anonymous(streamed)).toEqual(anonymous(created));
  expect(server.stats()).toMatchObject({ requests: 2, refused: [] });
});

test("a conversation with parallel calls goes round under the SDK and is never refused", async () => {
  const seen: OfflineRequest[] = [];
  const server = await serve({
    onRequest: (asked) => seen.push(asked),
    responder: ({ messages }) =>
      messages.length > 6
        ? says("done")
        : {
            content: [
              ...calls("Read", { path: "a" }).content,
              ...calls("Read", { path: "b" }).content,
            ],
          },
  });
  const messages: Anthropic.MessageParam[] = [{ role: "user", content: "go" }];
  const client = clientOf(server);
  for (;;) {
    const answer = await client.messages
      .stream(
        request({
          model: "claude-opus-5-5",
          tools: [readTool],
          messages,
          cache_control: { type: "ephemeral" },
        }),
      )
      .finalMessage();
    messages.push({ role: "assistant", content: answer.content });
    if (answer.stop_reason === "end_turn") break;
    messages.push({
      role: "user",
      content: answer.content
        .filter((block) => block.type === "tool_use")
        .map(({ id }) => ({
          type: "tool_result",
          tool_use_id: id,
          content: [{ type: "text", text: "yes" }],
          is_error: true,
        })),
    });
  }
  expect(messages).toHaveLength(8);
  expect(server.stats()).toMatchObject({ requests: 4, refused: [] });
  expect(seen.at(-1)?.messages.at(-1)?.content[1]).toEqual({
    type: "tool_result",
    tool_use_id: expect.stringMatching(/^toolu_/),
    text: "yes",
    is_error: true,
  });
});

test("counted tokens are those the answer is charged for", async () => {
  const client = clientOf(await serve());
  const { max_tokens: _, ...asked } = request({
    system: "You rename things.",
    tools: [readTool],
    messages: [{ role: "user", content: "a longer question, then" }],
  });
  const counted = await client.messages.countTokens({ ...asked, messages: asked.messages });
  const answer = await client.messages.create({ ...asked, max_tokens: 10 });
  expect(counted.input_tokens).toBeGreaterThan(20);
  expect(answer.usage.input_tokens).toBe(counted.input_tokens);
});

test("the models endpoint gives limits, page by page", async () => {
  const client = clientOf(await serve());
  const ids: string[] = [];
  for await (const model of client.models.list({ limit: 5 })) ids.push(model.id);
  expect(new Set(ids).size).toBe(18);
  expect(ids).toContain("claude-haiku-5-5");
  const newest = await client.models.list({
    before_id: ids[6],
    limit: 2,
  } as Anthropic.ModelListParams);
  expect(newest.data.map(({ id }) => id)).toEqual([ids[4], ids[5]]);
  expect(newest.has_more).toBe(true);
  expect(await client.models.retrieve("claude-haiku-4-5-20251001")).toMatchObject({
    id: "claude-haiku-4-5",
    max_input_tokens: 200_000,
    max_tokens: 64_000,
  });
  expect(await client.models.retrieve("claude-opus-5-5")).toMatchObject({
    max_input_tokens: 1_000_000,
    capabilities: {
      thinking: { types: { disabled: { supported: false }, adaptive: { supported: true } } },
    },
  });
  const old = await client.models.list({ lifecycle: ["deprecated"] });
  expect(old.data.map(({ id }) => id)).toEqual(["claude-sonnet-4-5"]);
});

test("an answer longer than max_tokens is cut and says so", async () => {
  const client = clientOf(await serve({ responder: () => says("word ".repeat(1000)) }));
  const answer = await client.messages.create(request({ max_tokens: 50 }));
  expect(answer).toMatchObject({ stop_reason: "max_tokens", usage: { output_tokens: 50 } });
  expect(answer.content[0]).toMatchObject({ text: expect.stringMatching(/^(word ?)+w?o?r?d?$/) });
});

test("a call that does not fit into max_tokens is left out, not torn", async () => {
  const client = clientOf(
    await serve({
      responder: () => ({
        content: [...says("I write").content, ...calls("Read", { path: "x".repeat(500) }).content],
      }),
    }),
  );
  const answer = await client.messages.create(request({ tools: [readTool], max_tokens: 50 }));
  expect(answer).toMatchObject({ stop_reason: "max_tokens", content: [{ text: "I write" }] });
});

test("an answer that fills the context window is cut and says so", async () => {
  const client = clientOf(await serve({ responder: () => says("word ".repeat(2000)) }));
  const nearlyFull = "x ".repeat(319_500);
  const answer = await client.messages.create(
    request({
      model: "claude-haiku-4-5",
      messages: [{ role: "user", content: nearlyFull }],
      max_tokens: 20_000,
    }),
  );
  expect(answer.stop_reason).toBe("model_context_window_exceeded");
});

test("a stop sequence ends the answer before itself", async () => {
  const client = clientOf(await serve({ responder: () => says("one END two STOP") }));
  const answer = await client.messages.create(request({ stop_sequences: ["STOP", "END"] }));
  expect(answer).toMatchObject({
    stop_reason: "stop_sequence",
    stop_sequence: "END",
    content: [{ text: "one " }],
  });
});

test("a request that allows no parallel calls gets one", async () => {
  const two = {
    content: [...calls("Read", { path: "a" }).content, ...calls("Read", { path: "b" }).content],
  };
  const client = clientOf(await serve({ responder: () => two }));
  const answer = await client.messages.create(
    request({ tools: [readTool], tool_choice: { type: "auto", disable_parallel_tool_use: true } }),
  );
  expect(answer.content).toMatchObject([{ type: "tool_use", input: { path: "a" } }]);
});

test("a paused answer, and no other, may be sent back last to be continued", async () => {
  const server = await serve({
    responder: ({ messages }) =>
      messages.at(-1)?.role === "assistant"
        ? says("done")
        : { ...says("wait"), stopReason: "pause_turn" },
  });
  const client = clientOf(server);
  const paused = await client.messages.create(request());
  const resume = (content: Anthropic.ContentBlockParam[]): Promise<Anthropic.Message> =>
    client.messages.create(
      request({
        messages: [
          { role: "user", content: "go" },
          { role: "assistant", content },
        ],
      }),
    );
  expect(paused.stop_reason).toBe("pause_turn");
  expect(await resume(paused.content)).toMatchObject({ content: [{ text: "done" }] });
  await expect(resume([{ type: "text", text: "waiting" }])).rejects.toThrow(/prefill/);
});

const bugs: readonly { readonly what: string; readonly turn: () => OfflineTurn }[] = [
  { what: "calls an unknown tool", turn: () => calls("Write", {}) },
  { what: "answers an empty text", turn: () => says("") },
  { what: "answers nothing", turn: () => ({ content: [] }) },
  {
    what: "calls a tool and ends its turn",
    turn: () => ({ ...calls("Read", {}), stopReason: "end_turn" }),
  },
  {
    what: "calls with an input that is no object",
    turn: () => ({ content: [{ type: "tool_use", name: "Read", input: "a.ts" }] }),
  },
  {
    what: "throws",
    turn: () => {
      throw new Error("oops");
    },
  },
];

test.for(bugs)(
  "a responder that $what is an internal error, on record and not retried",
  async ({ turn }) => {
    const server = await serve({ responder: turn });
    const asked = clientOf(server, { maxRetries: 2 }).messages.create(
      request({ tools: [readTool] }),
    );
    await expect(asked).rejects.toThrow(/Internal error: the responder/);
    expect(server.stats()).toMatchObject({
      requests: 1,
      refused: [{ status: 500, type: "api_error" }],
    });
  },
);

test("a responder that calls a tool against tool_choice none is an internal error", async () => {
  const client = clientOf(await serve({ responder: () => calls("Read", {}) }));
  const asked = client.messages.create(
    request({ tools: [readTool], tool_choice: { type: "none" } }),
  );
  await expect(asked).rejects.toThrow(/Internal error: the responder called a tool against/);
});

test("a client that goes away while it waits leaves no open request behind", async () => {
  const waits = gate();
  const left = gate();
  const server = await serve({
    latencyMs: 60_000,
    clock: {
      now: () => 0,
      sleep: (_, signal) => {
        waits.open();
        return new Promise((resolve) => {
          signal?.addEventListener("abort", () => {
            left.open();
            resolve();
          });
        });
      },
    },
  });
  const stream = clientOf(server).messages.stream(request());
  await waits.opened;
  stream.abort();
  await expect(stream.finalMessage()).rejects.toThrow(APIUserAbortError);
  await left.opened;
  expect(server.stats()).toMatchObject({ requests: 1, outputTokens: 0, refused: [] });
});

test("the peak of concurrent requests is counted", async () => {
  let waiting = 0;
  const all = gate();
  const server = await serve({
    responder: async () => {
      waiting += 1;
      if (waiting === 8) all.open();
      await all.opened;
      return says("hi");
    },
  });
  const client = clientOf(server);
  await Promise.all(Array.from({ length: 8 }, () => client.messages.create(request())));
  expect(server.stats()).toMatchObject({ requests: 8, peakConcurrent: 8 });
});
