import type Anthropic from "@anthropic-ai/sdk";
import { expect, test } from "vitest";

import type { OfflineServer } from "../../../src/offline/server/start-server.ts";
import type { OfflineTurn } from "../../../src/offline/turn.ts";
import { calls, clientOf, readTool, request, says, serve } from "./rig.ts";

const thinks = { thinking: { type: "adaptive", display: "summarized" } } as const;
const thoughtful: OfflineTurn = {
  content: [
    { type: "thinking", thinking: "I should read it." },
    ...calls("Read", { path: "a" }).content,
  ],
};

/** A conversation of two finished tool rounds, each with a thinking block, sent back with a change. */
async function conversation(server: OfflineServer): Promise<Anthropic.MessageParam[]> {
  const client = clientOf(server);
  const messages: Anthropic.MessageParam[] = [
    { role: "user", content: [{ type: "text", text: "go" }] },
  ];
  for (let round = 0; round < 2; round += 1) {
    const answer = await client.messages.stream(asked({ messages })).finalMessage();
    messages.push(
      { role: "assistant", content: answer.content },
      { role: "user", content: results(answer) },
    );
  }
  return messages;
}

function asked(more: Parameters<typeof request>[0]): ReturnType<typeof request> {
  return request({ ...thinks, system: "Be careful.", tools: [readTool], ...more });
}

function results(answer: Anthropic.Message): Anthropic.ToolResultBlockParam[] {
  return answer.content.flatMap((block) =>
    block.type === "tool_use"
      ? [{ type: "tool_result", tool_use_id: block.id, content: "ok" }]
      : [],
  );
}

function withoutThinking(message: Anthropic.MessageParam): Anthropic.MessageParam {
  if (message.role !== "assistant" || typeof message.content === "string") return message;
  return { ...message, content: message.content.filter(({ type }) => type !== "thinking") };
}

const serveThoughts = (): Promise<OfflineServer> => serve({ responder: () => thoughtful });

test("thinking comes with a signature, and goes back unchanged without complaint", async () => {
  const server = await serveThoughts();
  const messages = await conversation(server);
  expect(messages[1]?.content).toMatchObject([
    { type: "thinking", thinking: "I should read it.", signature: expect.stringMatching(/.{80}/) },
    { type: "tool_use" },
  ]);
  await clientOf(server).messages.create(asked({ messages }));
  expect(server.stats().refused).toEqual([]);
});

const unbound =
  /Invalid `signature` in `thinking` block\. The block is bound to a different conversation/;
const changed: readonly {
  readonly what: string;
  readonly change: (messages: Anthropic.MessageParam[]) => Parameters<typeof request>[0];
  readonly message: RegExp;
}[] = [
  {
    what: "an earlier message",
    change: (messages) => ({ messages: [{ role: "user", content: "stop" }, ...messages.slice(1)] }),
    message: unbound,
  },
  {
    what: "the system prompt",
    change: (messages) => ({ messages, system: "Be quick." }),
    message: unbound,
  },
  {
    what: "a tool",
    change: (messages) => ({ messages, tools: [{ ...readTool, description: "Reads." }] }),
    message: unbound,
  },
  {
    what: "the model",
    change: (messages) => ({ messages, model: "claude-haiku-5-5" }),
    message: /created by another model/,
  },
  {
    what: "the text of a thinking block",
    change: (messages) => ({
      messages: messages.map(
        (message) =>
          JSON.parse(
            JSON.stringify(message).replace("I should read it.", "I should delete it."),
          ) as Anthropic.MessageParam,
      ),
    }),
    message: /cannot be modified/,
  },
  {
    what: "an earlier tool result",
    change: (messages) => ({
      messages: messages.map((message, index) =>
        index === 2
          ? (JSON.parse(
              JSON.stringify(message).replace('"ok"', '"[cleared]"'),
            ) as Anthropic.MessageParam)
          : message,
      ),
    }),
    message: unbound,
  },
];

test.for(changed)(
  "a history in which $what has changed is refused, in an answer and in a count",
  async ({ change, message }) => {
    const server = await serveThoughts();
    const client = clientOf(server);
    const { max_tokens: _, ...body } = asked(change(await conversation(server)));
    await expect(client.messages.create({ ...body, max_tokens: 1000 })).rejects.toThrow(message);
    await expect(
      client.messages.countTokens(body as Anthropic.MessageCountTokensParams),
    ).rejects.toThrow(message);
  },
);

test("cache marks and plain-string content change nothing that a block is bound to", async () => {
  const server = await serveThoughts();
  const [, ...rest] = await conversation(server);
  const messages: Anthropic.MessageParam[] = [{ role: "user", content: "go" }, ...rest];
  await clientOf(server).messages.create(asked({ messages, cache_control: { type: "ephemeral" } }));
  expect(server.stats().refused).toEqual([]);
});

test("thinking may be removed oldest first, and not from the middle", async () => {
  const server = await serveThoughts();
  const client = clientOf(server);
  const messages = await conversation(server);
  const third = await client.messages.create(asked({ messages }));
  messages.push(
    { role: "assistant", content: third.content },
    { role: "user", content: results(third) },
  );
  const strip = (index: number): Anthropic.MessageParam[] =>
    messages.map((message, at) => (at === index ? withoutThinking(message) : message));
  await client.messages.create(asked({ messages: messages.map(withoutThinking) }));
  await client.messages.create(asked({ messages: strip(1) }));
  await expect(client.messages.create(asked({ messages: strip(3) }))).rejects.toThrow(unbound);
});

test("blocks that no longer fit are dropped and reported when the request says so", async () => {
  const server = await serveThoughts();
  const [, ...rest] = await conversation(server);
  const { stream: _, ...body } = asked({
    messages: [{ role: "user", content: "changed" }, ...rest],
  });
  const answer = await clientOf(server).beta.messages.create({
    ...(body as Anthropic.Beta.MessageCreateParamsNonStreaming),
    betas: ["thinking-binding-controls-2026-08-01"],
    thinking: { type: "adaptive", block_binding: { prefix_mismatch_behavior: "drop_block" } },
  });
  expect(answer.input_transformations).toEqual([
    { type: "thinking_dropped", path: "messages.1.content.0", reason: "prefix_binding_mismatch" },
    { type: "thinking_dropped", path: "messages.3.content.0", reason: "prefix_binding_mismatch" },
  ]);
});

test("a block that was tampered with is refused even by a request that drops what does not fit", async () => {
  const server = await serveThoughts();
  const messages = JSON.parse(
    JSON.stringify(await conversation(server)).replace("I should read it.", "I should delete it."),
  ) as Anthropic.Beta.BetaMessageParam[];
  const answer = clientOf(server).beta.messages.create({
    ...(asked({}) as Anthropic.Beta.MessageCreateParamsNonStreaming),
    messages,
    betas: ["thinking-binding-controls-2026-08-01"],
    thinking: { type: "adaptive", block_binding: { prefix_mismatch_behavior: "drop_block" } },
  });
  await expect(answer).rejects.toThrow(/cannot be modified/);
});

test("a model that always thinks signs an empty block, and one that does not think sends none", async () => {
  const client = clientOf(
    await serve({
      responder: () => ({ content: [{ type: "thinking", thinking: "hm" }, ...says("x").content] }),
    }),
  );
  const always = await client.messages.create(request({ model: "claude-opus-5-5" }));
  const shown = await client.messages.create(request({ model: "claude-opus-5-5", ...thinks }));
  const never = await client.messages.create(request({ thinking: { type: "disabled" } }));
  expect(always.content).toMatchObject([{ type: "thinking", thinking: "" }, { type: "text" }]);
  expect(shown.content).toMatchObject([{ type: "thinking", thinking: "hm" }, { type: "text" }]);
  expect(never.content).toMatchObject([{ type: "text" }]);
  expect(shown.usage.output_tokens_details?.thinking_tokens).toBeGreaterThan(0);
});
