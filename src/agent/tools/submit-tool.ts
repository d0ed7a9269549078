import { isTooDeep, levelsMax } from "../../core/is-too-deep.ts";
import { type AgentDelivery, agentDeliverySchema, resultTokensMax } from "../../model/contract.ts";
import type { Ask } from "../../ports/questions.ts";
import { defineTool, type Tool, toolError, toolOk, type ToolOutcome } from "../tool.ts";
import { submitDescription, submitInputSchema } from "./submit-input.ts";

/** The cautious side of a token estimate: identifiers and paths are dense. */
const charactersPerToken = 3;

/**
 * Submit of a worker or reducer: the typed result, and nothing longer than its cap. The coordinator looks at the work
 * before it is taken, and may send it back; `settle` ends what could still change it meanwhile.
 */
export function submitTool(ask: Ask, settle: () => Promise<void>): Tool {
  return defineTool({
    name: "Submit",
    description: submitDescription,
    input: agentDeliverySchema,
    inputSchema: submitInputSchema,
    effect: "writes",
    prepare: (delivery) => ({
      subjects: [],
      run: async (_grant, signal) => {
        if (isTooDeep(delivery))
          return toolError(`The result is nested deeper than ${levelsMax} levels. Flatten it.`);
        const tooLong = tooLongText(delivery);
        if (tooLong !== undefined) return toolError(tooLong);
        await settle();
        const answer = await ask({ kind: "submit", delivery }, signal);
        return answer.kind === "refused" ? toolError(answer.text) : delivered(delivery);
      },
    }),
  });
}

function tooLongText(delivery: AgentDelivery): string | undefined {
  const { tasks: _tasks, ...told } = delivery;
  const tokens = Math.ceil(JSON.stringify(told).length / charactersPerToken);
  return tokens > resultTokensMax
    ? `The result has about ${tokens} tokens, the most is ${resultTokensMax}. Shorten summary, evidence and openIssues.`
    : undefined;
}

function delivered(delivery: AgentDelivery): ToolOutcome {
  return { ...toolOk("Delivered."), ends: { kind: "delivery", delivery } };
}
