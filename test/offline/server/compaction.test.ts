import Anthropic from "@anthropic-ai/sdk";
import { expect, test } from "vitest";

import type { OfflineServer } from "../../../src/offline/server/start-server.ts";
import type { OfflineTurn } from "../../../src/offline/turn.ts";
import { calls, clientOf, readTool, says, send, serve } from "./rig.ts";

type Params = Anthropic.Beta.MessageCreateParamsNonStreaming;
type Block = Anthropic.Beta.BetaContentBlockParam;
interface Said {
  readonly role: "user" | "assistant";
  readonly content: Block[];
}
type Messages = Said[];

const beta = "compact-2026-09-04";
const question = "Sum it all up.";

function asked(more: Partial<Params> & { readonly messages: Messages }): Params {
  return {
    model: "claude-opus-5-5",
    max_tokens: 2_000,
    betas: [beta],
    system: [{ type: "text", text: "Be careful.", cache_control: { type: "ephemeral" } }],
    tools: [readTool],
    ...more,
  };
}

/** Reads, thinks, and sums up when it is asked to. */
function serveWork(summary: OfflineTurn = says("SUMMARY")): Promise<OfflineServer> {
  return serve({
    mode: "faithful",
    responder: ({ messages }) => {
      const last = messages.at(-1)?.content.at(-1);
      if (last?.type === "text" && last.text === question) return summary;
      return {
        content: [{ type: "thinking", thinking: "hm" }, ...calls("Read", { path: "a" }).content],
      };
    },
  });
}

const marked = { cache_control: { type: "ephemeral" } } as const;

/** A conversation of so many finished rounds; the last message is the user's. */
async function conversation(server: OfflineServer, rounds: number): Promise<Messages> {
  const client = clientOf(server);
  const messages = [saying("user", "go ".repeat(900))];
  for (let round = 0; round < rounds; round += 1) {
    const answer = await client.beta.messages.create(asked({ messages: marking(messages) }));
    messages.push(replied(answer), resultsOf(answer));
  }
  return messages;
}

function saying(role: Said["role"], text: string): Said {
  return { role, content: [{ type: "text", text }] };
}

/** An answer as it is sent back. */
function replied({ content }: Anthropic.Beta.BetaMessage): Said {
  return { role: "assistant", content };
}

function resultsOf({ content }: Anthropic.Beta.BetaMessage): Said {
  const results = content.flatMap((block) =>
    block.type === "tool_use"
      ? [{ type: "tool_result" as const, tool_use_id: block.id, content: "ok" }]
      : [],
  );
  return { role: "user", content: results };
}

/** With a breakpoint at the end, as every request of an agent. */
function marking(messages: Messages): Messages {
  const last = messages.at(-1);
  if (last === undefined) return messages;
  const content = last.content.map((block, at, all) =>
    at === all.length - 1 ? { ...block, ...marked } : block,
  );
  return [...messages.slice(0, -1), { ...last, content }];
}

const summing = { compaction: { type: "summarize", instructions: question } } as const;

async function summaryOf(
  server: OfflineServer,
  messages: Messages,
): Promise<Anthropic.Beta.BetaMessage> {
  return clientOf(server).beta.messages.create(asked({ messages: marking(messages), ...summing }));
}

test("a request for a summary gives the block alone, billed apart, read from the cache", async () => {
  const server = await serveWork();
  const messages = await conversation(server, 3);
  const before = await clientOf(server).beta.messages.create(
    asked({ messages: marking(messages) }),
  );
  const answer = await summaryOf(server, messages);
  expect(answer.stop_reason).toBe("compaction");
  expect(answer.content).toMatchObject([
    { type: "compaction", content: "SUMMARY", signature: expect.stringMatching(/.{80}/) },
  ]);
  expect(answer.usage).toMatchObject({
    input_tokens: 0,
    output_tokens: 0,
    cache_read_input_tokens: 0,
  });
  const prompt =
    before.usage.input_tokens +
    (before.usage.cache_read_input_tokens ?? 0) +
    (before.usage.cache_creation_input_tokens ?? 0);
  expect(answer.usage.iterations).toMatchObject([
    { type: "compaction", cache_read_input_tokens: prompt, cache_creation_input_tokens: 0 },
  ]);
  const streamed = await clientOf(server)
    .beta.messages.stream(asked({ messages: marking(messages), ...summing }))
    .finalMessage();
  expect(streamed.content).toEqual(answer.content);
  expect(streamed.usage.iterations).toEqual(answer.usage.iterations);
  expect(server.stats().refused).toEqual([]);
});

test("the block stands first for exactly what it sums up, and the turns that are kept keep their thinking", async () => {
  const server = await serveWork();
  const messages = await conversation(server, 4);
  const block = replied(await summaryOf(server, messages.slice(0, 5)));
  const kept = messages.slice(5);
  const client = clientOf(server);
  const next = await client.beta.messages.create(asked({ messages: [block, ...kept] }));
  expect(next.content).toMatchObject([{ type: "thinking" }, { type: "tool_use" }]);
  // Again, with the first summary in what is summed up.
  const second = replied(await summaryOf(server, [block, ...kept]));
  await client.beta.messages.create(asked({ messages: [second, replied(next), resultsOf(next)] }));
  expect(server.stats().refused).toEqual([]);
  // As the first block of a message, and counted.
  const [first, ...rest] = kept;
  const merged = {
    role: "assistant" as const,
    content: [...block.content, ...(first?.content ?? [])],
  };
  const counted = await client.beta.messages.countTokens({
    ...countable(asked({ messages: [merged, ...rest] })),
    compaction: { type: "summarize" },
  });
  expect(counted.input_tokens).toBeGreaterThan(10);
});

function countable({ max_tokens: _unknown, ...params }: Params): Omit<Params, "max_tokens"> {
  return params;
}

test("kept turns that do not follow what was summed up lose their thinking's validity", async () => {
  const server = await serveWork();
  const messages = await conversation(server, 4);
  const block = replied(await summaryOf(server, messages.slice(0, 5)));
  const client = clientOf(server);
  // One turn too few was left out, or one too many.
  for (const from of [3, 7])
    await expect(
      client.beta.messages.create(asked({ messages: [block, ...messages.slice(from)] })),
    ).rejects.toThrow(/bound to a different conversation/);
});

test("what ends with an answer can be summed up too", async () => {
  const server = await serve({ mode: "faithful", responder: () => says("so") });
  const talk = [saying("user", "go"), saying("assistant", "yes")];
  const block = replied(await summaryOf(server, talk));
  await clientOf(server).beta.messages.create(asked({ messages: [block, saying("user", "on")] }));
  expect(server.stats().refused).toEqual([]);
});

test.each([
  ["a call instead", calls("Read", { path: "a" }), "tool_use"],
  ["no text", { content: [], stopReason: "end_turn" }, "end_turn"],
  ["half of one", { ...says("SUM"), stopReason: "max_tokens" }, "max_tokens"],
  ["a refusal", { ...says("no"), stopReason: "refusal" }, "refusal"],
] as const)("a summary that is %s is an empty answer with the reason", async (_, turn, reason) => {
  const server = await serveWork(turn);
  const answer = await summaryOf(server, await conversation(server, 1));
  expect(answer).toMatchObject({ content: [], stop_reason: reason });
  expect(answer.usage.iterations).toMatchObject([{ type: "compaction" }]);
});

interface Wrong {
  readonly rule: string;
  readonly change: (parts: {
    readonly block: Record<string, unknown>;
    readonly kept: Messages;
    readonly all: Messages;
  }) => object;
  readonly message: RegExp;
  readonly code?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const assistant = (...content: object[]): object => ({ role: "assistant", content });

const wrong: readonly Wrong[] = [
  {
    rule: "without its header",
    change: ({ all }) => ({ messages: all, ...summing }),
    headers: {},
    message: /^compaction: requires anthropic-beta: compact-2026-09-04/,
  },
  {
    rule: "with context_management",
    change: ({ all }) => ({ messages: all, ...summing, context_management: { edits: [] } }),
    headers: { "anthropic-beta": `${beta},context-management-2025-06-27` },
    message: /cannot be combined with context_management/,
  },
  {
    rule: "with stop sequences",
    change: ({ all }) => ({ messages: all, ...summing, stop_sequences: ["x"] }),
    message: /^stop_sequences/,
  },
  {
    rule: "with a forced tool",
    change: ({ all }) => ({ messages: all, ...summing, tool_choice: { type: "any" } }),
    message: /^tool_choice/,
  },
  {
    rule: "that only warms the cache",
    change: ({ all }) => ({ messages: all, ...summing, max_tokens: 0 }),
    message: /^max_tokens: 0 cannot/,
  },
  {
    rule: "with instructions that are too long",
    change: ({ all }) => ({
      messages: all,
      compaction: { type: "summarize", instructions: "x".repeat(16_385) },
    }),
    message: /^compaction\.instructions/,
  },
  {
    rule: "of another type",
    change: ({ all }) => ({ messages: all, compaction: { type: "shorten" } }),
    message: /^compaction\.type/,
  },
  {
    rule: "of a conversation with an open call",
    change: ({ all }) => ({ messages: all.slice(0, -1), ...summing }),
    message: /not finished/,
    code: "compaction_incomplete_turn",
  },
  {
    rule: "of nothing",
    change: () => ({ messages: [], ...summing }),
    message: /nothing to summarize/,
    code: "compaction_nothing_to_summarize",
  },
  {
    rule: "of a model that cannot",
    change: () => ({
      model: "claude-haiku-4-5",
      messages: [{ role: "user", content: "go" }],
      ...summing,
    }),
    message: /not supported on claude-haiku-4-5/,
  },
  {
    rule: "sent back without the header",
    change: ({ block, kept }) => ({ messages: [assistant(block), ...kept] }),
    headers: {},
    message: /'compaction' found using 'type' does not match any of the expected tags/,
  },
  {
    rule: "sent back behind what it sums up",
    change: ({ block, kept, all }) => ({
      messages: [...all.slice(0, 1), assistant(block), ...kept.slice(1)],
    }),
    message: /must be the first block/,
    code: "compaction_block_misplaced",
  },
  {
    rule: "sent back twice",
    change: ({ block, kept }) => ({ messages: [assistant(block, block), ...kept] }),
    message: /more than one compaction block/,
    code: "compaction_block_ambiguous",
  },
  {
    rule: "with another text",
    change: ({ block, kept }) => ({
      messages: [assistant({ ...block, content: "lies" }), ...kept],
    }),
    message: /was changed/,
    code: "compaction_content_mismatch",
  },
  {
    rule: "with another signature",
    change: ({ block, kept }) => ({
      messages: [assistant({ ...block, signature: "bm8gbm8gbm8gbm8=" }), ...kept],
    }),
    message: /was changed/,
    code: "compaction_signature_invalid",
  },
  {
    rule: "with a field the API did not return",
    change: ({ block, kept }) => ({
      messages: [assistant({ ...block, citations: null }), ...kept],
    }),
    message: /citations: Extra inputs are not permitted/,
  },
  {
    rule: "together with compaction at a threshold",
    change: ({ block, kept }) => ({
      messages: [assistant(block), ...kept],
      context_management: { edits: [{ type: "compact_20260112" }] },
    }),
    headers: { "anthropic-beta": `${beta},compact-2026-01-12` },
    message: /cannot run on a request that carries a signed compaction block/,
  },
];

test.each(wrong)("a summary $rule is refused", async ({ change, headers, message, code }) => {
  const server = await serveWork();
  const all = await conversation(server, 2);
  const { content } = await summaryOf(server, all.slice(0, 3));
  const block = { ...content[0] };
  const { betas: _, ...base } = asked({ messages: all });
  const refused = await send(
    server,
    { ...base, ...change({ block, kept: all.slice(3), all }) },
    { headers: headers ?? { "anthropic-beta": beta } },
  );
  expect(refused).toMatchObject({ status: 400, message: expect.stringMatching(message) });
  expect(refused.code).toBe(code);
});

test("models say whether they can sum up, to callers that know of it", async () => {
  const server = await serve();
  const client = clientOf(server);
  const [able, unable] = await Promise.all(
    ["claude-opus-5-5", "claude-haiku-4-5"].map((model) =>
      client.beta.models.retrieve(model, { betas: [beta] }),
    ),
  );
  expect(able?.capabilities?.compaction).toMatchObject({ supported: true });
  expect(unable?.capabilities?.compaction).toMatchObject({ supported: false });
  const plain = await client.models.retrieve("claude-opus-5-5");
  expect(JSON.stringify(plain)).not.toContain('"compaction"');
});

test("a server without betas refuses their fields and blocks", async () => {
  const server = await serve({ isPlain: true });
  await expect(
    clientOf(server).beta.messages.create(asked({ messages: [saying("user", "go")], ...summing })),
  ).rejects.toThrow(/^400 /);
});

test("a plan of faults can keep summaries from being made, and them only", async () => {
  const server = await serve({
    faults: [{ at: 1, fault: "compaction-unavailable" }],
    responder: () => says("so"),
  });
  const client = clientOf(server);
  const talk = [saying("user", "go")];
  await client.beta.messages.create(asked({ messages: talk }));
  const failed: unknown = await client.beta.messages
    .create(asked({ messages: talk, ...summing }))
    .catch((error: unknown) => error);
  expect(failed).toBeInstanceOf(Anthropic.APIError);
  expect(failed).toMatchObject({ status: 529 });
  expect(JSON.stringify(failed)).toContain("compaction_unavailable");
  const again = await client.beta.messages.create(asked({ messages: talk, ...summing }));
  expect(again.stop_reason).toBe("compaction");
});
