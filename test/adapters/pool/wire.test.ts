import fc from "fast-check";
import { expect, test } from "vitest";

import { fromThreadSchema } from "../../../src/adapters/pool/wire.ts";
import { agentEvent } from "../../support/run-events.ts";

test("whatever an agent tells of its work comes through the door of its thread", () => {
  fc.assert(
    fc.property(agentEvent, (event) => {
      expect(fromThreadSchema.parse({ kind: "event", event })).toEqual({ kind: "event", event });
    }),
  );
});
