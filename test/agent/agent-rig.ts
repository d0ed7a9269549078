import { mkdtempSync, readFileSync, realpathSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { onTestFinished } from "vitest";

import type { CompactionDesk } from "../../src/agent/context/compaction-desk.ts";
import { parseTranscript } from "../../src/agent/parse-transcript.ts";
import { usualUpkeep } from "../../src/core/context/thresholds.ts";
import type { TranscriptLine } from "../../src/core/resume/transcript-line.ts";
import type { AgentResult, Contract } from "../../src/model/contract.ts";
import type { AgentEvent } from "../../src/model/event.ts";
import {
  type OfflineServer,
  type OfflineServerOptions,
  startOfflineServer,
} from "../../src/offline/server/start-server.ts";
import type { OfflineAnswerBlock, OfflineRequest, OfflineTurn } from "../../src/offline/turn.ts";
import type { RequestGate } from "../../src/ports/request-gate.ts";
import type { Shell } from "../../src/ports/shell.ts";
import { agentContract } from "../support/agent-contract.ts";
import { openGate } from "../support/open-gate.ts";
import { playAgent } from "../support/play-agent.ts";
import { writeFiles } from "../support/temp-repo.ts";

export function tempTree(files: Readonly<Record<string, string>>): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "skein-agent-")));
  writeFiles(root, files);
  return root;
}

export function call(name: string, input: object): OfflineAnswerBlock {
  return { type: "tool_use", name, input };
}

export const submit = call("Submit", { status: "done", summary: "finished" });

/** A turn of tool calls. */
export function calling(...content: readonly OfflineAnswerBlock[]): OfflineTurn {
  return { content };
}

export interface AgentStory {
  readonly result: AgentResult;
  readonly events: readonly AgentEvent[];
  readonly transcript: readonly TranscriptLine[];
  /** Requests that the server found right, in order. */
  readonly requests: readonly OfflineRequest[];
  readonly server: OfflineServer;
}

export interface StoryOptions {
  readonly turns: readonly OfflineTurn[];
  readonly files?: Readonly<Record<string, string>>;
  readonly contract?: Partial<Contract>;
  readonly server?: Partial<OfflineServerOptions>;
  readonly signal?: AbortSignal;
  readonly shell?: Shell;
  readonly gate?: RequestGate;
  readonly onEvent?: (event: AgentEvent) => void;
  readonly desk?: CompactionDesk;
  /** Instead of waiting before a request is sent again. */
  readonly pause?: () => Promise<void>;
}

const noShell: Shell = {
  run: () => Promise.resolve({ kind: "refused", reason: "there is no shell in this test" }),
};

/** One agent, from contract to result, against the offline server in lint mode: the turns are what the model says. */
export async function tellStory(options: StoryOptions): Promise<AgentStory> {
  const requests: OfflineRequest[] = [];
  const server = await startOfflineServer({
    responder: ({ messages }) =>
      options.turns[messages.filter(({ role }) => role === "assistant").length] ?? {
        refuse: "the story is over",
      },
    mode: "lint",
    onRequest: (request) => requests.push(request),
    ...options.server,
  });
  onTestFinished(() => server.close());
  const events: AgentEvent[] = [];
  const contract = agentContract(tempTree(options.files ?? { "a.txt": "one\n" }), options.contract);
  const result = await playAgent({
    contract,
    api: server,
    upkeep: usualUpkeep,
    shell: options.shell ?? noShell,
    gate: options.gate ?? openGate,
    emit: (event) => {
      events.push(event);
      options.onEvent?.(event);
    },
    ...(options.pause === undefined ? {} : { pause: options.pause }),
    ...(options.signal === undefined ? {} : { signal: options.signal }),
    ...(options.desk === undefined ? {} : { desk: options.desk }),
  });
  const transcript = parseTranscript(readFileSync(contract.transcript, "utf8")).lines;
  return { result, events, transcript, requests, server };
}

/** Texts of the tool results in the last message of a request. */
export function resultsIn(request: OfflineRequest | undefined): readonly string[] {
  return (request?.messages.at(-1)?.content ?? []).flatMap((block) =>
    block.type === "tool_result" ? [block.text] : [],
  );
}
