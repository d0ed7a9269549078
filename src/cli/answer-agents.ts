import type { Mcp } from "../adapters/mcp/open-mcp.ts";
import type { RunMemory } from "../adapters/memory/run-memory.ts";
import type { RequestGovernor } from "../app/govern-requests.ts";
import type { AnswerSharedQuestion } from "../ports/questions.ts";
import type { Workspace } from "../ports/workspace.ts";
import type { Approver } from "./approver.ts";
import { isRestored, snapshotOf } from "./snapshots.ts";

/** Whatever agents ask, each kind by whom it concerns. */
export function answerAgents({
  mcp,
  memory,
  worktreeAt,
  approve,
  governor,
}: {
  readonly mcp: Mcp;
  readonly memory: RunMemory;
  /** The open worktree in a folder, whichever repository it is of. */
  readonly worktreeAt: Workspace["at"];
  /** Undefined: nobody is there to ask. */
  readonly approve: Approver | undefined;
  readonly governor: RequestGovernor;
}): AnswerSharedQuestion {
  return async (question, agent) => {
    switch (question.kind) {
      case "approve":
        return { isApproved: (await approve?.(question, agent.signal)) === true };
      case "mcp-call":
        return mcp.call(question.tool, question.input, agent.signal);
      case "recall":
        return { text: await recalled(memory, question) };
      case "snapshot":
        return { kept: await snapshotOf(worktreeAt(agent.contract.root), agent.contract) };
      case "restore":
        return {
          isDone: await isRestored(worktreeAt(agent.contract.root), question, agent.contract),
        };
      case "admit":
        return governor.admit(question, agent);
      case "sent":
        governor.sent(question, agent);
        return {};
    }
  };
}

/** Never rejects: the agent can go on without. */
async function recalled(
  memory: RunMemory,
  question: Parameters<RunMemory["recall"]>[0],
): Promise<string> {
  try {
    return await memory.recall(question);
  } catch (error) {
    return `The notes cannot be read: ${error instanceof Error ? error.message : String(error)}. Go on without them.`;
  }
}
