import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { decide, type Subject } from "../../../src/core/permission/decide.ts";
import type { PermissionMode, PermissionRule } from "../../../src/model/permission.ts";
import { sceneOf } from "../shell/scene-of.ts";

const scene = sceneOf({
  "/work/project/src/a.ts": "file",
  "/work/project/notes.txt": "file",
  "/work/project/latest": "src",
  "/work/project/.env": "file",
});

function rulesOf(text: string): readonly PermissionRule[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "")
    .map((line) => {
      const [decision, ...rule] = line.split(" ");
      return {
        decision: decision as PermissionRule["decision"],
        rule: rule.join(" "),
        origin: "user",
      };
    });
}

function decided(
  tool: string,
  subject: Subject | string,
  options: {
    readonly rules?: string;
    readonly mode?: PermissionMode;
    readonly listed?: string[];
  } = {},
) {
  const { rules = "", mode = "accept-edits", listed = [] } = options;
  return decide(
    tool,
    typeof subject === "string" ? { kind: "command", command: subject } : subject,
    {
      permissions: { mode, rules: [...rulesOf(rules)] },
      scene,
      secondOpinion: () => undefined,
      listed,
    },
  );
}

const write = (path: string): Subject => ({ kind: "path", path, access: "write" });
const read = (path: string): Subject => ({ kind: "path", path, access: "read" });

describe("commands", () => {
  test.each([
    ["npm run test:unit", "allow Bash(npm run test:*)", "ask"],
    ["npm run test -- -u", "allow Bash(npm run test:*)", "allow"],
    ["npm run test", "allow Bash(npm run test *)", "allow"],
    ["npm test", "allow Bash(npm test)", "allow"],
    ["npm test -- x", "allow Bash(npm test)", "ask"],
    ["'npm' te''st", "allow Bash(npm test)", "allow"],
    ["npm test && rm -r x", "allow Bash(npm test)", "ask"],
    ["npm test; npm publish", "allow Bash(npm test)", "ask"],
    ["npm test | tee log", "allow Bash(npm test)", "ask"],
    ["npm test > log", "allow Bash(npm test)", "ask"],
    ["npm test > /dev/null 2>&1", "allow Bash(npm test)", "allow"],
    ["npm test $(make)", "allow Bash(npm test:*)", "ask"],
    ['npm test "$x"', "allow Bash(npm test:*)", "ask"],
    ["NODE_OPTIONS=--require=./x npm test", "allow Bash(npm test:*)", "ask"],
    ["cat src/a.ts && npm test", "allow Bash(npm test)", "allow"],
    ["make anything", "allow Bash", "allow"],
    ["make $x", "allow Bash", "ask"],
    ["eval make", "allow Bash", "allow"],
    ["rm -rf /", "allow Bash", "deny"],
    ["npm test", "allow Bash\nask Bash(npm test)", "ask"],
    ["npm test", "allow Bash\ndeny Bash(npm:*)", "deny"],
    ["env npm test", "allow Bash\ndeny Bash(npm:*)", "deny"],
    ["/usr/bin/npm test", "allow Bash\ndeny Bash(npm:*)", "deny"],
    ["true; (npm test)", "allow Bash\ndeny Bash(npm:*)", "deny"],
    ["cat src/a.ts", "deny Bash(cat:*)", "deny"],
    ["ls", "deny Bash", "deny"],
    ["ls )", "allow Bash\ndeny Bash(npm:*)", "deny"],
  ])("%s, with %s: %s", (command, rules, decision) => {
    expect(decided("Bash", command, { rules }).decision).toBe(decision);
  });

  test("what only looks needs no rule, and runs as it was judged", () => {
    expect(decided("Bash", "cat   src/a.ts")).toEqual({
      decision: "allow",
      reasons: [],
      onlyLooks: true,
      canonical: "'cat' 'src/a.ts'",
    });
  });

  test.each([
    ["read-only", "deny"],
    ["ask", "ask"],
    ["accept-edits", "ask"],
    ["trusted", "allow"],
  ] as const)("in mode %s, a command that no rule speaks of: %s", (mode, decision) => {
    expect(decided("Bash", "npm test", { mode }).decision).toBe(decision);
  });

  test("what the plan lists may run as it is, but not past a denial", () => {
    const listed = ["npm test -- --run | cat"];
    expect(decided("Bash", listed[0] ?? "", { listed }).decision).toBe("allow");
    expect(decided("Bash", `${listed[0]} x`, { listed }).decision).toBe("ask");
    expect(decided("Bash", listed[0] ?? "", { listed, rules: "deny Bash(npm:*)" }).decision).toBe(
      "deny",
    );
  });

  test("no rule and no mode lets a hard denial through", () => {
    for (const mode of ["read-only", "ask", "accept-edits", "trusted"] as const) {
      const said = decided("Bash", "rm -rf ~", { mode, rules: "allow Bash", listed: ["rm -rf ~"] });
      expect(said.decision).toBe("deny");
    }
  });
});

describe("files", () => {
  test.each([
    [write("src/a.ts"), "deny Edit(src/**)", "deny"],
    [write("src/a.ts"), "deny Edit(/src/**)", "deny"],
    [write("src/a.ts"), "deny Edit(src)", "deny"],
    [write("latest/a.ts"), "deny Edit(src/**)", "deny"],
    [write("/work/project/src/../src/a.ts"), "deny Edit(src/**)", "deny"],
    [write("SRC/a.ts"), "deny Edit(src/**)", "deny"],
    [write("srcs/a.ts"), "deny Edit(src/**)", "allow"],
    [write("src/a.ts"), "ask Edit", "ask"],
    [read("src/a.ts"), "deny Edit(src/**)", "allow"],
    [read(".env"), "deny Read(.env)", "deny"],
    [write(".env"), "deny Read(.env)", "allow"],
    [read("/home/dev/.ssh/id_rsa"), "deny Read(~/.ssh/**)", "deny"],
    [read("/etc/passwd"), "deny Read(//etc/**)", "deny"],
  ] as const)("%o, with %s: %s", (subject, rules, decision) => {
    const tool = subject.kind === "path" && subject.access === "read" ? "Read" : "Edit";
    expect(decided(tool, subject, { rules }).decision).toBe(decision);
  });

  test("a rule about edits is about every tool that changes files", () => {
    for (const tool of ["Edit", "Write", "Codemod"]) {
      expect(decided(tool, write("src/a.ts"), { rules: "deny Edit(src/**)" }).decision).toBe(
        "deny",
      );
    }
  });

  test.each([
    ["read-only", "deny"],
    ["ask", "ask"],
    ["accept-edits", "allow"],
    ["trusted", "allow"],
  ] as const)("in mode %s, a change that no rule speaks of: %s", (mode, decision) => {
    expect(decided("Edit", write("src/a.ts"), { mode }).decision).toBe(decision);
  });
});

test("a host must be named, alone or as everything below it", () => {
  const rules = "allow WebFetch(domain:example.org)\nallow WebFetch(domain:*.example.net)";
  const reach = (host: string) => decided("WebFetch", { kind: "url", host }, { rules }).decision;
  expect(["example.org", "EXAMPLE.org", "a.example.net"].map(reach)).toEqual([
    "allow",
    "allow",
    "allow",
  ]);
  expect(["a.example.org", "example.net", "notexample.org", "example.org.evil"].map(reach)).toEqual(
    ["ask", "ask", "ask", "ask"],
  );
});

function useOfServer(rules: string) {
  return decided("mcp__files__read", { kind: "tool" }, { rules }).decision;
}

test("tools of a server are allowed one by one, or all of one server", () => {
  expect(useOfServer("")).toBe("ask");
  expect(useOfServer("allow mcp__files__read")).toBe("allow");
  expect(useOfServer("allow mcp__files")).toBe("allow");
  expect(useOfServer("allow mcp__file")).toBe("ask");
  expect(useOfServer("allow mcp__files\ndeny mcp__files__read")).toBe("deny");
});

test("more denials never allow more", () => {
  const rank = { allow: 0, ask: 1, deny: 2 };
  const rule = fc.constantFrom("Bash", "Bash(npm:*)", "Bash(cat:*)", "Bash(ls)", "Bash(npm test)");
  const command = fc.constantFrom(
    "ls",
    "cat src/a.ts",
    "npm test",
    "npm test | cat",
    "make",
    "ls; npm x",
  );
  fc.assert(
    fc.property(command, fc.array(rule), rule, (text, allowed, denied) => {
      const rules = allowed.map((one) => `allow ${one}`).join("\n");
      const before = decided("Bash", text, { rules }).decision;
      const after = decided("Bash", text, { rules: `${rules}\ndeny ${denied}` }).decision;
      expect(rank[after]).toBeGreaterThanOrEqual(rank[before]);
    }),
  );
});

test("a secret is read only with a rule that says so", () => {
  expect(decided("Read", read(".env"))).toMatchObject({
    decision: "ask",
    reasons: [expect.stringContaining("secret")],
  });
  expect(decided("Read", read(".env"), { rules: "allow Read(.env)" }).decision).toBe("allow");
  expect(decided("Read", read("notes.txt")).decision).toBe("allow");
});

test("of globs that would take for ever, those that narrow hold and those that allow do not", () => {
  const glob = "[a]*a*a*a*a*a*a*a*a*a*b";
  const of = (rules: string): string =>
    decided("Write", write("a".repeat(60)), { rules, mode: "ask" }).decision;
  expect(of(`deny Write(${glob})`)).toBe("deny");
  expect(of(`allow Write(${glob})`)).toBe("ask");
  const { rule } = decided("Write", write("a".repeat(60)), { rules: `ask Write(${glob})` });
  expect(rule?.decision).toBe("ask");
});
