import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, onTestFinished, test } from "vitest";

import { usualUpkeep } from "../../src/core/context/thresholds.ts";
import type { AgentEvent } from "../../src/model/event.ts";
import { startOfflineServer } from "../../src/offline/server/start-server.ts";
import type { OfflineRequest, OfflineTurn } from "../../src/offline/turn.ts";
import type { Ask } from "../../src/ports/questions.ts";
import { agentContract } from "../support/agent-contract.ts";
import { openGate } from "../support/open-gate.ts";
import { playAgent } from "../support/play-agent.ts";
import { call, submit, tempTree } from "./agent-rig.ts";

const thought = (thinking: string) => ({ type: "thinking" as const, thinking });

const turns: readonly OfflineTurn[] = [
  { content: [thought("look first"), call("Read", { file_path: "a.txt" })] },
  {
    content: [
      thought("change it"),
      call("Edit", { file_path: "a.txt", old_string: "one", new_string: "one and two" }),
      call("Write", { file_path: "b.txt", content: "b\n" }),
    ],
  },
  { content: [{ type: "text", text: "I think that is it." }] },
  {
    content: [
      call("Edit", { file_path: "a.txt", old_string: "two", new_string: "two, two" }),
      call("Edit", { file_path: "nowhere.txt", old_string: "x", new_string: "y" }),
    ],
  },
  { content: [call("Read", { file_path: "a.txt" }), call("Grep", { pattern: "two" })] },
  { content: [call("Edit", { file_path: "b.txt", old_string: "b", new_string: "bb" })] },
  { content: [submit] },
];

function filesIn(root: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    readdirSync(root)
      .filter((name) => name.endsWith(".txt"))
      .map((name) => [name, readFileSync(join(root, name), "utf8")]),
  );
}

function copy(from: string, to: string): void {
  rmSync(to, { recursive: true, force: true });
  cpSync(from, to, { recursive: true });
}

/** Keeps and puts back a folder as a run does with its worktrees. */
function snapshotsOf(root: string): Ask {
  const kept = mkdtempSync(join(tmpdir(), "skein-kept-"));
  let count = 0;
  const answer = async (question: Parameters<Ask>[0]): Promise<unknown> => {
    if (question.kind === "snapshot") {
      count += 1;
      const tree = String(count).padStart(40, "0");
      copy(root, join(kept, tree));
      return { kept: { tree } };
    }
    if (question.kind !== "restore") throw new Error("nobody answers that");
    const isKept = readdirSync(kept).includes(question.tree);
    if (isKept) copy(join(kept, question.tree), root);
    return { isDone: isKept };
  };
  return answer as Ask;
}

/** An agent that can live again and again, from what it has written down so far. */
async function mortal() {
  const root = tempTree({ "a.txt": "one\n" });
  let requests: OfflineRequest[] = [];
  const server = await startOfflineServer({
    responder: ({ messages }) =>
      turns[messages.filter(({ role }) => role === "assistant").length] ?? {
        refuse: "the story is over",
      },
    mode: "lint",
    onRequest: (request) => requests.push(request),
  });
  onTestFinished(() => server.close());
  const contract = agentContract(root);
  const ask = snapshotsOf(root);
  return {
    contract,
    root,
    server,
    live: async () => {
      requests = [];
      const events: AgentEvent[] = [];
      const result = await playAgent({
        contract,
        api: server,
        upkeep: usualUpkeep,
        shell: { run: () => Promise.resolve({ kind: "refused", reason: "no shell" }) },
        gate: openGate,
        ask,
        emit: (event) => events.push(event),
      });
      return { result, requests, events, files: filesIn(root) };
    },
    reset: () => {
      rmSync(root, { recursive: true });
      cpSync(tempTree({ "a.txt": "one\n" }), root, { recursive: true });
    },
  };
}

test("cut off after any line of its transcript, an agent sends what it would have sent, from where it was", async () => {
  const agent = await mortal();
  const whole = await agent.live();
  expect(whole.result).toMatchObject({ status: "submitted", spent: { turns: 7 } });
  const lines = readFileSync(agent.contract.transcript, "utf8").trim().split("\n");
  const asked: number[] = [];
  for (const at of lines.keys()) {
    const kept = lines.slice(0, at + 1);
    const replies = kept.filter((line) => line.startsWith('{"role":"assistant"')).length;
    writeFileSync(agent.contract.transcript, `${kept.join("\n")}\n{"role":"assis`);
    agent.reset();
    const again = await agent.live();
    expect(again.result, kept.at(-1)).toMatchObject({
      status: "submitted",
      spent: { turns: 7 - replies },
    });
    // Ids and signatures of replies that are made anew are others; what was restored is the same to the byte.
    expect(again.requests[0]).toEqual(whole.requests[replies]);
    expect(again.requests).toHaveLength(7 - replies);
    expect(again.files).toEqual(whole.files);
    asked.push(again.requests.length);
  }
  expect(agent.server.stats().refused).toEqual([]);
  expect(new Set(asked)).toEqual(new Set([7, 6, 5, 4, 3, 2, 1, 0]));
});

test("another task, or a worktree of another commit, is not what the transcript is about", async () => {
  const agent = await mortal();
  await agent.live();
  agent.reset();
  Object.assign(agent.contract, { goal: "Another task." });
  const again = await agent.live();
  expect(again.requests).toHaveLength(7);
  agent.reset();
  Object.assign(agent.contract, { base: "another" });
  const third = await agent.live();
  expect(third.requests).toHaveLength(7);
  expect(third.events.map(({ kind }) => kind)).not.toContain("replayed");
});

test("a transcript that somebody has changed is not gone on with, and a worktree that cannot be put back neither", async () => {
  const agent = await mortal();
  await agent.live();
  const text = readFileSync(agent.contract.transcript, "utf8");
  writeFileSync(agent.contract.transcript, text.replace('"tool_use_id"', '"tool_used_id"'));
  agent.reset();
  expect((await agent.live()).requests.length).toBe(7);
  writeFileSync(
    agent.contract.transcript,
    text.replaceAll(/"tree":"\d+"/g, `"tree":"${"f".repeat(40)}"`),
  );
  agent.reset();
  expect((await agent.live()).requests.length).toBe(7);
});
