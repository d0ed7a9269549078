import type Anthropic from "@anthropic-ai/sdk";
import fc from "fast-check";
import { expect, test } from "vitest";

import { createHistory } from "../../src/agent/history.ts";
import type { ModelRequest } from "../../src/ports/model-client.ts";
import { agentContract } from "../support/agent-contract.ts";

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

function message(content: Anthropic.ContentBlock[]): Anthropic.Message {
  return { content, usage: {}, stop_reason: "end_turn" } as Anthropic.Message;
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
      const history = createHistory(contract, [], () => {});
      let before = blocksOf(history.request());
      for (const [said, told] of turns) {
        history.addReply(message(said));
        history.addUser(told);
        const request = history.request();
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
  const history = createHistory(agentContract("/r"), [], (line) => kept.push(line));
  const content = [{ type: "thinking" as const, thinking: "cut", signature: "" }];
  history.addReply(message(content));
  expect(kept.at(-1)).toEqual({ role: "assistant", content, usage: {}, stopReason: "end_turn" });
  expect(history.request().messages).toHaveLength(1);
});
