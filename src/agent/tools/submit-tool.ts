import { type AgentDelivery, agentDeliverySchema, resultTokensMax } from "../../model/contract.ts";
import { defineTool, type Tool, toolError, toolOk, type ToolOutcome } from "../tool.ts";
import { submitDescription, submitInputSchema } from "./submit-input.ts";

/** The cautious side of a token estimate: identifiers and paths are dense. */
const charactersPerToken = 3;

/** Submit of a worker or reducer: the typed result, and nothing longer than its cap. */
export function submitTool(): Tool {
  return defineTool({
    name: "Submit",
    description: submitDescription,
    input: agentDeliverySchema,
    inputSchema: submitInputSchema,
    effect: "writes",
    prepare: (delivery) => ({ subjects: [], run: async () => delivered(delivery) }),
  });
}

function delivered(delivery: AgentDelivery): ToolOutcome {
  const { tasks: _tasks, ...told } = delivery;
  const tokens = Math.ceil(JSON.stringify(told).length / charactersPerToken);
  if (tokens > resultTokensMax) {
    return toolError(
      `The result has about ${tokens} tokens, the most is ${resultTokensMax}. Shorten summary, evidence and openIssues.`,
    );
  }
  return { ...toolOk("Delivered."), ends: { kind: "delivery", delivery } };
}
