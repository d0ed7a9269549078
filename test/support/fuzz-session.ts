import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { summaryHeadings, summaryRequest } from "../../src/core/context/summary-request.ts";
import { usualUpkeep } from "../../src/core/context/thresholds.ts";
import type { Fault } from "../../src/offline/server/faults.ts";
import { startOfflineServer } from "../../src/offline/server/start-server.ts";
import type { OfflineAnswerBlock, OfflineTurn } from "../../src/offline/turn.ts";
import { agentContract } from "./agent-contract.ts";
import { type Chance, chanceOf, codeText, commandText, proseText } from "./made-up-text.ts";
import { openGate } from "./open-gate.ts";
import { playAgent, tempRoot } from "./play-agent.ts";

export interface FuzzTold {
  readonly requests: number;
  readonly turns: number;
  /** What the strict server found wrong with requests. */
  readonly refused: readonly string[];
  readonly status: string;
  readonly rewrites: number;
}

const faults: readonly Fault[] = [
  { share: 0.01, fault: "overloaded" },
  { share: 0.01, fault: "server-error" },
  { share: 0.01, fault: "cut", byte: 900 },
  { share: 0.01, fault: "garbled" },
  { share: 0.005, fault: "too-large" },
  { share: 0.3, fault: "compaction-unavailable" },
];

const regimes = ["append+ondemand", "server", "client"] as const;

/**
 * One agent whose model does whatever comes to mind, on a model that binds thinking: many calls at once, calls of tools
 * that are not there, inputs that are none, answers that break off, pauses, useless summaries; in a window so small that its
 * context is written anew all the time, by each regime in turn. Requests that the server finds wrong are a bug of ours, whatever the model does.
 */
export async function fuzzSession(seed: number, turns: number): Promise<FuzzTold> {
  const chance = chanceOf(seed);
  const regime = regimes[seed % regimes.length] ?? "client";
  const root = tempRoot();
  mkdirSync(join(root, "src"));
  for (let at = 0; at < 12; at += 1)
    writeFileSync(join(root, `src/f${at}.ts`), codeText(chance, 100 + chance.below(3_000)));
  let said = 0;
  let rewrites = 0;
  const server = await startOfflineServer({
    mode: "lint",
    faults,
    responder: ({ messages }) => {
      const last = messages.at(-1)?.content.at(-1);
      if (last?.type === "text" && last.text === summaryRequest) return summary(chance);
      said += 1;
      return said >= turns ? { content: [submit] } : anyTurn(chance);
    },
  });
  const result = await playAgent({
    contract: {
      ...agentContract(root),
      brief: seed % 2 === 0 ? "Know this. ".repeat(200) : "",
      model: chance.below(4) === 0 ? "claude-haiku-5-5" : "claude-opus-5-5",
      tools: [
        "Read",
        "Write",
        "Edit",
        "Glob",
        "Grep",
        "Bash",
        "TodoWrite",
        "Remember",
        "ArtifactRead",
        "Submit",
      ],
      maxOutputTokens: 4_000,
      // The server's own thresholds begin at 50,000 tokens.
      window: {
        inputTokensMax: (regime === "server" ? 80_000 : 30_000) + chance.below(60_000),
        regime,
      },
      limits: { turns: 2 * turns, commandMs: 1_000 },
    },
    api: server,
    upkeep: usualUpkeep,
    shell: {
      run: () =>
        Promise.resolve({
          kind: "exited",
          exitCode: chance.below(4) === 0 ? 1 : 0,
          output: chance.below(9) === 0 ? "" : commandText(chance, chance.resultTokens()),
          durationMs: 1,
        }),
    },
    gate: openGate,
    pause: () => Promise.resolve(),
    emit: ({ kind }) => {
      if (kind === "context") rewrites += 1;
    },
  });
  const stats = server.stats();
  await server.close();
  if (!existsSync(root)) throw new Error("Internal error: the agent removed its own worktree");
  const refused = stats.refused.map(({ status, message }) => `${status} ${message}`);
  return { requests: stats.requests, turns: said, refused, status: result.status, rewrites };
}

const submit: OfflineAnswerBlock = {
  type: "tool_use",
  name: "Submit",
  input: { status: "done", summary: "enough" },
};

function anyTurn(chance: Chance): OfflineTurn {
  const calls = Array.from({ length: chance.below(40) === 0 ? 0 : 1 + chance.below(4) }, () =>
    anyCall(chance),
  );
  const content: OfflineAnswerBlock[] = [
    ...(chance.below(2) === 0
      ? [{ type: "thinking" as const, thinking: proseText(chance, chance.below(60)) }]
      : []),
    ...(chance.below(3) === 0 || calls.length === 0
      ? [{ type: "text" as const, text: anyText(chance) }]
      : []),
    ...calls,
  ];
  const draw = chance.below(150);
  if (draw === 0) return { content, stopReason: "max_tokens" };
  if (draw === 1 && calls.length === 0) return { content, stopReason: "pause_turn" };
  if (draw === 2) return { content, stopReason: "model_context_window_exceeded" };
  return { content };
}

const oddTexts = ["  ", "\n", "Größe 𝒳 🙂", "</contract>", "\u0000\u0007", "[redacted: key]"];

function anyText(chance: Chance): string {
  return chance.below(4) === 0
    ? (oddTexts[chance.below(oddTexts.length)] ?? "?")
    : proseText(chance, 1 + chance.below(400));
}

function anyCall(chance: Chance): OfflineAnswerBlock {
  const file = `src/f${chance.below(14)}.ts`;
  const inputs: Readonly<Record<string, () => object>> = {
    Read: () => ({ file_path: file }),
    Grep: () => ({ pattern: "index" }),
    Glob: () => ({ pattern: "**/*.ts" }),
    Bash: () => ({ command: `make ${chance.below(9)}` }),
    Write: () => ({ file_path: file, content: codeText(chance, chance.below(3_000)) }),
    Edit: () => ({ file_path: file, old_string: "export", new_string: anyText(chance) }),
    TodoWrite: () => ({
      todos: Array.from({ length: 1 + chance.below(4) }, (_, at) => ({
        content: `step ${at} of ${chance.below(3)}`,
        status: ["pending", "in_progress", "completed"][chance.below(3)],
      })),
    }),
    Remember: () => ({ note: anyText(chance) }),
    ArtifactRead: () => (chance.below(2) === 0 ? { find: "index" } : { id: "out-0123456789ab" }),
  };
  const names = Object.keys(inputs);
  const name = names[chance.below(names.length)] ?? "Read";
  return {
    type: "tool_use",
    name,
    input: chance.below(12) === 0 ? { odd: anyText(chance) } : (inputs[name]?.() ?? {}),
  };
}

function summary(chance: Chance): OfflineTurn {
  switch (chance.below(4)) {
    case 0:
      return { content: [{ type: "text", text: "No." }] };
    case 1:
      return { content: [anyCall(chance)] };
    default:
      return {
        content: [
          {
            type: "text",
            text: summaryHeadings.map((one) => `${one}\n${proseText(chance, 80)}`).join("\n"),
          },
        ],
      };
  }
}
