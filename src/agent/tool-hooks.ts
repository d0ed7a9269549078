import type Anthropic from "@anthropic-ai/sdk";

import type { Contract } from "../model/contract.ts";
import type { AgentEvent } from "../model/event.ts";
import type { HookAnswer } from "../model/hooks.ts";
import type { RunHooks } from "../ports/hooks.ts";
import { aboutCall } from "./about-call.ts";
import type { ToolOutcome } from "./tool.ts";

type Call = Pick<Anthropic.ToolUseBlock, "name" | "input">;

/** A person's own commands around every call. */
export interface ToolHooks {
  /** Why the call is not to run; undefined when it may. Asked last, so that hooks are told of what really happens. */
  readonly before: (call: Call) => Promise<string | undefined>;
  /** The outcome, with what a hook has to say about it. */
  readonly after: (call: Call, outcome: ToolOutcome) => Promise<ToolOutcome>;
}

export interface ToolHooksOptions {
  readonly contract: Contract;
  readonly runHooks: RunHooks;
  readonly emit: (event: AgentEvent) => void;
  readonly signal: AbortSignal;
}

export function createToolHooks({ contract, runHooks, emit, signal }: ToolHooksOptions): ToolHooks {
  const about = ({ name, input }: Call) => ({
    run: contract.runId,
    unit: contract.unitId,
    attempt: contract.attempt,
    worktree: contract.root,
    tool: name,
    input,
  });
  const warn = ({ warnings }: HookAnswer): void => {
    for (const text of warnings)
      emit({ kind: "hook-warned", text: text.slice(0, 2_400).toWellFormed() });
  };
  return {
    before: async (call) => {
      const answer = await runHooks({ event: "pre-tool", ...about(call) }, signal);
      warn(answer);
      if (answer.blocked === undefined) return undefined;
      const reason = `a hook does not permit it: ${answer.blocked}`;
      emit({
        kind: "refused",
        tool: call.name.slice(0, 200),
        about: aboutCall(call.input),
        reason: reason.slice(0, 600).toWellFormed(),
      });
      return reason;
    },
    after: async (call, outcome) => {
      const { text, isError } = outcome;
      const told = { event: "post-tool", ...about(call), ok: !isError, output: text } as const;
      const answer = await runHooks(told, signal);
      warn(answer);
      return answer.blocked === undefined
        ? outcome
        : { ...outcome, text: `${text}\n[a hook says: ${answer.blocked}]` };
    },
  };
}
