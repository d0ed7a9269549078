import type { RequestGate } from "../../src/ports/request-gate.ts";

/** Everything may be sent at once. */
export const openGate: RequestGate = {
  admit: () => Promise.resolve({ kind: "go", ticket: 1 }),
  begun: () => undefined,
  ended: () => undefined,
};
