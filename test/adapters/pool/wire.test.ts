import fc from "fast-check";
import { expect, test } from "vitest";

import { fromThreadSchema } from "../../../src/adapters/pool/wire.ts";
import { agentEvent } from "../../support/run-events.ts";

test("whatever an agent tells of its work comes through the door of its thread; what is reserved for it, it cannot say", () => {
  fc.assert(
    fc.property(agentEvent, (event) => {
      const parsed = fromThreadSchema.safeParse({ kind: "event", event });
      expect(parsed.data).toEqual(event.kind === "reserved" ? undefined : { kind: "event", event });
    }),
  );
});
