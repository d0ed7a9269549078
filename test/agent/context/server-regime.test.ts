import { expect, test } from "vitest";

import { summaryHeadings, summaryRequest } from "../../../src/core/context/summary-request.ts";
import type { AgentEvent } from "../../../src/model/event.ts";
import type { OfflineServerOptions } from "../../../src/offline/server/start-server.ts";
import type { OfflineTurn } from "../../../src/offline/turn.ts";
import { type AgentStory, call, calling, submit, tellStory } from "../agent-rig.ts";

/** 68,000 tokens to work in: the least for which the API's own thresholds will do. */
const window = { inputTokensMax: 80_000, regime: "server" } as const;
const goodSummary: OfflineTurn = {
  content: [{ type: "text", text: summaryHeadings.map((one) => `${one}\nnothing new`).join("\n") }],
};

/** Words that nothing but a summary makes fewer; about 3,900 tokens a turn. */
function talkAt(turn: number, turns: number): OfflineTurn {
  if (turn === 0)
    return calling(call("TodoWrite", { todos: [{ content: "talk", status: "in_progress" }] }));
  if (turn > turns) return calling(submit);
  return calling(
    { type: "thinking", thinking: `wondering ${turn}` },
    { type: "text", text: `Thought ${turn}. ${"I wonder about many things. ".repeat(440)}` },
    call("Glob", { pattern: `*${turn % 7}` }),
  );
}

async function story(
  turnAt: (turn: number) => OfflineTurn,
  more: { readonly summary?: OfflineTurn; readonly server?: Partial<OfflineServerOptions> } = {},
): Promise<AgentStory & { readonly prompts: readonly number[] }> {
  let turn = 0;
  const prompts: number[] = [];
  const told = await tellStory({
    turns: [],
    files: { "a.txt": "x ".repeat(10_000) },
    contract: {
      model: "claude-opus-5-5",
      goal: "Talk. CONSTRAINT: never stop.",
      window,
      tools: ["Read", "Glob", "TodoWrite", "ArtifactRead", "Submit"],
      limits: { turns: 300, commandMs: 1_000 },
    },
    server: {
      responder: ({ messages }) => {
        const last = messages.at(-1)?.content.at(-1);
        const isAsked = last?.type === "text" && last.text === summaryRequest;
        return isAsked ? (more.summary ?? goodSummary) : turnAt((turn += 1) - 1);
      },
      onAnswer: (_, usage) =>
        prompts.push(
          usage.input_tokens +
            (usage.cache_read_input_tokens ?? 0) +
            (usage.cache_creation_input_tokens ?? 0),
        ),
      ...more.server,
    },
  });
  return { ...told, prompts };
}

function contextEvents({
  events,
}: AgentStory): readonly Extract<AgentEvent, { kind: "context" }>[] {
  return events.flatMap((event) => (event.kind === "context" ? [event] : []));
}

test("the API sums up by itself, the history goes on whole, and the agent is told its task again", async () => {
  const told = await story((turn) => talkAt(turn, 36));
  expect(told.server.stats().refused).toEqual([]);
  expect(told.result.status).toBe("submitted");
  const did = contextEvents(told).map((event) => event.did);
  expect(did.length).toBeGreaterThan(1);
  expect(new Set(did)).toEqual(new Set(["compaction"]));
  const last = JSON.stringify(told.requests.at(-1)?.messages);
  expect(last).toContain("CONSTRAINT: never stop");
  expect(last).toContain("Doing: talk");
  // Nothing was ever taken out here: the transcript has no epoch.
  expect(told.transcript.some(({ role }) => role === "epoch")).toBe(false);
  const { inputTokens, cacheReadTokens, cacheWriteTokens } = told.server.stats();
  expect(told.result.spent).toMatchObject({ inputTokens, cacheReadTokens, cacheWriteTokens });
});

test("the API clears old results by itself", async () => {
  const told = await story((turn) =>
    turn < 30
      ? calling(
          call("Read", { file_path: "a.txt", view_range: [1, 1] }),
          call("Glob", { pattern: `*${turn}` }),
        )
      : calling(submit),
  );
  expect(told.server.stats().refused).toEqual([]);
  expect(told.result.status).toBe("submitted");
  expect(Math.max(...told.prompts)).toBeLessThan(70_000);
});

test("summaries of no use end it like any others: three, then code folds what is old", async () => {
  const told = await story((turn) => talkAt(turn, 44), {
    summary: { content: [{ type: "text", text: "All is well." }] },
  });
  expect(told.server.stats().refused).toEqual([]);
  expect(told.result.status).toBe("submitted");
  const did = contextEvents(told).map((event) => event.did);
  expect(did.slice(0, 5)).toEqual([
    "compaction-failed",
    "compaction-failed",
    "compaction-failed",
    "fallback",
    "reset",
  ]);
});

test("a server that knows no context editing gets plain requests after the first", async () => {
  const told = await story((turn) => talkAt(turn, 10), { server: { isPlain: true } });
  expect(told.result.status).toBe("submitted");
  expect(told.server.stats().refused).toMatchObject([
    { status: 400, message: expect.stringContaining("context_management") },
  ]);
  expect(contextEvents(told).map(({ did }) => did)).toContain("fallback");
});

test("a window too small for the API's thresholds is kept small here", async () => {
  const small = { inputTokensMax: 46_000, regime: "server" } as const;
  const told = await tellStory({
    turns: [calling(call("Glob", { pattern: "*" })), calling(submit)],
    contract: { model: "claude-opus-5-5", window: small },
    server: { isPlain: true },
  });
  expect(told.result.status).toBe("submitted");
  expect(told.server.stats().refused).toEqual([]);
});
