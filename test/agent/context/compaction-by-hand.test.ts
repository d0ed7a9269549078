import { expect, test } from "vitest";

import { createCompactionDesk } from "../../../src/agent/context/compaction-desk.ts";
import { usualUpkeep } from "../../../src/core/context/thresholds.ts";
import type { Compaction } from "../../../src/model/control.ts";
import type { OfflineTurn, Responder } from "../../../src/offline/turn.ts";
import { calling, submit, type AgentStory } from "../agent-rig.ts";
import { contextEvents, goodSummary, longTalk, reads, story } from "./long-talk.ts";

/** A session in which a person asks for a compaction when each of those turns begins. */
async function askedAt(
  asked: readonly number[],
  turns: readonly OfflineTurn[],
  summary?: () => ReturnType<Responder>,
): Promise<AgentStory & { readonly came: readonly Compaction[] }> {
  const desk = createCompactionDesk();
  const answers: Promise<Compaction>[] = [];
  const told = await story(turns, {
    desk,
    onEvent: (event) => {
      if (event.kind === "turn-started" && asked.includes(event.turn)) answers.push(desk.ask());
    },
    ...(summary === undefined ? {} : { summary }),
  });
  // As its thread does when the agent is no more.
  desk.answer({ kind: "ended" });
  expect(told.server.stats().refused).toEqual([]);
  expect(told.result.status).toBe("submitted");
  return { ...told, came: await Promise.all(answers) };
}

test("an agent that is asked sums up long before it would have to, and says what came of it", async () => {
  const told = await askedAt([18], longTalk(21), goodSummary);
  const [came] = told.came;
  expect(came).toMatchObject({ kind: "compacted" });
  const [event, ...more] = contextEvents(told);
  expect(more).toEqual([]);
  expect(event).toMatchObject({ did: "compaction", reason: "by-hand" });
  if (came?.kind === "compacted") {
    expect(came.after).toBeLessThan(came.before * 0.7);
    expect(event?.before).toBe(came.before);
  }
});

test("an agent with nothing old enough says so, and no model is asked", async () => {
  const told = await askedAt([2, 3], [...reads(3), calling(submit)]);
  for (const came of told.came)
    expect(came).toMatchObject({ kind: "left", why: expect.stringContaining("old enough") });
  expect(contextEvents(told)).toEqual([]);
});

test("a summary that is no good changes nothing, and counts as a failure of the breaker", async () => {
  const told = await askedAt([18], longTalk(20), () => ({
    content: [{ type: "text", text: "no" }],
  }));
  expect(told.came).toMatchObject([{ kind: "left", why: expect.stringContaining("lacks") }]);
  expect(contextEvents(told)).toMatchObject([{ did: "compaction-failed", reason: "by-hand" }]);
});

test("who asks too often is told that the breaker lets no more through, and no further summary is made", async () => {
  let summaries = 0;
  const told = await askedAt([17, 18, 19, 20, 21, 22, 23], longTalk(24), () => {
    summaries += 1;
    return { content: [{ type: "text", text: "no" }] };
  });
  expect(summaries).toBe(usualUpkeep.limits.failuresMax);
  const whys = told.came.flatMap((came) => (came.kind === "left" ? [came.why] : []));
  expect(whys.at(-1)).toMatch(/^3 summaries (in a row were of no use|were made in the last)/);
});

test("an agent that ends before it came to it leaves nobody waiting", async () => {
  const told = await askedAt([4], [...reads(3), calling(submit)]);
  expect(told.came).toEqual([{ kind: "ended" }]);
});
