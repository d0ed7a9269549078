import { expect, test } from "vitest";

import { parseFaults, parseScript, scripted } from "../../../src/offline/server/script.ts";
import { steady } from "../../../src/offline/server/steady.ts";
import { calls, clientOf, readTool, request, says, serve } from "./rig.ts";

const twoAgents = `
conversations:
  - when: "unit=rename[core]"
    turns:
      - content: [{ type: tool_use, name: Read, input: { path: core.ts } }]
      - content: [{ type: text, text: core done }]
        latencyMs: 5
  - turns:
      - content: [{ type: text, text: other done }]
faults:
  - { at: 1, when: "unit=rename[core]", fault: rate-limit, retryAfter: 0.001 }
`;

test("a script answers several agents at once, each from its own turns, through a fault", async () => {
  const script = parseScript(twoAgents, "script.yaml");
  if (!script.ok) throw new Error(script.error.detail);
  const server = await serve({
    responder: scripted(script.value.conversations),
    faults: script.value.faults,
  });
  const client = clientOf(server, { maxRetries: 1 });
  const ask = (content: string): ReturnType<typeof client.messages.create> =>
    client.messages.create(request({ tools: [readTool], messages: [{ role: "user", content }] }));
  const [core, other] = await Promise.all([
    ask("do unit=rename[core]"),
    ask("do unit=rename[cli]"),
  ]);
  expect(core).toMatchObject({
    stop_reason: "tool_use",
    content: [{ name: "Read", input: { path: "core.ts" } }],
  });
  expect(other).toMatchObject({ stop_reason: "end_turn", content: [{ text: "other done" }] });
  expect(server.stats()).toMatchObject({ faults: 1, refused: [] });
});

test("a request beyond the end of a script is refused and says which", async () => {
  const server = await serve({ responder: scripted([{ when: "unit=a", turns: [says("one")] }]) });
  const client = clientOf(server);
  const beyond = client.messages.create(
    request({
      messages: [
        { role: "user", content: "unit=a" },
        { role: "assistant", content: "one" },
        { role: "user", content: "and?" },
      ],
    }),
  );
  await expect(beyond).rejects.toThrow(
    /the script for \\"unit=a\\" has 1 turns, and this is request 2/,
  );
  await expect(client.messages.create(request())).rejects.toThrow(/no conversation for \\"go\\"/);
  expect(server.stats().refused.map(({ status }) => status)).toEqual([400, 400]);
});

test.for([
  { text: "turns: []", problem: /turns/ },
  { text: "{}", problem: /either turns or conversations/ },
  {
    text: "turns: [{ content: [{ type: text, text: a }] }]\nconversations: [{ turns: [{ content: [] }] }]",
    problem: /either turns or conversations/,
  },
  { text: "turns: [{ content: [{ type: poem }] }]", problem: /content\[0\]/ },
  { text: "turns: [{ content: [], latency: 3 }]", problem: /latency/ },
  {
    text: "turns: [{ content: [] }]\nfaults: [{ at: 0, fault: overloaded }]",
    problem: /faults\[0\]\.at/,
  },
  {
    text: "turns: [{ content: [] }]\nfaults: [{ at: 1, fault: meteor }]",
    problem: /faults\[0\]\.fault/,
  },
])("a script that says $text is refused with the place", ({ text, problem }) => {
  const script = parseScript(text, "s.yaml");
  expect(script).toMatchObject({
    ok: false,
    error: {
      kind: "usage",
      message: expect.stringContaining("s.yaml"),
      detail: expect.stringMatching(problem),
    },
  });
});

test("a file that is neither YAML nor JSON is refused", () => {
  expect(parseScript("turns: [", "s.yaml")).toMatchObject({
    ok: false,
    error: { message: expect.stringMatching(/^s\.yaml is neither YAML nor JSON/) },
  });
  expect(parseFaults('[{"at":1,"fault":"stall","ms":5}]', "f.json")).toEqual({
    ok: true,
    value: [{ at: 1, fault: "stall", ms: 5 }],
  });
});

test("a steady conversation makes so many calls and ends", async () => {
  const server = await serve({
    responder: steady({
      turns: 1,
      toolName: "Read",
      input: (turn: number) => ({ path: `${turn}.ts` }),
      last: says("over"),
    }),
  });
  const client = clientOf(server);
  const first = await client.messages.create(request({ tools: [readTool] }));
  const [call] = first.content;
  if (call?.type !== "tool_use") throw new Error("the first answer calls no tool");
  const second = await client.messages.create(
    request({
      tools: [readTool],
      messages: [
        { role: "user", content: "go" },
        { role: "assistant", content: first.content },
        { role: "user", content: [{ type: "tool_result", tool_use_id: call.id, content: "ok" }] },
      ],
    }),
  );
  expect(first.content).toMatchObject(calls("Read", { path: "0.ts" }).content);
  expect(second.content).toMatchObject(says("over").content);
});
