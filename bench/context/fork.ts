import { mkdirSync } from "node:fs";
import { join } from "node:path";

import { usualUpkeep } from "../../src/core/context/thresholds.ts";
import type { Contract } from "../../src/model/contract.ts";
import { startOfflineServer } from "../../src/offline/server/start-server.ts";
import type { OfflineAnswerBlock } from "../../src/offline/turn.ts";
import { governed, governedGate } from "../../test/support/governed.ts";
import { chanceOf, commandText, proseText } from "../../test/support/made-up-text.ts";
import { playAgent, tempRoot } from "../../test/support/play-agent.ts";
import { benchContract } from "../support/contract.ts";
import { type Bill, billed, noBill } from "./bill.ts";

export interface ForkTold {
  readonly bill: Bill;
  /** Share of the input of every request but an agent's first that the cache had. */
  readonly readLater: number;
  /** Tokens that first requests wrote to the cache though another one had. */
  readonly stampede: number;
  readonly delivered: number;
}

/** Figures of the design's table: 60,000 tokens are shared, tools and system prompt with them; a turn adds 3,000. */
const sharedTokens = 56_500;
const ownTokens = 2_000;
const resultTokens = 2_500;
const answerTokens = 350;

/** Agents that start at once with the same brief, each with a contract of its own. */
export async function forkCost(of: {
  readonly agents: number;
  readonly turns: number;
  readonly readPrice: number;
}): Promise<ForkTold> {
  const chance = chanceOf(7);
  let bill = noBill;
  let stampede = 0;
  const later = { read: 0, all: 0 };
  const server = await startOfflineServer({
    mode: "lint",
    latencyMs: 5,
    responder: ({ messages }) => {
      const turn = messages.filter(({ role }) => role === "assistant").length;
      const said: OfflineAnswerBlock = { type: "text", text: proseText(chance, answerTokens) };
      const call =
        turn === of.turns - 1
          ? { name: "Submit", input: { status: "done", summary: "done" } }
          : { name: "Bash", input: { command: `make part-${turn}` } };
      return { content: [said, { type: "tool_use", ...call }] };
    },
    onAnswer: ({ messages }, usage) => {
      bill = billed(bill, usage, of.readPrice);
      if (messages.length === 1) {
        stampede = server.stats().stampedeTokens;
        return;
      }
      const { read, naive } = billed(noBill, usage, of.readPrice);
      later.read += read;
      later.all += naive;
    },
  });
  const brief = proseText(chance, sharedTokens);
  const root = tempRoot();
  const answer = governed(of.agents, new AbortController().signal);
  const results = await Promise.all(
    Array.from({ length: of.agents }, (_, agent) => {
      const own = join(root, String(agent));
      mkdirSync(own);
      const contract: Contract = {
        ...benchContract(own, `agent-${agent}`),
        brief,
        goal: proseText(chanceOf(agent + 1), ownTokens),
        model: "claude-opus-5-5",
        permissions: { mode: "trusted", rules: [] },
        shell: "unsandboxed",
        maxOutputTokens: 4_000,
      };
      return playAgent({
        contract,
        api: server,
        upkeep: usualUpkeep,
        shell: {
          run: () =>
            Promise.resolve({
              kind: "exited",
              exitCode: 0,
              output: commandText(chance, resultTokens),
              durationMs: 5,
            }),
        },
        gate: governedGate(answer, contract),
      });
    }),
  );
  await server.close();
  const delivered = results.filter(({ status }) => status === "submitted").length;
  return { bill, readLater: later.read / later.all, stampede, delivered };
}
