import type Anthropic from "@anthropic-ai/sdk";

import type { AgentEvent } from "../model/event.ts";
import { type Tool, toolError, type ToolOutcome } from "./tool.ts";

/**
 * Runs the tool calls of one reply. Those that only look run side by side; those that write, and Submit, run one after
 * the other in the order they were called. Every call gets exactly one result, in the order of the calls.
 */
export async function runToolCalls(
  options: {
    readonly tools: readonly Tool[];
    readonly emit: (event: AgentEvent) => void;
    readonly signal: AbortSignal;
  },
  calls: readonly Anthropic.ToolUseBlock[],
): Promise<{ readonly results: Anthropic.ToolResultBlockParam[]; readonly ending: unknown }> {
  let writing: Promise<unknown> = Promise.resolve();
  const outcomes = await Promise.all(
    calls.map((call) => {
      const tool = options.tools.find((one) => one.name === call.name);
      if (tool?.writes !== true) return callTool(options, call, tool);
      const turn = writing.then(() => callTool(options, call, tool));
      writing = turn;
      return turn;
    }),
  );
  return {
    results: calls.map((call, index) => resultBlock(call, outcomes[index])),
    ending: outcomes.find((outcome) => outcome.ends !== undefined)?.ends,
  };
}

async function callTool(
  { tools, emit, signal }: Parameters<typeof runToolCalls>[0],
  call: Anthropic.ToolUseBlock,
  tool: Tool | undefined,
): Promise<ToolOutcome> {
  if (signal.aborted) return toolError("The agent was stopped before this ran.");
  emit({ kind: "tool-started", tool: call.name, input: shown(call.input) });
  const startedAt = performance.now();
  const outcome =
    tool === undefined
      ? toolError(
          `There is no tool ${call.name}; there are ${tools.map((one) => one.name).join(", ")}.`,
        )
      : await guarded(tool, call.input, signal);
  const durationMs = Math.round(performance.now() - startedAt);
  emit({
    kind: "tool-finished",
    tool: call.name,
    ok: !outcome.isError,
    durationMs,
    outputChars: outcome.text.length,
  });
  return outcome;
}

/** A tool that throws has a bug or met an odd file; the model gets a tool error and can go another way. */
async function guarded(tool: Tool, input: unknown, signal: AbortSignal): Promise<ToolOutcome> {
  try {
    return await tool.call(input, signal);
  } catch (error) {
    return toolError(
      `${tool.name} failed: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

/** One line that tells a person what a call is about. */
function shown(input: unknown): string {
  const fields =
    typeof input === "object" && input !== null ? (input as Record<string, unknown>) : {};
  const main =
    fields["file_path"] ?? fields["command"] ?? fields["pattern"] ?? fields["summary"] ?? "";
  return (typeof main === "string" ? main : "").split("\n")[0]?.slice(0, 120) ?? "";
}

function resultBlock(
  call: Anthropic.ToolUseBlock,
  outcome: ToolOutcome | undefined,
): Anthropic.ToolResultBlockParam {
  return {
    type: "tool_result",
    tool_use_id: call.id,
    content: outcome?.text ?? "",
    ...(outcome?.isError === true ? { is_error: true } : {}),
  };
}
