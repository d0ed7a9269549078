import fc from "fast-check";
import { expect, test } from "vitest";

import { expandVariables } from "../../../src/core/mcp/expand-variables.ts";
import { offerTools } from "../../../src/core/mcp/offer-tools.ts";
import { mcpToolSchema } from "../../../src/model/mcp.ts";
import { checkToolSchema } from "../../../src/offline/server/rules/tool-schema.ts";

const object = { type: "object" } as const;

test("whatever a server calls its tools, they are offered by names the API takes, each once", () => {
  const described = fc.array(
    fc.record({
      name: fc.string({ maxLength: 80, unit: "binary" }),
      inputSchema: fc.constant(object),
    }),
  );
  fc.assert(
    fc.property(fc.string({ maxLength: 20 }), described, (server, tools) => {
      const { offered, leftOut } = offerTools(server, tools);
      const names = offered.map(({ tool }) => tool.name);
      expect(new Set(names).size).toBe(names.length);
      expect(names.every((name) => /^mcp__[\w-]{1,59}$/.test(name))).toBe(true);
      expect(offered.length + leftOut.length).toBe(tools.length);
    }),
  );
});

test("a schema that is offered is one the API takes", () => {
  const schema = fc.dictionary(
    fc.constantFrom("type", "properties", "required", "$schema", "anyOf", "description"),
    fc.oneof(
      fc.constant("object"),
      fc.constant({ a: { type: "string" } }),
      fc.constant({ "a b": {} }),
      fc.constant(["a"]),
    ),
  );
  fc.assert(
    fc.property(schema, (inputSchema) => {
      const wellFormed = inputSchema["type"] === "object" && !("required" in inputSchema);
      fc.pre(wellFormed && typeof inputSchema["properties"] !== "string");
      for (const { tool } of offerTools("s", [{ name: "t", inputSchema }]).offered) {
        expect(checkToolSchema(tool.inputSchema, false)).toBeUndefined();
        expect(mcpToolSchema.safeParse(tool).success).toBe(true);
      }
    }),
  );
});

test.each([
  [
    "the same name twice",
    [
      { name: "a.b", inputSchema: object },
      { name: "a_b", inputSchema: object },
    ],
    "another one has its name",
  ],
  ["no object", [{ name: "a", inputSchema: { type: "string" } }], "not an object"],
  [
    "a huge schema",
    [{ name: "a", inputSchema: { ...object, x: "y".repeat(30_000) } }],
    "too large",
  ],
  ["a long name", [{ name: "a".repeat(70), inputSchema: object }], "over 64 characters"],
])("%s is left out, and people are told", (_, tools, why) => {
  expect(offerTools("s", tools).leftOut).toEqual([expect.stringContaining(why)]);
});

test("a description is text and no more: nothing a terminal obeys, nothing hidden, not without end", () => {
  const description = `\u001b[31mred\u202e\u200b ${"x".repeat(5_000)}`;
  const [one] = offerTools("s", [{ name: "t", description, inputSchema: object }]).offered;
  expect(one?.tool.description).toMatch(/^red x+$/);
  expect(one?.tool.description.length).toBe(2_000);
});

test.each([
  ["${A}", { A: "1" }, { ok: true, value: "1" }],
  ["x-${A}-${B:-2}", { A: "1" }, { ok: true, value: "x-1-2" }],
  ["${B:-}", {}, { ok: true, value: "" }],
  ["${A} ${B}", {}, { ok: false, error: "A, B" }],
  ["$A {B} ${not a name}", {}, { ok: true, value: "$A {B} ${not a name}" }],
  ["${constructor}", {}, { ok: false, error: "constructor" }],
  ["${A}", { A: "${B}", B: "2" }, { ok: true, value: "${B}" }],
])("%s with %o is %o", (text, known, expanded) => {
  expect(expandVariables(text, known as Record<string, string>)).toEqual(expanded);
});
