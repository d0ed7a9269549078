import { expect, test } from "vitest";

import { openGate } from "../support/open-gate.ts";
import { call, calling, resultsIn, submit, tellStory } from "./agent-rig.ts";

const read = call("Read", { file_path: "a.txt" });

test("an agent runs the tools it calls, answers, and is done when it submits", async () => {
  const story = await tellStory({
    turns: [
      { content: [{ type: "text", text: "Let me look.\nThen edit." }, read] },
      calling(call("Edit", { file_path: "a.txt", old_string: "one", new_string: "two" }), read),
      calling(call("Submit", { status: "done", summary: "did it", outputs: { n: 1 } })),
    ],
  });
  expect(story.result).toMatchObject({
    status: "submitted",
    delivery: { status: "done", summary: "did it", outputs: { n: 1 }, files: [] },
    spent: { turns: 3 },
  });
  expect(story.requests.map(resultsIn)).toEqual([
    [],
    ["one\n"],
    ["edited a.txt (1 replacement(s))", "two\n"],
  ]);
  expect(story.server.stats().refused).toEqual([]);
  expect(story.events.map(({ kind }) => kind).join(" ")).toBe(
    "turn-started spent said tool-started tool-finished " +
      "turn-started spent tool-started tool-finished tool-started tool-finished " +
      "turn-started spent tool-started tool-finished",
  );
  expect(story.events).toContainEqual({ kind: "said", text: "Let me look." });
  expect(story.transcript.map(({ role }) => role).join(" ")).toBe(
    "user assistant user assistant acts user assistant user",
  );
});

test("an agent that stops without delivering is reminded twice, then it has failed", async () => {
  const stop = { content: [{ type: "text" as const, text: "I think I am done." }] };
  const story = await tellStory({ turns: [stop, stop, stop, stop] });
  expect(story.result).toMatchObject({
    status: "failed",
    failure: { kind: "model", message: "the agent stopped without delivering" },
    spent: { turns: 3 },
  });
  expect(story.server.stats().refused).toEqual([]);
});

test("no tool call of a reply that was cut off is run; the agent is told and goes on", async () => {
  const write = call("Write", { file_path: "b.txt", content: "half" });
  const story = await tellStory({
    turns: [
      { ...calling(read, write), stopReason: "max_tokens" },
      { content: [{ type: "text", text: "I was about to" }], stopReason: "max_tokens" },
      calling(call("Glob", { pattern: "*" })),
      calling(submit),
    ],
  });
  expect(story.result.status).toBe("submitted");
  expect(resultsIn(story.requests[1])).toEqual(
    Array(2).fill(expect.stringContaining("no tool call in it was run")),
  );
  expect(resultsIn(story.requests[3])).toEqual(["a.txt"]);
  expect(story.server.stats().refused).toEqual([]);
});

test("an agent whose replies are always cut off has failed after three tries", async () => {
  const cut = { ...calling(read), stopReason: "max_tokens" as const };
  const story = await tellStory({ turns: [cut, cut, cut, cut, cut] });
  expect(story.result).toMatchObject({
    status: "failed",
    failure: { kind: "model", hint: "split the task into smaller units" },
    spent: { turns: 4 },
  });
});

test("a model that refuses has failed", async () => {
  const story = await tellStory({
    turns: [{ content: [{ type: "text", text: "no" }], stopReason: "refusal" }],
  });
  expect(story.result).toMatchObject({
    status: "failed",
    failure: { kind: "model", message: "the model refused the task" },
  });
});

test("a budget of turns is looked at before each request", async () => {
  const story = await tellStory({
    turns: [calling(read), calling(read), calling(read)],
    contract: { limits: { commandMs: 1000, turns: 2 } },
  });
  expect(story.result).toMatchObject({
    status: "budget",
    failure: { kind: "budget", message: "the agent's budget of 2 turns is used up" },
  });
  expect(story.requests).toHaveLength(2);
});

test("when the gate lets nothing more through, the agent ends with what it spent", async () => {
  let asked = 0;
  const story = await tellStory({
    turns: [calling(read), calling(read)],
    gate: {
      ...openGate,
      admit: () =>
        Promise.resolve(
          (asked += 1) === 1
            ? { kind: "go", ticket: 1 }
            : { kind: "budget", message: "what the run may spend is used up ($1.00)" },
        ),
    },
  });
  expect(story.result).toMatchObject({
    status: "budget",
    failure: { kind: "budget", message: "what the run may spend is used up ($1.00)" },
    spent: { turns: 1 },
  });
});

test("an agent cancelled while the model answers stops, with what it spent before", async () => {
  const stop = new AbortController();
  const story = await tellStory({
    turns: [calling(read), { ...calling(submit), latencyMs: 20_000 }],
    signal: stop.signal,
    onEvent: (event) => {
      if (event.kind === "turn-started" && event.turn === 2) queueMicrotask(() => stop.abort());
    },
  });
  expect(story.result).toMatchObject({ status: "cancelled", spent: { turns: 1 } });
});

test("after a cancel no further tool call of the reply is run", async () => {
  const stop = new AbortController();
  const story = await tellStory({
    turns: [calling(read, call("Write", { file_path: "b.txt", content: "b" }))],
    signal: stop.signal,
    onEvent: ({ kind }) => {
      if (kind === "tool-finished") stop.abort();
    },
  });
  expect(story.result.status).toBe("cancelled");
  expect(story.events.filter(({ kind }) => kind === "tool-started")).toHaveLength(1);
});

test("thinking is given back untouched, turn after turn", async () => {
  const think = { type: "thinking" as const, thinking: "Hm. Größe?" };
  const story = await tellStory({
    turns: [
      { content: [think, read] },
      { content: [{ type: "thinking", thinking: "" }, read, read] },
      { content: [think, submit] },
    ],
    contract: { model: "claude-opus-5-5" },
  });
  expect(story.result.status).toBe("submitted");
  expect(story.server.stats().refused).toEqual([]);
  // The server signs what it thinks and refuses any change of it; by default the text is left out.
  expect(story.requests[2]?.messages[3]?.content[0]?.type).toBe("thinking");
});

test("what was sent before is read from the cache, also after many parallel calls", async () => {
  const story = await tellStory({
    turns: [calling(read), calling(...Array.from({ length: 30 }, () => read)), calling(submit)],
    contract: { brief: "All about this repository. ".repeat(400) },
  });
  const spent = story.events.flatMap((event) => (event.kind === "spent" ? [event.spent] : []));
  const [first, second, third] = spent.map((total, index) => ({
    read: total.cacheReadTokens - (spent[index - 1]?.cacheReadTokens ?? 0),
    wrote: total.cacheWriteTokens - (spent[index - 1]?.cacheWriteTokens ?? 0),
  }));
  expect(first?.wrote).toBeGreaterThan(2000);
  expect(second?.read).toBe(first?.wrote);
  expect(third?.read).toBe((second?.read ?? 0) + (second?.wrote ?? 0));
});

test("a coordinator's plan with errors comes back with all of them, and a right one is taken as YAML", async () => {
  const plan = { version: 1, name: "p", tasks: { a: { needs: ["b"], run: "true" } } };
  const right = { version: 1, name: "p", tasks: { a: { run: "true" } } };
  const story = await tellStory({
    turns: [
      calling(call("Submit", { summary: "s", plan })),
      calling(call("Submit", { summary: "s", plan: right })),
    ],
    contract: { role: "coordinator", tools: ["Read", "Glob", "Grep", "Submit"] },
  });
  expect(resultsIn(story.requests[1])).toEqual([
    expect.stringMatching(/try 1 of 3[^]*E-NEED-UNKNOWN[^]*b/),
  ]);
  expect(story.result).toMatchObject({ status: "planned", summary: "s" });
  expect(story.result.status === "planned" && story.result.plan).toContain('run: "true"');
  expect(story.server.stats().refused).toEqual([]);
});

test("a coordinator whose third plan is still wrong has failed", async () => {
  const wrong = calling(call("Submit", { summary: "s", plan: { version: 1 } }));
  const story = await tellStory({
    turns: [wrong, wrong, wrong, wrong],
    contract: { role: "coordinator" },
  });
  expect(story.result).toMatchObject({
    status: "failed",
    failure: { kind: "plan-invalid", detail: expect.stringContaining("tasks") },
    spent: { turns: 3 },
  });
});

test("a result over its cap comes back to be shortened", async () => {
  const story = await tellStory({
    turns: [
      calling(call("Submit", { status: "done", summary: "s".repeat(7000) })),
      calling(submit),
    ],
  });
  expect(resultsIn(story.requests[1])).toEqual([expect.stringContaining("the most is 2000")]);
  expect(story.result.status).toBe("submitted");
});
