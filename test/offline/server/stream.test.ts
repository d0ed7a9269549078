import Anthropic from "@anthropic-ai/sdk";
import * as fc from "fast-check";
import { expect, test } from "vitest";

import type { Answer, AnswerBlock } from "../../../src/offline/server/answer.ts";
import { splitText } from "../../../src/offline/server/split-text.ts";
import { streamFrames } from "../../../src/offline/server/sse.ts";

const characters = fc.string({ unit: "binary", maxLength: 60 });
const block: fc.Arbitrary<AnswerBlock> = fc.oneof(
  characters.map((text): AnswerBlock => ({ type: "text", text, citations: null })),
  fc
    .tuple(characters, fc.base64String({ minLength: 4 }))
    .map(([thinking, signature]): AnswerBlock => ({ type: "thinking", thinking, signature })),
  fc
    .tuple(fc.uuid(), fc.dictionary(characters, fc.jsonValue()))
    .map(([id, input]): AnswerBlock => ({
      type: "tool_use",
      id,
      name: "Read",
      // As it will be after a trip through JSON, which knows no -0.
      input: JSON.parse(JSON.stringify(input)) as unknown,
      caller: { type: "direct" },
    })),
);

function answerOf(content: readonly AnswerBlock[]): Answer {
  return {
    id: "msg_1",
    type: "message",
    role: "assistant",
    model: "claude-sonnet-5-5",
    content,
    container: null,
    diagnostics: null,
    stop_details: null,
    stop_reason: "end_turn",
    stop_sequence: null,
    usage: {
      input_tokens: 1,
      output_tokens: 2,
      cache_creation_input_tokens: 3,
      cache_read_input_tokens: 4,
      cache_creation: { ephemeral_1h_input_tokens: 1, ephemeral_5m_input_tokens: 2 },
      output_tokens_details: { thinking_tokens: 1 },
      inference_geo: null,
      server_tool_use: null,
      service_tier: "standard",
      speed: "standard",
    },
  };
}

/** The real client, reading these bytes in these chunks. */
function clientReading(chunks: readonly Uint8Array[]): Anthropic {
  return new Anthropic({
    apiKey: "x",
    maxRetries: 0,
    fetch: () =>
      Promise.resolve(
        new Response(ReadableStream.from(chunks), {
          headers: { "content-type": "text/event-stream" },
        }),
      ),
  });
}

/** Cuts at each of the places, modulo the length. */
function cut<T extends { readonly length: number }>(
  whole: T,
  places: readonly number[],
  slice: (from: number, to: number) => T,
): T[] {
  const at = [
    ...new Set(places.map((place) => place % (whole.length + 1))),
    0,
    whole.length,
  ].toSorted((a, b) => a - b);
  return at
    .slice(1)
    .map((to, index) => slice(at[index] ?? 0, to))
    .filter(({ length }) => length > 0);
}

test("however an answer is cut into events and bytes, the SDK puts the same message together", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(block, { maxLength: 4 }),
      fc.array(fc.nat(2000), { maxLength: 30 }),
      fc.array(fc.nat(20_000), { maxLength: 30 }),
      async (content, inText, inBytes) => {
        const answer = answerOf(content);
        const frames = streamFrames(answer, (text) =>
          cut(text, inText, (from, to) => text.slice(from, to)).map((piece) => piece),
        );
        const bytes = new TextEncoder().encode(frames.join(""));
        const client = clientReading(cut(bytes, inBytes, (from, to) => bytes.subarray(from, to)));
        const message = await client.messages
          .stream({
            model: answer.model,
            max_tokens: 10,
            messages: [{ role: "user", content: "x" }],
          })
          .finalMessage();
        expect(message).toMatchObject({ ...answer, content: [...content] });
        expect(message.content).toHaveLength(content.length);
      },
    ),
    { numRuns: 200 },
  );
});

test("the events come in the order of the API", () => {
  const frames = streamFrames(
    answerOf([
      { type: "thinking", thinking: "hm", signature: "c2ln" },
      { type: "text", text: "hello", citations: null },
      { type: "tool_use", id: "a", name: "Read", input: { a: "é" }, caller: { type: "direct" } },
    ]),
    (text) => [text],
  );
  const kinds = frames.map((frame) => {
    const event = JSON.parse(frame.slice(frame.indexOf("data: ") + 6)) as {
      type: string;
      delta?: { type?: string };
    };
    return event.delta?.type ?? event.type;
  });
  expect(kinds).toEqual([
    "message_start",
    "ping",
    "content_block_start",
    "thinking_delta",
    "signature_delta",
    "content_block_stop",
    "content_block_start",
    "text_delta",
    "content_block_stop",
    "content_block_start",
    "input_json_delta",
    "input_json_delta",
    "content_block_stop",
    "message_delta",
    "message_stop",
  ]);
  expect(frames.join("")).toContain(String.raw`\\u00e9`);
});

test("the pieces of a text joined are the text, none is empty, and no surrogate pair is torn", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 3000 }), (text) => {
      const pieces = splitText(text);
      expect(pieces.join("")).toBe(text);
      expect(pieces.every((piece) => piece !== "" && !/\p{Surrogate}/u.test(piece))).toBe(true);
    }),
  );
  expect(splitText("x".repeat(100_000)).length).toBeLessThan(200);
});
