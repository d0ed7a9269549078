import { gateOf } from "../../src/adapters/pool/gate-of.ts";
import { systemClock } from "../../src/adapters/system-clock.ts";
import { createRequestGovernor } from "../../src/app/govern-requests.ts";
import type { Contract } from "../../src/model/contract.ts";
import type { AnswerSharedQuestion, Ask } from "../../src/ports/questions.ts";
import type { RequestGate } from "../../src/ports/request-gate.ts";

/** Answers agents as a run does that has neither a person nor servers of tools: a governor of its own. */
export function governed(limitMax: number, signal: AbortSignal): AnswerSharedQuestion {
  const governor = createRequestGovernor({
    clock: systemClock,
    limitMax,
    signal,
    spent: new Map(),
  });
  return async (question, agent) => {
    switch (question.kind) {
      case "admit":
        return governor.admit(question, agent);
      case "sent":
        governor.sent(question, agent);
        return {};
      case "approve":
        return { isApproved: false };
      case "snapshot":
        return { kept: undefined };
      case "restore":
        return { isDone: false };
      case "recall":
        return { text: "No note holds that." };
      case "mcp-call":
        return { text: "there is no such server", isError: true };
    }
  };
}

/** The same gate without a pool between, for agents of this process; all caps and priorities are the contract's. */
export function governedGate(answer: AnswerSharedQuestion, contract: Contract): RequestGate {
  const gone = new AbortController().signal;
  const ask = (question: Parameters<typeof answer>[0], signal: AbortSignal) =>
    answer(question, { contract, signal, gone });
  return gateOf(ask as Ask);
}
