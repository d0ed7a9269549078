import type { Ask } from "../../ports/questions.ts";
import type { RequestGate } from "../../ports/request-gate.ts";

/** The coordinator's gate, as an agent's thread reaches it. */
export function gateOf(ask: Ask): RequestGate {
  const forever = new AbortController().signal;
  const tell = (question: Parameters<typeof ask<"sent">>[0]): void => {
    // Whoever is not there to be told has no use for it.
    void ask(question, forever).catch(() => undefined);
  };
  return {
    admit: (request, signal) => ask({ kind: "admit", ...request }, signal),
    begun: (ticket, allowance) => tell({ kind: "sent", ticket, allowance }),
    ended: (ticket, end) => tell({ kind: "sent", ticket, end }),
  };
}
