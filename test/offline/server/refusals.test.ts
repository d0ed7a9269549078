import { expect, test } from "vitest";

import { readTool, request, send, serve } from "./rig.ts";

const call = (id: string): object => ({ type: "tool_use", id, name: "Read", input: {} });
const result = (id: string, more: object = {}): object => ({
  type: "tool_result",
  tool_use_id: id,
  content: "ok",
  ...more,
});
const go = { role: "user", content: "go" };
const text = (value: string, more: object = {}): object => ({ type: "text", text: value, ...more });
const short = { cache_control: { type: "ephemeral" } };
const long = { cache_control: { type: "ephemeral", ttl: "1h" } };
const withTools = (messages: readonly object[]): object => ({ tools: [readTool], messages });
const tool = (more: object): object => ({ tools: [{ ...readTool, ...more }] });

interface Case {
  readonly rule: string;
  /** What differs from a good request. */
  readonly but: object;
  readonly message: RegExp;
  readonly status?: number;
  readonly code?: string;
}

/** Refused in both modes. */
const refused: readonly Case[] = [
  { rule: "an unknown field", but: { temprature: 1 }, message: /^temprature: Extra inputs/ },
  {
    rule: "a missing max_tokens",
    but: { max_tokens: undefined },
    message: /^max_tokens: Field required/,
  },
  {
    rule: "max_tokens that is no whole number",
    but: { max_tokens: 1.5 },
    message: /^max_tokens: /,
  },
  { rule: "negative max_tokens", but: { max_tokens: -1 }, message: /^max_tokens: / },
  {
    rule: "max_tokens over the model's maximum",
    but: { max_tokens: 128_001, stream: true },
    message: /128001 > 128000.*maximum allowed/,
  },
  { rule: "no messages", but: { messages: [] }, message: /^messages: / },
  {
    rule: "a model that does not exist",
    but: { model: "claude-3" },
    status: 404,
    message: /^model: claude-3$/,
  },
  {
    rule: "a first message of the assistant",
    but: { messages: [{ role: "assistant", content: "hi" }, go] },
    message: /first message must use the "user" role/,
  },
  {
    rule: "an unknown role",
    but: { messages: [{ role: "tool", content: "x" }] },
    message: /^messages\.0/,
  },
  {
    rule: "an empty message",
    but: { messages: [{ role: "user", content: "" }] },
    message: /^messages\.0: all messages must have non-empty content/,
  },
  {
    rule: "a message without blocks",
    but: { messages: [{ role: "user", content: [] }] },
    message: /non-empty content/,
  },
  {
    rule: "a prefill",
    but: { messages: [go, { role: "assistant", content: "The" }] },
    message: /does not support assistant message prefill/,
  },
  {
    rule: "an empty text block",
    but: { messages: [{ role: "user", content: [text("")] }] },
    message: /^messages\.0\.content\.0: text content blocks must be non-empty/,
  },
  {
    rule: "a blank text block",
    but: { messages: [{ role: "user", content: [text(" \n")] }] },
    message: /must contain non-whitespace text/,
  },
  {
    rule: "a cached empty text block",
    but: { messages: [{ role: "user", content: [text("", short)] }] },
    message: /cache_control cannot be set for empty text blocks/,
  },
  {
    rule: "an empty text block in a tool result",
    but: withTools([
      go,
      { role: "assistant", content: [call("a")] },
      { role: "user", content: [result("a", { content: [text("")] })] },
    ]),
    message: /must be non-empty/,
  },
  {
    rule: "an empty text block in the system prompt",
    but: { system: [text("")] },
    message: /^system\.0: /,
  },
  {
    rule: "an unknown field of a block",
    but: { messages: [{ role: "user", content: [text("x", { colour: "red" })] }] },
    message: /^messages\.0\.content\.0\.colour: Extra inputs/,
  },
  {
    rule: "an unknown block type",
    but: { messages: [{ role: "user", content: [{ type: "poem", text: "x" }] }] },
    message: /^messages\.0\.content\.0/,
  },
  {
    rule: "an image that is no base64",
    but: {
      messages: [
        {
          role: "user",
          content: [
            { type: "image", source: { type: "base64", media_type: "image/png", data: "***" } },
          ],
        },
      ],
    },
    message: /^messages\.0\.content\.0\.source/,
  },

  {
    rule: "a call without an answer",
    but: withTools([go, { role: "assistant", content: [call("a")] }, go]),
    message: /ids were found without `tool_result` blocks immediately after: a\./,
  },
  {
    rule: "one of two calls without an answer",
    but: withTools([
      go,
      { role: "assistant", content: [call("a"), call("b")] },
      { role: "user", content: [result("a")] },
    ]),
    message: /immediately after: b\./,
  },
  {
    rule: "a call at the end",
    but: withTools([go, { role: "assistant", content: [call("a")] }]),
    message: /does not support assistant message prefill/,
  },
  {
    rule: "an answer to no call",
    but: withTools([{ role: "user", content: [result("a")] }]),
    message: /unexpected `tool_use_id` found in `tool_result` blocks: a\./,
  },
  {
    rule: "a late answer",
    but: withTools([
      go,
      { role: "assistant", content: [call("a")] },
      { role: "user", content: [result("a")] },
      { role: "assistant", content: "ok" },
      { role: "user", content: [result("a")] },
    ]),
    message: /unexpected `tool_use_id`/,
  },
  {
    rule: "two answers to one call",
    but: withTools([
      go,
      { role: "assistant", content: [call("a")] },
      { role: "user", content: [result("a"), result("a")] },
    ]),
    message: /each tool_use must have a single result/,
  },
  {
    rule: "text before the answers",
    but: withTools([
      go,
      { role: "assistant", content: [call("a")] },
      { role: "user", content: [text("x"), result("a")] },
    ]),
    message: /must come before any other content/,
  },
  {
    rule: "one id for two calls",
    but: withTools([
      go,
      { role: "assistant", content: [call("a"), call("a")] },
      { role: "user", content: [result("a")] },
    ]),
    message: /ids must be unique; a/,
  },
  {
    rule: "one id in two turns",
    but: withTools([
      go,
      { role: "assistant", content: [call("a")] },
      { role: "user", content: [result("a")] },
      { role: "assistant", content: [call("a")] },
      { role: "user", content: [result("a")] },
    ]),
    message: /ids must be unique/,
  },
  {
    rule: "an id with forbidden characters",
    but: withTools([
      go,
      { role: "assistant", content: [call("a b")] },
      { role: "user", content: [result("a b")] },
    ]),
    message: /^messages\.1\.content\.0\.id/,
  },
  {
    rule: "a call by the user",
    but: withTools([{ role: "user", content: [call("a")] }]),
    message: /`tool_use` blocks are not permitted in user messages/,
  },
  {
    rule: "an answer by the assistant",
    but: withTools([go, { role: "assistant", content: [result("a")] }, go]),
    message: /`tool_result` blocks are not permitted in assistant messages/,
  },
  {
    rule: "thinking by the user",
    but: {
      messages: [{ role: "user", content: [{ type: "thinking", thinking: "x", signature: "x" }] }],
    },
    message: /not permitted in user messages/,
  },
  {
    rule: "an input that is no object",
    but: withTools([
      go,
      { role: "assistant", content: [{ ...call("a"), input: "x" }] },
      { role: "user", content: [result("a")] },
    ]),
    message: /^messages\.1\.content\.0\.input/,
  },

  {
    rule: "a system message first",
    but: { messages: [{ role: "system", content: "x" }, go] },
    message: /first message/,
  },
  {
    rule: "a system message after an assistant",
    but: {
      messages: [go, { role: "assistant", content: "ok" }, { role: "system", content: "x" }, go],
    },
    message: /^messages\.2: a system message must follow a user message/,
  },
  {
    rule: "a system message before a user",
    but: { messages: [go, { role: "system", content: "x" }, go] },
    message: /must follow a user message and be last/,
  },
  {
    rule: "a system message to an old model",
    but: { model: "claude-opus-4-6", messages: [go, { role: "system", content: "x" }] },
    message: /not supported on claude-opus-4-6/,
  },

  {
    rule: "a tool name with a dot",
    but: tool({ name: "fs.read" }),
    message: /^tools\.0\.custom\.name: String should match pattern/,
  },
  {
    rule: "a tool name of 65 characters",
    but: tool({ name: "x".repeat(65) }),
    message: /String should match pattern/,
  },
  {
    rule: "two tools of one name",
    but: { tools: [readTool, readTool] },
    code: "tool_name_conflict",
    message: /must be unique/,
  },
  {
    rule: "a tool without a schema",
    but: tool({ input_schema: undefined }),
    message: /^tools\.0\.input_schema: Field required/,
  },
  {
    rule: "a schema that is no object",
    but: tool({ input_schema: { type: "string" } }),
    message: /input_schema\.type: Input should be 'object'/,
  },
  {
    rule: "a schema with oneOf at the top",
    but: tool({ input_schema: { type: "object", oneOf: [] } }),
    message: /does not support oneOf, allOf, or anyOf at the top level/,
  },
  {
    rule: "a schema with an unknown type",
    but: tool({ input_schema: { type: "object", properties: { a: { type: "text" } } } }),
    message: /input_schema\.properties\.a: JSON schema is invalid/,
  },
  {
    rule: "a schema with a strange property name",
    but: tool({ input_schema: { type: "object", properties: { "a b": {} } } }),
    message: /Property keys should match/,
  },
  {
    rule: "a schema with a wrong required",
    but: tool({ input_schema: { type: "object", required: "a" } }),
    message: /required must be a list/,
  },
  {
    rule: "a schema with an empty enum",
    but: tool({ input_schema: { type: "object", properties: { a: { enum: [] } } } }),
    message: /properties\.a: .*enum must be a list/,
  },
  {
    rule: "a schema whose properties are a list",
    but: tool({ input_schema: { type: "object", properties: { a: { properties: [] } } } }),
    message: /properties\.a: .*properties must be an object/,
  },
  {
    rule: "a schema with a word for a schema",
    but: tool({ input_schema: { type: "object", properties: { a: { items: "string" } } } }),
    message: /properties\.a\.items: .*a schema is an object or a boolean/,
  },
  {
    rule: "a strict schema that is open",
    but: tool({
      strict: true,
      input_schema: {
        type: "object",
        additionalProperties: false,
        properties: { a: { type: "object" } },
      },
    }),
    message: /properties\.a: .*explicitly set to false/,
  },
  {
    rule: "only deferred tools",
    but: tool({ defer_loading: true }),
    message: /at least one tool must have defer_loading=false/,
  },
  {
    rule: "a cached deferred tool",
    but: { tools: [readTool, { ...readTool, name: "B", defer_loading: true, ...short }] },
    message: /cache_control cannot be set on a tool with defer_loading/,
  },
  {
    rule: "a server tool",
    but: { tools: [{ type: "web_search_20260318", name: "web_search" }] },
    message: /^tools\.0/,
  },
  {
    rule: "a tool choice without tools",
    but: { tool_choice: { type: "auto" } },
    message: /^tool_choice: may only be specified while providing tools/,
  },
  {
    rule: "a choice of an unknown tool",
    but: {
      tools: [readTool],
      tool_choice: { type: "tool", name: "Write" },
      thinking: { type: "disabled" },
    },
    message: /Tool 'Write' not found/,
  },
  {
    rule: "a forced tool on a model that always thinks",
    but: { model: "claude-opus-5-5", tools: [readTool], tool_choice: { type: "any" } },
    message: /Thinking may not be enabled/,
  },
  {
    rule: "a forced tool with thinking",
    but: { tools: [readTool], tool_choice: { type: "any" }, thinking: { type: "adaptive" } },
    message: /Thinking may not be enabled/,
  },

  {
    rule: "five breakpoints",
    but: { messages: [{ role: "user", content: [1, 2, 3, 4, 5].map((n) => text(`${n}`, short)) }] },
    message: /A maximum of 4 blocks with cache_control may be provided\. Found 5\./,
  },
  {
    rule: "four breakpoints and the automatic one",
    but: {
      ...short,
      messages: [
        { role: "user", content: [...[1, 2, 3, 4].map((n) => text(`${n}`, short)), text("5")] },
      ],
    },
    message: /Found 5\./,
  },
  {
    rule: "an hour after five minutes",
    but: { system: [text("a", short)], messages: [{ role: "user", content: [text("b", long)] }] },
    message: /ttl='1h' block must not come after/,
  },
  {
    rule: "an hour for messages after five minutes for tools",
    but: { tools: [{ ...readTool, ...short }], system: [text("a", long)] },
    message: /ttl='1h' block must not come after/,
  },
  {
    rule: "an automatic breakpoint that contradicts the last block's",
    but: { ...short, messages: [{ role: "user", content: [text("b", long)] }] },
    message: /different ttl/,
  },
  {
    rule: "a lifetime that does not exist",
    but: { cache_control: { type: "ephemeral", ttl: "2h" } },
    message: /^cache_control\.ttl/,
  },
  {
    rule: "a cached thinking block",
    but: {
      messages: [
        go,
        {
          role: "assistant",
          content: [{ type: "thinking", thinking: "x", signature: "x", ...short }, text("a")],
        },
        go,
      ],
    },
    message: /^messages\.1\.content\.0\.cache_control: Extra inputs/,
  },

  {
    rule: "a thinking budget on a new model",
    but: { thinking: { type: "enabled", budget_tokens: 2000 }, max_tokens: 4000 },
    message: /^thinking\.type: 'enabled' is not supported on claude-sonnet-5-5/,
  },
  {
    rule: "adaptive thinking on an old model",
    but: { model: "claude-opus-4-5", thinking: { type: "adaptive" } },
    message: /'adaptive' is not supported/,
  },
  {
    rule: "no thinking on a model that always thinks",
    but: { model: "claude-fable-5-1", thinking: { type: "disabled" } },
    message: /'disabled' is not supported/,
  },
  {
    rule: "thinking between tools",
    but: { thinking: { type: "between_tools" } },
    message: /'between_tools' is not supported/,
  },
  {
    rule: "a thinking budget that is too small",
    but: {
      model: "claude-opus-4-6",
      thinking: { type: "enabled", budget_tokens: 1023 },
      max_tokens: 4000,
    },
    message: /greater than or equal to 1024/,
  },
  {
    rule: "a thinking budget as large as max_tokens",
    but: {
      model: "claude-opus-4-6",
      thinking: { type: "enabled", budget_tokens: 2000 },
      max_tokens: 2000,
    },
    message: /must be greater than `thinking\.budget_tokens`/,
  },
  {
    rule: "a block binding without its header",
    but: {
      thinking: { type: "adaptive", block_binding: { prefix_mismatch_behavior: "drop_block" } },
    },
    message: /block_binding: Extra inputs are not permitted/,
  },
  {
    rule: "calls without the thinking that led to them, under a thinking budget",
    but: {
      model: "claude-opus-4-6",
      max_tokens: 4000,
      thinking: { type: "enabled", budget_tokens: 2000 },
      ...withTools([
        go,
        { role: "assistant", content: [call("a")] },
        { role: "user", content: [result("a")] },
      ]),
    },
    message: /^messages\.1\.content\.0\.type: Expected `thinking`/,
  },
  {
    rule: "an unknown effort",
    but: { output_config: { effort: "huge" } },
    message: /^output_config\.effort/,
  },
  {
    rule: "an effort on a model without",
    but: { model: "claude-haiku-4-5", output_config: { effort: "low" } },
    message: /'low' is not supported on claude-haiku-4-5/,
  },
  {
    rule: "temperature on a new model",
    but: { temperature: 0.5 },
    message: /^temperature: is not supported/,
  },
  { rule: "top_p on a new model", but: { top_p: 0.5 }, message: /^top_p: is not supported/ },
  { rule: "top_k on a new model", but: { top_k: 5 }, message: /^top_k: is not supported/ },
  {
    rule: "a forged signature",
    but: {
      messages: [
        go,
        {
          role: "assistant",
          content: [{ type: "thinking", thinking: "x", signature: "Zm9yZ2Vk" }, text("a")],
        },
        go,
      ],
    },
    message: /^messages\.1\.content\.0: Invalid `signature` in `thinking` block\./,
  },
  {
    rule: "redacted thinking that was never sent",
    but: {
      messages: [
        go,
        { role: "assistant", content: [{ type: "redacted_thinking", data: "x" }, text("a")] },
        go,
      ],
    },
    message: /Invalid `signature`/,
  },

  {
    rule: "a blank stop sequence",
    but: { stop_sequences: ["\n"] },
    message: /must contain non-whitespace/,
  },
  {
    rule: "a streamed pre-warm",
    but: { max_tokens: 0, stream: true },
    message: /max_tokens: 0 cannot be combined with stream/,
  },
  {
    rule: "a pre-warm with a thinking budget",
    but: {
      model: "claude-opus-4-6",
      max_tokens: 0,
      thinking: { type: "enabled", budget_tokens: 2000 },
    },
    message: /cannot be combined with thinking/,
  },
  {
    rule: "a pre-warm with a forced tool",
    but: {
      max_tokens: 0,
      tools: [readTool],
      thinking: { type: "disabled" },
      tool_choice: { type: "any" },
    },
    message: /cannot be combined with a forced tool_choice/,
  },
  {
    rule: "a beta field without its header",
    but: { context_management: { edits: [] } },
    message: /^context_management: Extra inputs are not permitted/,
  },
  { rule: "a field that is not simulated", but: { container: "c" }, message: /does not simulate/ },
  {
    rule: "a prompt longer than the window",
    but: { model: "claude-haiku-4-5", messages: [{ role: "user", content: "x ".repeat(400_000) }] },
    message: /^prompt is too long: \d+ tokens > 200000 maximum/,
  },
];

/** Refused in lint mode, answered in faithful mode. */
const linted: readonly Case[] = [
  {
    rule: "two user messages in a row",
    but: { messages: [go, go] },
    message: /^messages\.1: roles must alternate/,
  },
  {
    rule: "a prefill on a model that allows it",
    but: { model: "claude-opus-4-5", messages: [go, { role: "assistant", content: "The" }] },
    message: /prefill/,
  },
  {
    rule: "a forced tool where the model's default decides",
    but: { tools: [readTool], tool_choice: { type: "any" } },
    message: /never force a tool/,
  },
  {
    rule: "temperature on an old model",
    but: { model: "claude-opus-4-5", temperature: 0.5 },
    message: /^temperature/,
  },
  {
    rule: "a long answer without streaming",
    but: { max_tokens: 21_334 },
    message: /stream an answer/,
  },
  {
    rule: "a tool without a description",
    but: tool({ description: " " }),
    message: /without a description/,
  },
  { rule: "an empty system prompt", but: { system: "" }, message: /leave it out/ },
  {
    rule: "a history that calls tools it does not offer",
    but: {
      messages: [
        go,
        { role: "assistant", content: [call("a")] },
        { role: "user", content: [result("a")] },
      ],
    },
    message: /`Read` is not among the request's tools/,
  },
];

for (const mode of ["lint", "faithful"] as const) {
  test.for(refused)(`${mode}: refuses $rule`, async ({ but, message, status, code }) => {
    const server = await serve({ mode });
    const answer = await send(server, { ...request(), ...but });
    expect(answer).toMatchObject({
      status: status ?? 400,
      type: status === 404 ? "not_found_error" : "invalid_request_error",
      code,
      message: expect.stringMatching(message),
    });
    expect(server.stats().refused).toEqual([
      { path: "/v1/messages", status: answer.status, type: answer.type, message: answer.message },
    ]);
  });
}

test.for(linted)("lint refuses $rule, faithful answers it", async ({ but, message }) => {
  const responder = ():
    | { content: { type: "tool_use"; name: string; input: object }[] }
    | { content: { type: "text"; text: string }[] } =>
    JSON.stringify(but).includes('"any"')
      ? { content: [{ type: "tool_use", name: "Read", input: {} }] }
      : { content: [{ type: "text", text: "hello" }] };
  const strict = await send(await serve({ mode: "lint", responder }), { ...request(), ...but });
  const lenient = await send(await serve({ mode: "faithful", responder }), {
    ...request(),
    ...but,
  });
  expect(strict).toMatchObject({ status: 400, message: expect.stringMatching(message) });
  expect(lenient).toMatchObject({ status: 200 });
});

test("counting tokens keeps the same rules and knows no max_tokens", async () => {
  const server = await serve();
  const { max_tokens, ...countable } = request();
  const options = { path: "/v1/messages/count_tokens" };
  expect(await send(server, countable, options)).toMatchObject({ status: 200 });
  expect(await send(server, { ...countable, max_tokens }, options)).toMatchObject({
    status: 400,
    message: expect.stringMatching(/^max_tokens: Extra inputs/),
  });
  expect(await send(server, { ...countable, messages: [go, go] }, options)).toMatchObject({
    status: 400,
    message: expect.stringMatching(/alternate/),
  });
});

test("a tool whose schema uses what JSON Schema has is accepted", async () => {
  const input_schema = {
    type: "object",
    additionalProperties: false,
    required: ["mode"],
    $defs: { path: { type: ["string", "null"] } },
    properties: {
      mode: { enum: ["a", 1, null] },
      paths: { type: "array", items: { $ref: "#/$defs/path" } },
      either: {
        anyOf: [{ type: "integer" }, { type: "array", prefixItems: [true, { type: "number" }] }],
      },
      nested: { type: "object", additionalProperties: false, properties: {} },
    },
  };
  expect(
    await send(await serve(), { ...request(), ...tool({ strict: true, input_schema }) }),
  ).toMatchObject({
    status: 200,
  });
});

test("a request that breaks no rule is answered", async () => {
  const server = await serve();
  const answer = await send(server, {
    ...request({
      system: [{ type: "text", text: "be brief", cache_control: { type: "ephemeral", ttl: "1h" } }],
    }),
    ...withTools([
      go,
      { role: "assistant", content: [text("I look."), call("a"), call("b")] },
      {
        role: "user",
        content: [
          result("b", { content: undefined }),
          result("a", { is_error: true, content: [text("no", short)] }),
          text("go on"),
        ],
      },
      { role: "system", content: "be quick" },
    ]),
    thinking: { type: "adaptive", display: "summarized" },
    output_config: { effort: "high" },
    cache_control: { type: "ephemeral" },
    metadata: { user_id: "u" },
    stop_sequences: ["STOP"],
  });
  expect(answer.message).toBe("");
  expect(answer.status).toBe(200);
  expect(server.stats().refused).toEqual([]);
});
