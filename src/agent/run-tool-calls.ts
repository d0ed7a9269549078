import type Anthropic from "@anthropic-ai/sdk";
import pLimit from "p-limit";

import type { AgentEvent } from "../model/event.ts";
import { err, type Result } from "../model/result.ts";
import { aboutCall } from "./about-call.ts";
import type { Checkpoints } from "./checkpoints.ts";
import type { Ending } from "./ending.ts";
import { inGroups, inLanes, type OrderedCall } from "./schedule-calls.ts";
import type { ToolHooks } from "./tool-hooks.ts";
import {
  type Grant,
  type PermissionSubject,
  type PreparedCall,
  type Tool,
  toolError,
  type ToolOutcome,
} from "./tool.ts";

/** Calls of one reply that run at a time: each may be a process of its own. */
const besideMax = 8;

/** What the gate in front of every call is asked. */
export interface GuardedCall {
  readonly tool: Tool;
  readonly input: unknown;
  readonly subjects: readonly PermissionSubject[];
}

/** Asked before a call runs; the error is what the model is told. */
export type Guard = (call: GuardedCall, signal: AbortSignal) => Promise<Result<Grant, string>>;

/** What came of one call, whole. */
export interface CallResult {
  readonly callId: string;
  readonly tool: string;
  readonly input: unknown;
  readonly text: string;
  readonly isError: boolean;
}

export interface ToolRun {
  readonly tools: readonly Tool[];
  readonly guard: Guard;
  readonly hooks: ToolHooks;
  readonly emit: (event: AgentEvent) => void;
  readonly signal: AbortSignal;
  readonly checkpoints: Pick<Checkpoints, "once">;
}

interface Call extends OrderedCall {
  readonly block: Anthropic.ToolUseBlock;
  readonly tool: Tool | undefined;
  readonly prepared: Result<PreparedCall, ToolOutcome>;
}

/** What earlier calls of the same reply have come to. */
interface Before {
  readonly ending: Ending | undefined;
  readonly aChangeFailed: boolean;
}

/**
 * Runs the tool calls of one reply as if one after the other: what only looks runs side by side, and so do changes of
 * different files, but never what looks beside what changes. Every call gets exactly one result, in their order.
 */
export async function runToolCalls(
  run: ToolRun,
  blocks: readonly Anthropic.ToolUseBlock[],
): Promise<{
  readonly results: readonly CallResult[];
  readonly ending: Ending | undefined;
}> {
  const slots = pLimit(besideMax);
  const outcomes = new Map<Call, ToolOutcome>();
  const calls = blocks.map((block) => prepareCall(run.tools, block));
  let before: Before = { ending: undefined, aChangeFailed: false };
  for (const group of inGroups(calls)) {
    const lanes = await inLanes(group);
    const now = before;
    await Promise.all(
      lanes.map((lane) =>
        slots(async () => {
          for (const call of lane) outcomes.set(call, await outcomeOf(run, call, now));
        }),
      ),
    );
    before = group.reduce((so, call) => after(so, call, outcomes.get(call)), before);
  }
  const results = calls.map((call) => resultOf(call.block, outcomes.get(call)));
  return { results, ending: before.ending };
}

function after(before: Before, { tool }: Call, outcome: ToolOutcome | undefined): Before {
  return {
    ending: before.ending ?? outcome?.ends,
    aChangeFailed:
      before.aChangeFailed ||
      (outcome?.isError === true && tool !== undefined && tool.effect !== "reads"),
  };
}

/** A call of a tool that is not there, or with input that is not understood, is one that only looks. */
function prepareCall(tools: readonly Tool[], block: Anthropic.ToolUseBlock): Call {
  const tool = tools.find(({ name }) => name === block.name);
  const prepared =
    tool === undefined
      ? err(
          toolError(
            `There is no tool ${block.name}; there are ${tools.map(({ name }) => name).join(", ")}.`,
          ),
        )
      : tool.prepare(block.input);
  const effect = tool?.effect ?? "reads";
  return { block, tool, prepared, effect, lane: prepared.ok ? prepared.value.lane : undefined };
}

async function outcomeOf(run: ToolRun, call: Call, before: Before): Promise<ToolOutcome> {
  if (run.signal.aborted) return toolError("The agent was stopped before this ran.");
  if (before.ending !== undefined) return toolError("Not run: the work was delivered before it.");
  // Whoever submits in the same breath as a change cannot have seen that the change failed.
  if (call.block.name === "Submit" && before.aChangeFailed) {
    return toolError("Not delivered: an earlier call of this reply failed. Look at it first.");
  }
  const { name, input } = call.block;
  run.emit({ kind: "tool-started", tool: name, input: aboutCall(input) });
  const startedAt = performance.now();
  const outcome = await guarded(run, call);
  run.emit({
    kind: "tool-finished",
    tool: name,
    ok: !outcome.isError,
    durationMs: Math.round(performance.now() - startedAt),
    outputChars: outcome.text.length,
  });
  return outcome;
}

/** A tool that throws has a bug or met an odd file; the model gets a tool error and can go another way. */
async function guarded(run: ToolRun, { block, tool, prepared }: Call): Promise<ToolOutcome> {
  if (tool === undefined || !prepared.ok)
    return prepared.ok ? toolError("not run") : prepared.error;
  try {
    const { subjects } = prepared.value;
    const granted = await run.guard({ tool, input: block.input, subjects }, run.signal);
    if (!granted.ok) return toolError(`${tool.name} was not run: ${granted.error}`);
    const blocked = await run.hooks.before(block);
    if (blocked !== undefined) return toolError(`${tool.name} was not run: ${blocked}`);
    const outcome = await run.checkpoints.once(tool, block.id, () =>
      prepared.value.run(granted.value, run.signal),
    );
    return await run.hooks.after(block, outcome);
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    return toolError(`${tool.name} failed: ${said}. Try another way.`);
  }
}

function resultOf(
  { id, name, input }: Anthropic.ToolUseBlock,
  { text, isError }: ToolOutcome = toolError("not run"),
): CallResult {
  return { callId: id, tool: name, input, text, isError };
}
