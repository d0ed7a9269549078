import { mkdirSync, mkdtempSync, realpathSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { expect, test } from "vitest";
import { stringify } from "yaml";

import { call, conversation, finishedOf, skein, submit, yamlFile } from "../support/run-skein.ts";
import { tempRepo } from "../support/temp-repo.ts";

const filesystem = fileURLToPath(
  import.meta.resolve("@modelcontextprotocol/server-filesystem/dist/index.js"),
);

/** A repository with a server of its own in `.mcp.json`, and somebody's home. */
function around() {
  const home = realpathSync(mkdtempSync(join(tmpdir(), "skein-mcp-home-")));
  const shared = join(home, "shared");
  mkdirSync(shared);
  mkdirSync(join(home, ".config/skein"), { recursive: true });
  writeFileSync(join(home, ".config/skein/config.yaml"), stringify({ mcp: { env: ["SHARED"] } }));
  writeFileSync(join(shared, "facts.txt"), "the answer is 42\n");
  const server = { command: process.execPath, args: [filesystem, "${SHARED}"] };
  const repo = tempRepo({
    "a.txt": "one\n",
    ".mcp.json": JSON.stringify({ mcpServers: { fs: server } }),
  });
  return { repo, shared, env: { HOME: home, SHARED: shared } };
}

function asked(repo: string, shared: string): readonly string[] {
  const script = yamlFile("script.yaml", {
    conversations: [
      conversation(
        'unit="edit"',
        [
          call("mcp__fs__read_text_file", { path: join(shared, "facts.txt") }),
          call("mcp__fs__write_file", { path: join(shared, "made.txt"), content: "x" }),
        ],
        [submit()],
      ),
    ],
  });
  const plan = yamlFile("plan.yaml", {
    version: 1,
    name: "served",
    tasks: { edit: { agent: { prompt: "Ask", scope: { write: ["a.txt"] } } } },
  });
  return ["run", plan, "--repo", repo, "--script", script, "--json"];
}

test("tools of a trusted repository's server are called when a rule says so, and refused otherwise", async () => {
  const { repo, shared, env } = around();
  expect((await skein(["init", "--trust", "--repo", repo], { env })).exitCode).toBe(0);
  const allow = ["--allow", "mcp__fs__read_text_file", "--allow", "mcp__fs__write_file"];
  const deny = ["--deny", "mcp__fs__write_file"];
  const result = await skein([...asked(repo, shared), ...allow, ...deny], { env });
  const { run, exitCode } = finishedOf(result);
  expect(exitCode).toBe(0);
  const calls = result.events.flatMap((event) =>
    event.kind === "agent" && event.event.kind === "tool-finished" ? [event.event] : [],
  );
  expect(calls.map(({ tool, ok }) => [tool, ok])).toEqual([
    ["mcp__fs__read_text_file", true],
    ["mcp__fs__write_file", false],
    ["Submit", true],
  ]);
  const report = await skein(["report", run, "--repo", repo], { env });
  expect(report.stdout).toMatch(/Refused[^]*mcp__fs__write_file/);
});

test("a repository's servers are not started before it is trusted, and people are told", async () => {
  const { repo, shared, env } = around();
  const result = await skein([...asked(repo, shared), "--allow", "mcp__fs"], { env });
  expect(result.stderr).toContain("has MCP servers; that counts after `skein init --trust`");
  // The scripted model calls a tool that it is not offered, and its server is strict.
  expect(JSON.stringify(result.events)).toContain("mcp__fs__read_text_file");
  expect(
    result.events.some((event) => event.kind === "agent" && event.event.kind === "tool-started"),
  ).toBe(false);
  expect(finishedOf(result).exitCode).toBe(1);
});

test("a server that needs a variable nobody named is said before anything runs", async () => {
  const { repo, shared, env } = around();
  await skein(["init", "--trust", "--repo", repo], { env });
  writeFileSync(join(env.HOME, ".config/skein/config.yaml"), "{}\n");
  const result = await skein(asked(repo, shared), { env });
  expect(result.exitCode).toBe(2);
  expect(result.stderr).toMatch(/fs needs SHARED of the environment[^]*mcp: env:/);
});
