import { expect, test } from "vitest";

import { summaryHeadings } from "../../../src/core/context/summary-request.ts";
import { call, calling, submit } from "../agent-rig.ts";
import { contextEvents, file, goodSummary, longTalk, reads, story } from "./long-talk.ts";

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
