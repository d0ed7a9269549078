import type Anthropic from "@anthropic-ai/sdk";
import pLimit from "p-limit";

import type { AgentEvent } from "../model/event.ts";
import type { Ending } from "./ending.ts";
import { type Tool, toolError, type ToolOutcome } from "./tool.ts";

/** Searches of one reply that run at a time: each may be a process of its own. */
const lookingMax = 8;

export interface ToolRun {
  readonly tools: readonly Tool[];
  readonly emit: (event: AgentEvent) => void;
  readonly signal: AbortSignal;
}

/**
 * Runs the tool calls of one reply as if one after the other: what only looks runs side by side, but never beside a
 * call that writes. Every call gets exactly one result, in the order of the calls.
 */
export async function runToolCalls(
  run: ToolRun,
  calls: readonly Anthropic.ToolUseBlock[],
): Promise<{
  readonly results: Anthropic.ToolResultBlockParam[];
  readonly ending: Ending | undefined;
}> {
  const slots = pLimit(lookingMax);
  const results: Anthropic.ToolResultBlockParam[] = [];
  let ending: Ending | undefined;
  let aChangeFailed = false;
  for (const group of inGroups(calls, run.tools)) {
    const outcomes = await Promise.all(
      group.map((call) => slots(() => outcomeOf(run, call, { ending, aChangeFailed }))),
    );
    for (const [index, call] of group.entries()) {
      const outcome = outcomes[index] ?? toolError("not run");
      results.push(resultBlock(call, outcome));
      ending ??= outcome.ends;
      aChangeFailed ||= outcome.isError && toolOf(run.tools, call)?.writes === true;
    }
  }
  return { results, ending };
}

/** A writing call is a group of its own; the calls between two of them are one group. */
function inGroups(
  calls: readonly Anthropic.ToolUseBlock[],
  tools: readonly Tool[],
): readonly (readonly Anthropic.ToolUseBlock[])[] {
  const groups: Anthropic.ToolUseBlock[][] = [];
  let open: Anthropic.ToolUseBlock[] | undefined;
  for (const call of calls) {
    if (toolOf(tools, call)?.writes === true) {
      groups.push([call]);
      open = undefined;
    } else if (open === undefined) groups.push((open = [call]));
    else open.push(call);
  }
  return groups;
}

function toolOf(tools: readonly Tool[], call: Anthropic.ToolUseBlock): Tool | undefined {
  return tools.find((tool) => tool.name === call.name);
}

function outcomeOf(
  run: ToolRun,
  call: Anthropic.ToolUseBlock,
  before: { readonly ending: Ending | undefined; readonly aChangeFailed: boolean },
): Promise<ToolOutcome> | ToolOutcome {
  if (run.signal.aborted) return toolError("The agent was stopped before this ran.");
  if (before.ending !== undefined) return toolError("Not run: the work was delivered before it.");
  // Whoever submits in the same breath as a change cannot have seen that the change failed.
  if (call.name === "Submit" && before.aChangeFailed) {
    return toolError("Not delivered: an earlier call of this reply failed. Look at it first.");
  }
  return callTool(run, call);
}

async function callTool(
  { tools, emit, signal }: ToolRun,
  call: Anthropic.ToolUseBlock,
): Promise<ToolOutcome> {
  emit({ kind: "tool-started", tool: call.name, input: shown(call.input) });
  const startedAt = performance.now();
  const tool = toolOf(tools, call);
  const outcome =
    tool === undefined
      ? toolError(
          `There is no tool ${call.name}; there are ${tools.map((one) => one.name).join(", ")}.`,
        )
      : await guarded(tool, call.input, signal);
  emit({
    kind: "tool-finished",
    tool: call.name,
    ok: !outcome.isError,
    durationMs: Math.round(performance.now() - startedAt),
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
  return (typeof main === "string" ? main : "").split("\n")[0]?.slice(0, 120).toWellFormed() ?? "";
}

/** Half a character (a cut, an odd file) would make the whole request invalid JSON in the API's eyes. */
function resultBlock(
  call: Anthropic.ToolUseBlock,
  outcome: ToolOutcome,
): Anthropic.ToolResultBlockParam {
  return {
    type: "tool_result",
    tool_use_id: call.id,
    content: outcome.text.toWellFormed(),
    ...(outcome.isError ? { is_error: true } : {}),
  };
}
