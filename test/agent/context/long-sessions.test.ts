import { expect, test } from "vitest";

import { summaryHeadings, summaryRequest } from "../../../src/core/context/summary-request.ts";
import type { AgentEvent } from "../../../src/model/event.ts";
import type { OfflineAnswerBlock, OfflineTurn, Responder } from "../../../src/offline/turn.ts";
import { type AgentStory, call, calling, submit, tellStory } from "../agent-rig.ts";

/** A window in which a few dozen turns are a long session: 34,000 tokens to work in. */
const small = { inputTokensMax: 46_000 };

/** Says its turns one after the other, whatever was rewritten before them; asked for a summary it gives `summary`. */
function inOrder(
  turns: readonly OfflineTurn[],
  summary: () => ReturnType<Responder> = () => ({ refuse: "no summary was expected" }),
): Responder {
  let turn = 0;
  return ({ messages }) => {
    const last = messages.at(-1)?.content.at(-1);
    if (last?.type === "text" && last.text === summaryRequest) return summary();
    return turns[(turn += 1) - 1] ?? { refuse: "the story is over" };
  };
}

const thinking: OfflineAnswerBlock = { type: "thinking", thinking: "let me see" };
const file = (index: number): string => `src/part-${index}.ts`;
const body = (index: number): string =>
  Array.from(
    { length: 130 },
    (_, line) => `export const value${index}_${line} = ${index * line};`,
  ).join("\n");

function contextEvents({
  events,
}: AgentStory): readonly Extract<AgentEvent, { kind: "context" }>[] {
  return events.flatMap((event) => (event.kind === "context" ? [event] : []));
}

function story(
  turns: readonly OfflineTurn[],
  more: {
    readonly summary?: () => ReturnType<Responder>;
    readonly inputTokensMax?: number;
  } = {},
): Promise<AgentStory> {
  return tellStory({
    turns: [],
    files: Object.fromEntries(Array.from({ length: 60 }, (_, index) => [file(index), body(index)])),
    contract: {
      model: "claude-opus-5-5",
      window: { ...small, ...more },
      tools: ["Read", "Edit", "TodoWrite", "ArtifactRead", "Submit"],
      limits: { turns: 300, commandMs: 1_000 },
    },
    server: { responder: inOrder(turns, more.summary) },
  });
}

const reads = (count: number): readonly OfflineTurn[] =>
  Array.from({ length: count }, (_, index) =>
    calling(thinking, call("Read", { file_path: file(index) })),
  );

test("a session longer than its window is cleared and folded, never refused, and delivers", async () => {
  const told = await story([...reads(50), calling(submit)]);
  expect(told.result.status).toBe("submitted");
  expect(told.server.stats().refused).toEqual([]);
  const context = contextEvents(told);
  expect(context.length).toBeGreaterThan(1);
  expect(new Set(context.map(({ did }) => did))).toEqual(new Set(["clear"]));
  for (const { before, after } of context) expect(after).toBeLessThan(before * 0.75);
});

test("what was folded away is one look away", async () => {
  const told = await story([
    ...reads(50),
    calling(call("ArtifactRead", { find: "value3_7 " })),
    calling(submit),
  ]);
  const last = JSON.stringify(told.requests.at(-1)?.messages.at(-1));
  expect(last).toContain("export const value3_7 = 21;");
});

const longTalk = (count: number): readonly OfflineTurn[] => [
  // A plan whose first step never ends: nothing can be folded, and words cannot be cleared.
  calling(call("TodoWrite", { todos: [{ content: "talk a lot", status: "in_progress" }] })),
  ...Array.from({ length: count }, (_, index) =>
    calling(
      { type: "text", text: `Thought ${index}. ${"I wonder about many things. ".repeat(110)}` },
      call("Read", { file_path: file(index % 3), view_range: [1, 2 + (index % 7)] }),
    ),
  ),
  calling(submit),
];

function goodSummary(): OfflineTurn {
  const sections = summaryHeadings.map((heading) => `${heading}\nnothing new`);
  return { content: [{ type: "text", text: sections.join("\n") }] };
}

test("when nothing can be cleared the model sums up, beside its work, and goes on from there", async () => {
  const told = await story(longTalk(40), { summary: goodSummary });
  expect(told.result.status).toBe("submitted");
  expect(told.server.stats().refused).toEqual([]);
  const did = contextEvents(told).map((event) => event.did);
  expect(did).toContain("compaction");
  expect(did).not.toContain("compaction-failed");
  const request = JSON.stringify(told.requests.at(-1));
  expect(request).toContain("Doing: talk a lot");
});

test.each([
  ["nothing", { content: [{ type: "text", text: "no" }] }],
  ["a tool call", { content: [call("Read", { file_path: file(1) })] }],
  ["half a summary", { ...goodSummary(), stopReason: "max_tokens" }],
  [
    "an endless summary",
    {
      content: [
        { type: "text", text: `${summaryHeadings.join("\n")}\n${"and so on ".repeat(9_000)}` },
      ],
    },
  ],
] as const)(
  "a model that sums up with %s is asked three times, then code folds what is old, and the work goes on",
  async (_, answer) => {
    const told = await story(longTalk(40), { summary: () => answer });
    expect(told.server.stats().refused).toEqual([]);
    expect(told.result.status).toBe("submitted");
    const did = contextEvents(told).map((event) => event.did);
    const opened = did.indexOf("reset");
    expect(did.slice(0, opened)).toEqual([
      "compaction-failed",
      "compaction-failed",
      "compaction-failed",
    ]);
  },
);

test("an agent whose newest turns alone are too much hands its work over", async () => {
  const told = await story(
    [
      calling(call("TodoWrite", { todos: [{ content: "read", status: "in_progress" }] })),
      ...Array.from({ length: 30 }, (_, index) =>
        calling(
          { type: "text", text: "So it is. ".repeat(1_200) },
          ...[0, 1, 2].map((more) => call("Read", { file_path: file((index * 3 + more) % 60) })),
        ),
      ),
      calling(submit),
    ],
    { summary: () => ({ content: [{ type: "text", text: "no" }] }) },
  );
  expect(told.result).toMatchObject({
    status: "exhausted",
    handoff: expect.stringContaining("Doing: read"),
  });
  expect(told.server.stats().refused).toEqual([]);
});
