import type { MessageParam, TextBlockParam, Usage } from "@anthropic-ai/sdk/resources/messages";
import * as fc from "fast-check";
import { expect, test } from "vitest";

import { createPromptCache } from "../../../src/offline/server/prompt-cache.ts";
import type { OfflineServer } from "../../../src/offline/server/start-server.ts";
import { clientOf, gate, handClock, readTool, request, says, serve } from "./rig.ts";

const minute = 60_000;

function text(words: number, more: Partial<TextBlockParam> = {}): TextBlockParam {
  return { type: "text", text: "word ".repeat(words), ...more };
}
const short = { cache_control: { type: "ephemeral" } } as const;
const long = { cache_control: { type: "ephemeral", ttl: "1h" } } as const;

async function usage(
  server: OfflineServer,
  asked: Parameters<typeof request>[0],
  apiKey = server.apiKey,
): Promise<Usage> {
  return (await clientOf(server, { apiKey }).messages.create(request(asked))).usage;
}

/** input, written, read */
function figures({
  input_tokens,
  cache_creation_input_tokens,
  cache_read_input_tokens,
}: Usage): object {
  return {
    input: input_tokens,
    written: cache_creation_input_tokens,
    read: cache_read_input_tokens,
  };
}

function sum(used: Usage): number {
  const {
    input_tokens,
    cache_creation_input_tokens: written,
    cache_read_input_tokens: read,
  } = used;
  return input_tokens + (written ?? 0) + (read ?? 0);
}

const user = (content: MessageParam["content"]): MessageParam => ({ role: "user", content });

test("a prefix is written once and read afterwards, and what follows it is input", async () => {
  const server = await serve({ clock: handClock() });
  const asked = { system: [text(1000, short)], messages: [user("one")] };
  const first = await usage(server, asked);
  const second = await usage(server, { ...asked, messages: [user("another question")] });
  expect(figures(first)).toEqual({ input: 4, written: 1565, read: 0 });
  expect(figures(second)).toEqual({ input: 8, written: 0, read: 1565 });
  expect(server.stats()).toMatchObject({
    inputTokens: 12,
    cacheReadTokens: 1565,
    cacheWriteTokens: 1565,
  });
});

test("a growing conversation reads what it had and writes what is new", async () => {
  const server = await serve({ clock: handClock() });
  const messages: MessageParam[] = [user([text(1000)])];
  const first = await usage(server, { messages, ...short });
  messages.push({ role: "assistant", content: "hello" }, user([text(200)]));
  const second = await usage(server, { messages, ...short });
  expect(first.cache_read_input_tokens).toBe(0);
  expect(second.cache_read_input_tokens).toBe(first.cache_creation_input_tokens);
  expect(second.input_tokens).toBe(0);
  expect(second.cache_creation_input_tokens).toBeGreaterThan(300);
});

/** A system block of n bytes counts ceil((n + 7) / 3.2) tokens. */
function cachedBlock(tokens: number): TextBlockParam {
  return { type: "text", text: "x".repeat(Math.floor(tokens * 3.2) - 7), ...short };
}

const minimums = [
  { model: "claude-sonnet-5-5", minimum: 512 },
  { model: "claude-sonnet-5", minimum: 1024 },
  { model: "claude-opus-4-7", minimum: 2048 },
  { model: "claude-haiku-4-5", minimum: 4096 },
];
test.for(minimums)(
  "$model caches from $minimum tokens on, and silently nothing below",
  async ({ model, minimum }) => {
    const server = await serve({ clock: handClock() });
    expect(await usage(server, { model, system: [cachedBlock(minimum - 1)] })).toMatchObject({
      cache_creation_input_tokens: 0,
    });
    expect(await usage(server, { model, system: [cachedBlock(minimum)] })).toMatchObject({
      cache_creation_input_tokens: minimum,
    });
  },
);

test("an entry lives five minutes from the start of the last request that used it", async () => {
  const clock = handClock();
  const server = await serve({ clock });
  const asked = { system: [text(1000, short)] };
  await usage(server, asked);
  clock.pass(4 * minute);
  expect(await usage(server, asked)).toMatchObject({ cache_read_input_tokens: 1565 });
  clock.pass(4 * minute);
  expect(await usage(server, asked)).toMatchObject({ cache_read_input_tokens: 1565 });
  clock.pass(5 * minute);
  expect(await usage(server, asked)).toMatchObject({ cache_read_input_tokens: 0 });
});

test("an hour lasts an hour, and each lifetime is counted by itself", async () => {
  const clock = handClock();
  const server = await serve({ clock });
  const asked = { system: [text(1000, long)], messages: [user([text(1000, short)])] };
  const first = await usage(server, asked);
  expect(first.cache_creation).toEqual({
    ephemeral_1h_input_tokens: 1565,
    ephemeral_5m_input_tokens: 1566,
  });
  clock.pass(59 * minute);
  const later = await usage(server, asked);
  expect(later).toMatchObject({
    cache_read_input_tokens: 1565,
    cache_creation: { ephemeral_5m_input_tokens: 1566 },
  });
});

test.for([
  { further: 19, read: 1566 },
  { further: 20, read: 0 },
])(
  "a breakpoint $further positions after an entry reads $read tokens",
  async ({ further, read }) => {
    const server = await serve({ clock: handClock() });
    await usage(server, { messages: [user([text(1000, short)])] });
    const between = Array.from({ length: further - 1 }, (_, n) => text(n + 1));
    const content = [text(1000), ...between, text(1, short)];
    expect(await usage(server, { messages: [user(content)] })).toMatchObject({
      cache_read_input_tokens: read,
    });
  },
);

test("another model, and another key, has another cache", async () => {
  const server = await serve({ clock: handClock() });
  const asked = { system: [text(1000, short)] };
  await usage(server, asked);
  expect(await usage(server, { ...asked, model: "claude-haiku-5-5" })).toMatchObject({
    cache_read_input_tokens: 0,
  });
  expect(await usage(server, asked, `${server.apiKey}-b`)).toMatchObject({
    cache_read_input_tokens: 0,
  });
  expect(await usage(server, asked)).toMatchObject({ cache_read_input_tokens: 1565 });
});

const changes: readonly {
  readonly what: string;
  readonly but: Parameters<typeof request>[0];
  readonly reads: "nothing" | "tools" | "tools and system" | "all";
}[] = [
  {
    what: "another tool",
    but: { tools: [{ ...readTool, description: "word ".repeat(1001), ...short }] },
    reads: "nothing",
  },
  { what: "another system prompt", but: { system: [text(1001, short)] }, reads: "tools" },
  {
    what: "another tool choice",
    but: { tool_choice: { type: "none" } },
    reads: "tools and system",
  },
  { what: "other thinking", but: { thinking: { type: "adaptive" } }, reads: "tools and system" },
  { what: "another effort", but: { output_config: { effort: "low" } }, reads: "tools and system" },
  { what: "another max_tokens", but: { max_tokens: 7 }, reads: "all" },
];
test.for(changes)("$what leaves $reads readable", async ({ but, reads }) => {
  const server = await serve({ clock: handClock() });
  const asked = {
    tools: [{ ...readTool, description: "word ".repeat(1000), ...short }],
    system: [text(1000, short)],
    messages: [user([text(1000, short)])],
  };
  const { cache_creation_input_tokens: all } = await usage(server, asked);
  const { cache_read_input_tokens: read } = await usage(server, { ...asked, ...but });
  const third = (all ?? 0) / 3;
  const expected = { nothing: 0, tools: 1, "tools and system": 2, all: 3 }[reads];
  expect(Math.round((read ?? 0) / third)).toBe(expected);
});

test("a mark inside a tool result ends a prefix after the result", async () => {
  const server = await serve({ clock: handClock() });
  const asked = {
    tools: [readTool],
    messages: [
      user("go"),
      {
        role: "assistant" as const,
        content: [{ type: "tool_use" as const, id: "a", name: "Read", input: {} }],
      },
      user([{ type: "tool_result", tool_use_id: "a", content: [text(1000, short)] }, text(10)]),
    ],
  };
  const first = await usage(server, asked);
  const again = await usage(server, asked);
  expect(first.cache_creation_input_tokens).toBeGreaterThan(1566);
  expect(again.cache_read_input_tokens).toBe(first.cache_creation_input_tokens);
  expect(again.input_tokens).toBe(first.input_tokens);
});

test("tidying up after many short-lived entries leaves the long-lived one", () => {
  const cache = createPromptCache();
  const write = (key: string, breakpoint: "5m" | "1h", now: number): number => {
    const prompt = {
      positions: [{ key, tokens: 1000, breakpoint }],
      tokens: 1000,
      beforeTurn: [],
      beforeAnswer: "",
    };
    const { use, commit } = cache.lookUp(prompt, { scope: "s", minTokens: 512, now });
    commit();
    return use.read;
  };
  write("long", "1h", 0);
  for (let n = 0; n < 20_000; n += 1) write(`short ${n}`, "5m", n * 100);
  expect(write("long", "1h", 59 * minute)).toBe(1000);
  expect(write("short 0", "5m", 59 * minute)).toBe(0);
});

test("an entry is readable only after the answer that writes it has begun", async () => {
  const first = gate();
  const asked = gate();
  let requests = 0;
  const server = await serve({
    clock: handClock(),
    responder: async () => {
      requests += 1;
      if (requests > 1) return says("second");
      asked.open();
      await first.opened;
      return says("first");
    },
  });
  const writing = usage(server, { system: [text(1000, short)] });
  await asked.opened;
  expect(await usage(server, { system: [text(1000, short)] })).toMatchObject({
    cache_read_input_tokens: 0,
    cache_creation_input_tokens: 1565,
  });
  first.open();
  expect(await writing).toMatchObject({ cache_read_input_tokens: 0 });
  expect(await usage(server, { system: [text(1000, short)] })).toMatchObject({
    cache_read_input_tokens: 1565,
  });
});

test("max_tokens 0 fills the cache and answers nothing", async () => {
  const server = await serve({ clock: handClock() });
  const warmed = await clientOf(server).messages.create(
    request({ max_tokens: 0, system: [text(1000, short)] }),
  );
  expect(warmed).toMatchObject({
    content: [],
    stop_reason: "max_tokens",
    usage: { output_tokens: 0, cache_creation_input_tokens: 1565 },
  });
  expect(await usage(server, { system: [text(1000, short)] })).toMatchObject({
    cache_read_input_tokens: 1565,
  });
});

test("whatever is sent, the parts of the usage sum to the prompt, and a repeated request writes nothing", async () => {
  const server = await serve({ clock: handClock(), mode: "faithful" });
  const client = clientOf(server);
  const block = fc.record({ words: fc.integer({ min: 1, max: 900 }), marked: fc.boolean() });
  await fc.assert(
    fc.asyncProperty(
      fc.array(block, { minLength: 1, maxLength: 30 }),
      fc.integer(),
      async (blocks, salt) => {
        let marks = 0;
        const content = blocks.map(({ words, marked }, index) => {
          const keep = marked && marks < 4;
          if (keep) marks += 1;
          return {
            ...text(words, keep ? short : {}),
            text: `${salt} ${index} ${"word ".repeat(words)}`,
          };
        });
        const asked = { messages: [user(content)] };
        const { input_tokens: total } = await client.messages.countTokens({
          model: "claude-sonnet-5-5",
          ...asked,
        });
        const first = await usage(server, asked);
        const again = await usage(server, asked);
        expect([sum(first), sum(again)]).toEqual([total, total]);
        expect(again.cache_creation_input_tokens).toBe(0);
        expect(again.input_tokens).toBe(first.input_tokens);
      },
    ),
    { numRuns: 40 },
  );
});
