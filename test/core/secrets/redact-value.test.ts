import fc from "fast-check";
import { expect, test } from "vitest";

import { redactValue, cleanWith } from "../../../src/core/secrets/redact-value.ts";

const clean = cleanWith(["correct-horse"]);

test("secrets go from every depth, and the shape stays", () => {
  const value = {
    kind: "event",
    list: [1, true, null, "DB_PASSWORD=tr0ub4dor", { text: "correct-horse" }],
    env: { API_KEY: "tr0ub4dor" },
  };
  expect(redactValue(value, clean)).toEqual({
    kind: "event",
    list: [1, true, null, "DB_PASSWORD=[redacted]", { text: "[redacted]" }],
    env: { API_KEY: "[redacted]" },
  });
});

test("what proves a model's thoughts stays whole", () => {
  const thought = {
    type: "thinking",
    thinking: "hm",
    signature: "EqQBCgIYAhIM1gbcDa9GJwZA2b3hGgxBdjrkzLoky3dl1pkiMOYds4wMQ1Lw==",
  };
  expect(redactValue(thought, clean)).toEqual(thought);
});

test("any value of JSON is still one of the same shape", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const kept = redactValue(value, clean);
      expect(shapeOf(kept)).toEqual(shapeOf(value));
    }),
  );
});

function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shapeOf);
  if (typeof value === "object" && value !== null) return Object.values(value).map(shapeOf);
  return typeof value === "string" ? "text" : value;
}
