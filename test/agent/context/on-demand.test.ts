import { expect, test } from "vitest";

import { summaryHeadings, summaryRequest } from "../../../src/core/context/summary-request.ts";
import type { AgentEvent } from "../../../src/model/event.ts";
import type { OfflineServerOptions } from "../../../src/offline/server/start-server.ts";
import type { OfflineRequest, OfflineTurn } from "../../../src/offline/turn.ts";
import { type AgentStory, call, calling, submit, tellStory } from "../agent-rig.ts";

const file = (index: number): string => `src/part-${index}.ts`;
const goodSummary: OfflineTurn = {
  content: [{ type: "text", text: summaryHeadings.map((one) => `${one}\nnothing new`).join("\n") }],
};

/** A plan whose first step never ends: nothing can be folded, and words cannot be cleared. */
function talkAt(turn: number): OfflineTurn {
  if (turn === 0)
    return calling(
      call("TodoWrite", { todos: [{ content: "talk a lot", status: "in_progress" }] }),
    );
  if (turn > 44) return calling(submit);
  return calling(
    { type: "thinking", thinking: `wondering ${turn}` },
    { type: "text", text: `Thought ${turn}. ${"I wonder about many things. ".repeat(110)}` },
    call("Read", { file_path: file(turn % 3), view_range: [1, 2 + (turn % 7)] }),
  );
}

function isAsked({ messages }: OfflineRequest): boolean {
  const last = messages.at(-1)?.content.at(-1);
  return last?.type === "text" && last.text === summaryRequest;
}

interface Told extends AgentStory {
  /** What each answer to the agent's own requests read from the cache, as a share. */
  readonly shares: readonly number[];
  readonly summaryShares: readonly number[];
}

async function story(
  more: {
    readonly summary?: OfflineTurn;
    readonly server?: Partial<OfflineServerOptions>;
    readonly pause?: () => Promise<void>;
  } = {},
): Promise<Told> {
  let turn = 0;
  const shares: number[] = [];
  const summaryShares: number[] = [];
  const told = await tellStory({
    ...(more.pause === undefined ? {} : { pause: more.pause }),
    turns: [],
    files: Object.fromEntries([0, 1, 2].map((at) => [file(at), "const a = 1;\n".repeat(40)])),
    contract: {
      model: "claude-opus-5-5",
      goal: "Talk. CONSTRAINT: never stop.",
      brief: "Know this. ".repeat(300),
      window: { inputTokensMax: 46_000, regime: "append+ondemand" },
      tools: ["Read", "TodoWrite", "ArtifactRead", "Submit"],
      limits: { turns: 300, commandMs: 1_000 },
    },
    server: {
      responder: (request) =>
        isAsked(request) ? (more.summary ?? goodSummary) : talkAt((turn += 1) - 1),
      onAnswer: (_, usage) => {
        const read = usage.cache_read_input_tokens ?? 0;
        const all = usage.input_tokens + (usage.cache_creation_input_tokens ?? 0) + read;
        (usage.output_tokens > 0 && usage.output_tokens_details?.thinking_tokens === 0
          ? summaryShares
          : shares
        ).push(read / all);
      },
      ...more.server,
    },
  });
  return { ...told, shares, summaryShares };
}

function contextEvents({
  events,
}: AgentStory): readonly Extract<AgentEvent, { kind: "context" }>[] {
  return events.flatMap((event) => (event.kind === "context" ? [event] : []));
}

test("the API sums up what was sent before, from the cache; the newest turns stay, with their thinking", async () => {
  const told = await story();
  expect(told.server.stats().refused).toEqual([]);
  expect(told.result.status).toBe("submitted");
  const did = contextEvents(told).map((event) => event.did);
  expect(did.length).toBeGreaterThan(1);
  expect(new Set(did)).toEqual(new Set(["compaction"]));
  const at = told.requests.findIndex(
    ({ messages }) => messages[0]?.content[0]?.type === "compaction",
  );
  const [first, ...kept] = told.requests[at]?.messages ?? [];
  expect(first?.content[0]).toMatchObject({ type: "compaction" });
  // The offline server combines messages of one role; the turns behind the block begin with a reply.
  expect(first?.content.slice(1, 3)).toMatchObject([{ type: "thinking" }, { type: "text" }]);
  expect(kept.flatMap(({ content }) => content).some(({ type }) => type === "thinking")).toBe(true);
  for (const { before, after } of contextEvents(told)) expect(after).toBeLessThan(before * 0.7);
});

test("a summary by the API takes nothing of the task, the contract or the pins away", async () => {
  const told = await story();
  for (const { messages } of told.requests.slice(1)) {
    const text = JSON.stringify(messages);
    expect(text).toContain("CONSTRAINT: never stop");
    expect(text).toContain("Know this. Know this.");
    expect(text).toContain("talk a lot");
  }
  expect(JSON.stringify(told.requests.at(-1))).toContain("Doing: talk a lot");
});

test("nearly all of what is summed up is read from the cache", async () => {
  const { summaryShares } = await story();
  expect(summaryShares.length).toBeGreaterThan(1);
  for (const share of summaryShares) expect(share).toBeGreaterThan(0.9);
});

test("what a summary cost is in what the agent has spent", async () => {
  const told = await story();
  const { inputTokens, cacheReadTokens, cacheWriteTokens } = told.server.stats();
  expect(told.result.spent).toMatchObject({ inputTokens, cacheReadTokens, cacheWriteTokens });
});

test.each([
  ["says nothing", { content: [], stopReason: "end_turn" }],
  ["calls a tool", { content: [call("Read", { file_path: file(1) })] }],
  ["is cut off", { ...goodSummary, stopReason: "max_tokens" }],
  ["lacks headings", { content: [{ type: "text", text: "All is well." }] }],
] as const)(
  "an API whose summary %s is asked three times, then code folds what is old",
  async (_, summary) => {
    const told = await story({ summary });
    expect(told.server.stats().refused).toEqual([]);
    expect(told.result.status).toBe("submitted");
    const did = contextEvents(told).map((event) => event.did);
    expect(did.slice(0, did.indexOf("reset"))).toEqual(Array(3).fill("compaction-failed"));
  },
);

test("a server that knows no beta sums up by a normal request, and the journal says so", async () => {
  const told = await story({ server: { isPlain: true } });
  expect(told.result.status).toBe("submitted");
  expect(told.server.stats().refused).toMatchObject([{ status: 400 }]);
  const events = contextEvents(told);
  expect(events[0]).toMatchObject({ did: "fallback", why: expect.stringContaining("compaction") });
  expect(new Set(events.slice(1).map(({ did }) => did))).toEqual(new Set(["compaction"]));
});

test("a server that cannot sum up now is tried as often as any overloaded one; then it is one failure, and normal requests", async () => {
  const faults = Array.from({ length: 9 }, (_, at) => ({
    at: at + 1,
    fault: "compaction-unavailable" as const,
  }));
  const told = await story({ server: { faults }, pause: () => Promise.resolve() });
  expect(told.result.status).toBe("submitted");
  const did = contextEvents(told).map((event) => event.did);
  expect(did.slice(0, 2)).toEqual(["compaction-failed", "fallback"]);
  expect(did.slice(2)).toContain("compaction");
});
