import type Anthropic from "@anthropic-ai/sdk";
import fc from "fast-check";
import { expect, test } from "vitest";

import { openContextWindow } from "../../../src/agent/context/context-window.ts";
import type { ModelRequest } from "../../../src/ports/model-client.ts";
import { agentContract } from "../../support/agent-contract.ts";

const text = fc
  .constantFrom("", " \n", "so", "done")
  .map((said) => ({ type: "text" as const, text: said, citations: null }));
const thinking = fc.constantFrom("", "c2lnbmVk").map((signature) => ({
  type: "thinking" as const,
  thinking: "hm",
  signature,
}));
const reply = fc.array(fc.oneof(text, thinking), { maxLength: 4 });
const answer = fc
  .array(fc.constantFrom("go on", "look"), { minLength: 1, maxLength: 30 })
  .map((texts) => texts.map((said) => ({ type: "text" as const, text: said })));

const usage = { input_tokens: 900, output_tokens: 9 };

function message(content: Anthropic.ContentBlock[]): Anthropic.Message {
  return { content, usage, stop_reason: "end_turn" } as unknown as Anthropic.Message;
}

/** Every block with its role, without the breakpoints, which move. */
function blocksOf(request: ModelRequest): readonly string[] {
  return request.messages.flatMap(({ role, content }) =>
    (typeof content === "string" ? [] : content).map((block) =>
      JSON.stringify({ role, ...block, cache_control: undefined }),
    ),
  );
}

test("whatever is said, requests keep the API's rules and only grow", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(reply, answer)), fc.boolean(), (turns, briefed) => {
      const contract = agentContract("/r", { brief: briefed ? "brief" : "" });
      const window = openContextWindow({
        contract,
        tools: [],
        aboutRole: [],
        takeSeen: () => ({}),
        keep: () => {},
        now: () => 0,
      });
      let before = blocksOf(window.request());
      for (const [said, told] of turns) {
        window.addReply(message(said));
        window.add({ kind: "told", blocks: told });
        const request = window.request();
        const now = blocksOf(request);
        expect(now.slice(0, before.length)).toEqual(before);
        before = now;
        const roles = request.messages.map(({ role }) => role);
        expect(roles).toEqual(roles.map((_, index) => (index % 2 === 0 ? "user" : "assistant")));
        expect(roles.at(-1)).toBe("user");
        expect(now.filter((block) => /"text":"\s*(\\n)?"|"signature":""/.test(block))).toEqual([]);
        const marked = JSON.stringify(request).match(/cache_control/g) ?? [];
        expect(marked.length).toBeLessThanOrEqual(4);
        expect(JSON.stringify(request.messages.at(-1)?.content.at(-1))).toContain("ephemeral");
      }
    }),
  );
});

test("the transcript keeps what was received, also what is not sent back", () => {
  const kept: unknown[] = [];
  const window = openContextWindow({
    contract: agentContract("/r"),
    tools: [],
    aboutRole: [],
    takeSeen: () => ({}),
    keep: (line) => kept.push(line),
    now: () => 0,
  });
  const content = [{ type: "thinking" as const, thinking: "cut", signature: "" }];
  window.addReply(message(content));
  expect(kept.at(-1)).toEqual({ role: "assistant", content, usage, stopReason: "end_turn" });
  expect(window.request().messages).toHaveLength(1);
});

test("a view that breaks a rule of the API is never sent", () => {
  const window = openContextWindow({
    contract: agentContract("/r"),
    tools: [],
    aboutRole: [],
    takeSeen: () => ({}),
    keep: () => {},
    now: () => 0,
  });
  const call = { type: "tool_use" as const, id: "c", name: "Read", input: {} };
  window.add({ kind: "reply", blocks: [call] });
  window.add({ kind: "told", blocks: [{ type: "text", text: "go on" }] });
  expect(() => window.request()).toThrow("leaves a call without result");
});

test("an agent that was silent for long marks its cache to last an hour", () => {
  let now = 0;
  const window = openContextWindow({
    contract: agentContract("/r", { brief: "brief" }),
    tools: [],
    aboutRole: [],
    takeSeen: () => ({}),
    keep: () => {},
    now: () => now,
  });
  expect(JSON.stringify(window.request())).not.toContain("1h");
  window.add({ kind: "told", blocks: [{ type: "text", text: "go on" }] });
  now = 5 * 60_000;
  const marks = JSON.stringify(window.request()).match(/"ttl":"1h"/g) ?? [];
  expect(marks.length).toBe(3);
});
