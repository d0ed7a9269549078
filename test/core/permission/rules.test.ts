import { expect, test } from "vitest";

import { combinePermissions } from "../../../src/core/permission/combine.ts";
import { parseRule } from "../../../src/core/permission/parse-rule.ts";
import type { PermissionMode } from "../../../src/model/permission.ts";

test("a rule is a tool, or a tool with what it is about", () => {
  expect(parseRule("Bash")).toEqual({ ok: true, value: { tool: "Bash", specifier: undefined } });
  expect(parseRule("Bash(npm run test:*)")).toMatchObject({
    value: { specifier: "npm run test:*" },
  });
  expect(parseRule("Edit(*)")).toMatchObject({ value: { specifier: undefined } });
  expect(parseRule("mcp__files__read")).toMatchObject({ value: { tool: "mcp__files__read" } });
});

test.each([
  ["bash(ls)", "column 1: there is no tool bash; did you mean Bash?"],
  ["Bahs", "did you mean Bash?"],
  ["Bash(ls", "column 8: expected a closing bracket"],
  ["Bash()", "column 6: expected what the rule is about"],
  ["(ls)", "column 1: expected the name of a tool"],
  ["WebFetch(example.org)", "column 10: expected domain: and a host"],
])("%s is told what is wrong: %s", (rule, said) => {
  expect(parseRule(rule)).toMatchObject({ ok: false, error: expect.stringContaining(said) });
});

const none = { allow: [], ask: [], deny: [] };

function modeOf(user?: PermissionMode, repository?: PermissionMode, isTrusted = false) {
  return combinePermissions({
    user: { ...none, mode: user },
    repository: { ...none, mode: repository },
    plan: undefined,
    isTrusted,
    commandLine: none,
  }).mode;
}

test("a repository narrows at any time, and widens only once it is trusted and nobody chose", () => {
  expect(modeOf()).toBe("accept-edits");
  expect(modeOf(undefined, "trusted")).toBe("accept-edits");
  expect(modeOf(undefined, "trusted", true)).toBe("trusted");
  expect(modeOf("ask", "trusted", true)).toBe("ask");
  expect(modeOf("trusted", "read-only")).toBe("read-only");
});

function rulesWhen(isTrusted: boolean): readonly string[] {
  return combinePermissions({
    user: { ...none, deny: ["Read(~/**)"] },
    repository: { allow: ["Bash"], ask: [], deny: ["Edit(x)"] },
    plan: undefined,
    isTrusted,
    commandLine: none,
  }).rules.map(({ decision, rule, origin }) => `${decision} ${rule} ${origin}`);
}

test("a repository's rules that allow count only once it is trusted; those that deny count always", () => {
  expect(rulesWhen(false)).toEqual(["deny Read(~/**) user", "deny Edit(x) repository"]);
  expect(rulesWhen(true)).toEqual([...rulesWhen(false), "allow Bash repository"]);
});

test("a plan narrows, may let agents run commands, and gives nothing else", () => {
  const { mode, rules } = combinePermissions({
    user: { ...none, mode: "trusted", deny: ["Bash(rm:*)"] },
    repository: none,
    isTrusted: false,
    plan: {
      mode: "ask",
      allow: ["Bash(rm:*)", "Bash", "Read(~/.ssh/**)", "WebFetch(domain:x.org)", "mcp__s"],
      ask: [],
      deny: ["Edit(x)"],
    },
    commandLine: none,
  });
  expect(mode).toBe("ask");
  expect(rules.map(({ decision, rule, origin }) => `${decision} ${rule} ${origin}`)).toEqual([
    "deny Bash(rm:*) user",
    "deny Edit(x) plan",
    "allow Bash(rm:*) plan",
    "allow Bash plan",
  ]);
});
