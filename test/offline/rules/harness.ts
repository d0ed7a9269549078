import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import type { Tool } from "../../../src/agent/tool.ts";
import { editTool } from "../../../src/agent/tools/edit-tool.ts";
import { globTool } from "../../../src/agent/tools/glob-tool.ts";
import { grepTool } from "../../../src/agent/tools/grep-tool.ts";
import { readTool } from "../../../src/agent/tools/read-tool.ts";
import { createSeenFiles } from "../../../src/agent/tools/seen-files.ts";
import { writeTool } from "../../../src/agent/tools/write-tool.ts";
import { createRulesResponder } from "../../../src/offline/rules/responder.ts";
import type { OfflineMessage, OfflineTurn, Responder } from "../../../src/offline/turn.ts";
import { type Use, use } from "../../agent/tools/tool-rig.ts";

/** A folder that is gone at the end of the block. */
export function tempRepository(files: Readonly<Record<string, string>>): {
  readonly root: string;
  read(path: string): string;
  [Symbol.dispose](): void;
} {
  const root = mkdtempSync(join(tmpdir(), "skein-rules-"));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return {
    root,
    read: (path) => readFileSync(join(root, path), "utf8"),
    [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true }),
  };
}

export interface Assignment {
  readonly role: "worker" | "coordinator" | "reducer";
  readonly task: string;
  readonly scope?: readonly string[];
  readonly checks?: readonly string[];
  readonly feedback?: string;
  /** Answers of Submit, first to last; "" accepts. */
  readonly refusals?: readonly string[];
}

export interface Ended {
  /** Input of the last Submit. */
  readonly submitted: Readonly<Record<string, unknown>> | undefined;
  readonly said: string;
  readonly stopReason: OfflineTurn["stopReason"];
  readonly turns: number;
  readonly messages: readonly OfflineMessage[];
}

const turnsMax = 200;

/** Plays an agent's part with the product's own file tools: asks the responder, runs what it calls, until it delivers. */
export async function converse(
  root: string,
  assignment: Assignment,
  responder: Responder = createRulesResponder(),
): Promise<Ended> {
  const messages: OfflineMessage[] = [opening(assignment)];
  const refusals = [...(assignment.refusals ?? [])];
  const scope = assignment.scope ?? (assignment.role === "coordinator" ? [] : ["**"]);
  const reach = { root: realpathSync(root), write: scope };
  const seen = createSeenFiles();
  const tools = [
    ...[readTool, writeTool, editTool].map((make) => make(reach, seen)),
    ...[globTool, grepTool].map((make) => make(reach)),
  ];
  for (let turns = 1; turns <= turnsMax; turns++) {
    const turn = await ask(responder, messages);
    const calls = turn.content.filter((block) => block.type === "tool_use");
    const said = turn.content.map((block) => (block.type === "text" ? block.text : "")).join("");
    const ids = calls.map((_, index) => `toolu_${turns}_${index}`);
    let next = 0;
    messages.push({
      role: "assistant",
      content: turn.content.map((block) =>
        block.type === "tool_use" ? { ...block, id: ids[next++] ?? "" } : block,
      ),
    });
    const submit = calls.find(({ name }) => name === "Submit");
    const refused = submit === undefined ? "" : (refusals.shift() ?? "");
    if (calls.length === 0 || (submit !== undefined && refused === "")) {
      const submitted = submit?.input as Record<string, unknown> | undefined;
      return { submitted, said, stopReason: turn.stopReason, turns, messages };
    }
    const results: OfflineMessage["content"][number][] = [];
    for (const [index, call] of calls.entries()) {
      const outcome =
        call.name === "Submit"
          ? { text: refused, isError: true }
          : call.name === "Bash"
            ? bash(root, call.input)
            : await useOf(tools, call.name)?.(call.input as object);
      results.push({
        type: "tool_result",
        tool_use_id: ids[index] ?? "",
        text: outcome?.text ?? "no such tool",
        is_error: outcome?.isError ?? true,
      });
    }
    messages.push({ role: "user", content: results });
  }
  throw new Error("the conversation does not end");
}

function useOf(tools: readonly Tool[], name: string): Use | undefined {
  const tool = tools.find((one) => one.name === name);
  return tool === undefined ? undefined : use(tool);
}

async function ask(
  responder: Responder,
  messages: readonly OfflineMessage[],
): Promise<OfflineTurn> {
  const tools = ["Read", "Write", "Edit", "Glob", "Grep", "Bash", "Submit"];
  const answer = await responder({
    model: "claude-sonnet-5-5",
    system: "",
    messages,
    tools: tools.map((name) => ({ name, input_schema: {} })),
    apiKey: "offline",
  });
  if ("refuse" in answer) throw new Error(answer.refuse);
  return answer;
}

function opening({ role, task, scope, checks, feedback }: Assignment): OfflineMessage {
  const body = [
    section("task", task),
    section("write-scope", list(scope ?? (role === "coordinator" ? [] : ["**"]))),
    section("checks", list(checks)),
    section("feedback", feedback ?? ""),
  ].join("");
  return {
    role: "user",
    content: [
      { type: "text", text: "<brief>\na repository\n</brief>" },
      { type: "text", text: `<contract role="${role}" unit="u" attempt="1">\n${body}</contract>` },
    ],
  };
}

function section(name: string, text: string): string {
  return text === "" ? "" : `<${name}>\n${text}\n</${name}>\n`;
}

function list(items: readonly string[] | undefined): string {
  return (items ?? []).map((item) => `- ${item}`).join("\n");
}

function bash(root: string, input: unknown): { readonly text: string; readonly isError: boolean } {
  const { command } = input as { readonly command: string };
  const done = spawnSync("bash", ["-c", command], { cwd: root, encoding: "utf8" });
  return {
    text: `${done.stdout}${done.stderr}\n[exit code ${done.status}]`,
    isError: done.status !== 0,
  };
}
