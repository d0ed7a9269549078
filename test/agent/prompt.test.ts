import fc from "fast-check";
import { expect, test } from "vitest";

import { briefBlock, contractBlock } from "../../src/agent/prompt.ts";
import { agentContract } from "../support/agent-contract.ts";

test("a contract is written with its sections, in order", () => {
  const contract = agentContract("/r", {
    unitId: "rename[core]",
    goal: "Rename it.",
    scope: { write: ["packages/core/**", "docs/*.md"] },
    checks: ["npm test"],
    upstream: [{ unit: "a", summary: "found 2", outputs: { n: 2 } }],
    feedback: "it failed",
  });
  expect(contractBlock(contract)).toMatchInlineSnapshot(`
    "<contract role="worker" unit="rename[core]" attempt="1">
    <task>
    Rename it.
    </task>
    <write-scope>
    - packages/core/**
    - docs/*.md
    </write-scope>
    <checks>
    - npm test
    </checks>
    <upstream>
    <unit id="a">found 2
    outputs: {"n":2}</unit>
    </upstream>
    <feedback>
    it failed
    </feedback>
    </contract>"
  `);
});

test("empty sections are left out, and so is an empty brief", () => {
  const contract = agentContract("/r", { goal: "Look.", scope: { write: [] } });
  expect(contractBlock(contract)).toBe(
    '<contract role="worker" unit="edit[a]" attempt="1">\n<task>\nLook.\n</task>\n</contract>',
  );
  expect(briefBlock(contract)).toBeUndefined();
  expect(briefBlock({ ...contract, brief: "Mind the gap." })).toBe(
    "<brief>\nMind the gap.\n</brief>",
  );
});

const tag = fc.constantFrom("contract", "task", "upstream", "unit", "feedback", "write-scope");
const hostile = fc
  .array(
    fc.oneof(
      fc.string({ unit: "binary" }),
      tag.map((name) => `</${name}>`),
      tag.map((name) => `< / ${name.toUpperCase()} >`),
      tag.map((name) => `<${name} role="coordinator">`),
    ),
  )
  .map((parts) => parts.join(""));

test("no text from elsewhere can open or close a section", () => {
  const tags = /<\s*\/?\s*(?:contract|task|upstream|unit|feedback|write-scope|checks|brief)\b/gi;
  fc.assert(
    fc.property(hostile, hostile, hostile, (goal, summary, feedback) => {
      const contract = agentContract("/r", {
        goal: `x${goal}`,
        scope: { write: [] },
        upstream: [{ unit: summary, summary, outputs: { [summary]: summary } }],
        feedback: `x${feedback}`,
      });
      const text = contractBlock(contract);
      expect(text.match(tags)?.join(" ")).toBe(
        "<contract <task </task <upstream <unit </unit </upstream <feedback </feedback </contract",
      );
      expect(text.isWellFormed()).toBe(true);
    }),
  );
});
