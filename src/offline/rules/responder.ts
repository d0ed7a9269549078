import type { OfflineRequest, OfflineTurn, Responder } from "../turn.ts";
import { type ContractText, readContract } from "./contract-text.ts";
import { nextTurn, type Say, type Talk } from "./conversation.ts";
import type { Apply } from "./convert.ts";
import { coordinator } from "./coordinator.ts";
import { reducer } from "./reducer.ts";
import { rememberedApply } from "./remembered-apply.ts";
import { notUnderstood } from "./submit.ts";
import { worker } from "./worker.ts";

/**
 * The rules behind the offline model. Each request is answered from its messages alone; what is remembered between
 * requests only saves time. A conversation that is not one of an agent of ours is answered in words, without tools.
 */
export function createRulesResponder(): Responder {
  const apply = rememberedApply();
  return (request) => {
    const contract = readContract(request.messages);
    const talk = contract === undefined ? undefined : talkFor(contract, request, apply);
    return (talk === undefined ? undefined : nextTurn(talk, request.messages)) ?? unknown;
  };
}

function talkFor(
  contract: ContractText,
  request: OfflineRequest,
  apply: Apply,
): Talk<Say> | undefined {
  const tools = new Set(request.tools.map(({ name }) => name));
  switch (contract.role) {
    case "worker":
      return worker(contract, { tools, apply });
    case "coordinator":
      return coordinator(contract);
    case "reducer":
      return reducer(contract, apply);
    default:
      return undefined;
  }
}

const unknown: OfflineTurn = {
  content: [{ type: "text", text: `offline model: ${notUnderstood}` }],
};
