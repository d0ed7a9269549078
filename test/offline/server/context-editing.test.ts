import type Anthropic from "@anthropic-ai/sdk";
import { expect, test } from "vitest";

import type { OfflineServer } from "../../../src/offline/server/start-server.ts";
import { calls, clientOf, readTool, says, send, serve } from "./rig.ts";

type Params = Anthropic.Beta.MessageCreateParamsNonStreaming;
type Message = Anthropic.Beta.BetaMessage;
type Messages = Anthropic.Beta.BetaMessageParam[];

const question = "Sum it all up.";
const clearing = {
  type: "clear_tool_uses_20250919",
  trigger: { type: "input_tokens", value: 20_000 },
  keep: { type: "tool_uses", value: 2 },
  clear_at_least: { type: "input_tokens", value: 9_000 },
} as const;
const compacting = {
  type: "compact_20260112",
  trigger: { type: "input_tokens", value: 50_000 },
  instructions: question,
} as const;

function asked(messages: Messages, edits: readonly object[]): Params {
  return {
    model: "claude-opus-5-5",
    max_tokens: 2_000,
    betas: ["context-management-2025-06-27", "compact-2026-01-12"],
    tools: [readTool],
    messages: messages.map((message, at) =>
      at === messages.length - 1 ? marked(message) : message,
    ),
    context_management: { edits: edits as [] },
  };
}

function marked(message: Messages[number]): Messages[number] {
  if (message.role !== "user" || typeof message.content === "string") return message;
  const content = message.content.map((block, at, all) =>
    at === all.length - 1 && block.type === "tool_result"
      ? { ...block, cache_control: { type: "ephemeral" as const } }
      : block,
  );
  return { ...message, content };
}

function serveReads(summary: string | undefined = "SUMMARY"): Promise<OfflineServer> {
  return serve({
    mode: "faithful",
    responder: ({ messages }) => {
      const last = messages.at(-1)?.content.at(-1);
      if (last?.type === "text" && last.text === question)
        return summary === "" ? calls("Read", {}) : says(summary);
      return {
        content: [{ type: "thinking", thinking: "hm" }, ...calls("Read", { path: "a" }).content],
      };
    },
  });
}

/** Rounds that each bring about 3,100 tokens; the history is sent whole each time. */
async function work(
  server: OfflineServer,
  edits: readonly object[],
  rounds: number,
): Promise<readonly Message[]> {
  const client = clientOf(server);
  const messages: Messages = [{ role: "user", content: "go" }];
  const answers: Message[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const answer = await client.beta.messages.create(asked(messages, edits));
    answers.push(answer);
    const results = answer.content.flatMap((block) =>
      block.type === "tool_use"
        ? [
            {
              type: "tool_result" as const,
              tool_use_id: block.id,
              content: `${round} `.repeat(4_000),
            },
          ]
        : [],
    );
    messages.push(
      { role: "assistant", content: answer.content as Anthropic.Beta.BetaContentBlockParam[] },
      { role: "user", content: results },
    );
  }
  return answers;
}

function promptOf({ usage }: Message): number {
  return (
    usage.input_tokens +
    (usage.cache_read_input_tokens ?? 0) +
    (usage.cache_creation_input_tokens ?? 0)
  );
}

test("old results are cleared in batches, thinking stays, and the cache is good between two of them", async () => {
  const server = await serveReads();
  const answers = await work(server, [clearing], 24);
  expect(server.stats().refused).toEqual([]);
  const cleared = answers.map(
    ({ context_management: told }) =>
      told?.applied_edits.map((edit) =>
        "cleared_tool_uses" in edit ? edit.cleared_tool_uses : 0,
      )[0] ?? 0,
  );
  expect(Math.max(...answers.map(promptOf))).toBeLessThan(28_000);
  expect(new Set(cleared).size).toBeGreaterThan(2);
  expect(new Set(cleared).size).toBeLessThan(8);
  for (const [at, answer] of answers.entries()) {
    const before = promptOf(answers[at - 1] ?? answer);
    // A prompt of a few words is not cached.
    if (at < 2 || cleared[at] !== cleared[at - 1]) continue;
    expect(answer.usage.cache_read_input_tokens).toBe(before);
  }
});

test("at the threshold the answer begins with a summary, which stands for all before it from then on", async () => {
  const server = await serveReads();
  const answers = await work(server, [compacting], 24);
  expect(server.stats().refused).toEqual([]);
  const compacted = answers.filter(({ content }) => content[0]?.type === "compaction");
  expect(compacted.length).toBeGreaterThanOrEqual(1);
  for (const { content, usage } of compacted) {
    expect(content).toMatchObject([
      { type: "compaction", content: "SUMMARY", encrypted_content: expect.any(String) },
      { type: "thinking" },
      { type: "tool_use" },
    ]);
    const [summary, message] = usage.iterations ?? [];
    expect(summary?.type).toBe("compaction");
    expect(message).toMatchObject({ type: "message", input_tokens: usage.input_tokens });
    expect(promptOf({ usage } as Message)).toBeLessThan(2_000);
  }
  expect(Math.max(...answers.map(promptOf))).toBeLessThan(54_000);
  // What the summaries cost is in what is billed, and not at the top.
  const told = answers.reduce((sum, answer) => sum + promptOf(answer), 0);
  const { inputTokens, cacheReadTokens, cacheWriteTokens } = server.stats();
  expect(inputTokens + cacheReadTokens + cacheWriteTokens).toBeGreaterThan(told + 50_000);
});

test("a summary that is none stands for nothing", async () => {
  const server = await serveReads("");
  const answers = await work(server, [compacting], 18);
  expect(server.stats().refused).toEqual([]);
  const tried = answers.filter(({ content }) => content[0]?.type === "compaction");
  expect(tried.length).toBeGreaterThan(0);
  expect(tried[0]?.content[0]).toMatchObject({ content: null });
  expect(promptOf(answers.at(-1) as Message)).toBeGreaterThan(50_000);
});

test("a count says what is left of a history, and what it was", async () => {
  const server = await serveReads();
  const results = Array.from({ length: 12 }, (_, at): Messages => [
    { role: "assistant", content: [{ type: "tool_use", id: `c${at}`, name: "Read", input: {} }] },
    {
      role: "user",
      content: [{ type: "tool_result", tool_use_id: `c${at}`, content: "word ".repeat(2_000) }],
    },
  ]).flat();
  const { max_tokens: _, ...count } = asked(
    [{ role: "user", content: "go" }, ...results],
    [clearing],
  );
  const counted = await clientOf(server).beta.messages.countTokens(count);
  const original = counted.context_management?.original_input_tokens ?? 0;
  expect(original).toBeGreaterThan(37_000);
  expect(counted.input_tokens).toBeLessThan(26_000);
});

test.each([
  [
    "a trigger below the least",
    [{ ...compacting, trigger: { type: "input_tokens", value: 49_999 } }],
  ],
  ["the same edit twice", [clearing, clearing]],
  ["an edit nobody knows", [{ type: "forget_everything" }]],
])("%s is refused", async (_, edits) => {
  const server = await serve();
  const { betas, ...body } = asked([{ role: "user", content: "go" }], edits);
  const refused = await send(server, body, { headers: { "anthropic-beta": betas?.join(",") } });
  expect(refused).toMatchObject({
    status: 400,
    message: expect.stringMatching(/^context_management/),
  });
});

test("each edit needs its own header", async () => {
  const server = await serve();
  const { betas: _, ...body } = asked([{ role: "user", content: "go" }], [compacting]);
  const headers = { "anthropic-beta": "context-management-2025-06-27" };
  const refused = await send(server, body, { headers });
  expect(refused).toMatchObject({
    status: 400,
    message: "context_management.edits.0: Extra inputs are not permitted",
  });
});
