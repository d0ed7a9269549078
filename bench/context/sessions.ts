import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { type ContextUpkeep, type Stage, thresholds } from "../../src/core/context/thresholds.ts";
import { startOfflineServer } from "../../src/offline/server/start-server.ts";
import { openGate } from "../../test/support/open-gate.ts";
import { playAgent, tempRoot } from "../../test/support/play-agent.ts";
import { benchContract } from "../support/contract.ts";
import { type Bill, billed, noBill } from "./bill.ts";
import { longScript } from "./long-script.ts";

export interface SessionTold {
  readonly bill: Bill;
  readonly compactions: number;
  readonly rewrites: number;
  readonly status: string;
  readonly refused: number;
}

/** Nothing is done until the window is full; then the model sums up. */
export const append: ContextUpkeep = {
  limits: { ...thresholds, windowTokensMax: 1_000_000, softAt: 0.861, hardAt: 0.861 },
  stages: new Set(),
};

export function upkeepOf(...stages: readonly Stage[]): ContextUpkeep {
  return { limits: thresholds, stages: new Set(stages) };
}

/** One long session by its seed; the prefix is 20,000 tokens, as in the design's simulation. */
export async function session(
  upkeep: ContextUpkeep,
  of: { readonly seed: number; readonly turns: number; readonly readPrice: number },
): Promise<SessionTold> {
  const script = longScript(of.seed, of.turns);
  let bill = noBill;
  let compactions = 0;
  let rewrites = 0;
  const server = await startOfflineServer({
    responder: script.responder,
    mode: "lint",
    onAnswer: (_, usage) => (bill = billed(bill, usage, of.readPrice)),
  });
  const root = tempRoot();
  for (const [name, text] of Object.entries(script.files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  const result = await playAgent({
    contract: {
      ...benchContract(root, `session-${of.seed}`),
      brief: "What all agents know. ".repeat(2_500),
      model: "claude-opus-5-5",
      tools: ["Read", "Edit", "Bash", "TodoWrite", "ArtifactRead", "Submit"],
      permissions: { mode: "trusted", rules: [] },
      shell: "unsandboxed",
      maxOutputTokens: 4_000,
      limits: { turns: 2 * of.turns, commandMs: 10_000 },
    },
    api: server,
    upkeep,
    shell: script.shell,
    gate: openGate,
    emit: (event) => {
      if (event.kind !== "context") return;
      rewrites += 1;
      if (event.did === "compaction") compactions += 1;
    },
  });
  const refused = server.stats().refused.length;
  await server.close();
  return { bill, compactions, rewrites, status: result.status, refused };
}
