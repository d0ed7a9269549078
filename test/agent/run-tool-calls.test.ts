import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import type Anthropic from "@anthropic-ai/sdk";
import { expect, test } from "vitest";

import { type Guard, runToolCalls } from "../../src/agent/run-tool-calls.ts";
import { createBackgroundCommands } from "../../src/agent/tools/background-commands.ts";
import { bashTool } from "../../src/agent/tools/bash-tool.ts";
import { readTool } from "../../src/agent/tools/read-tool.ts";
import { createSeenFiles } from "../../src/agent/tools/seen-files.ts";
import { submitTool } from "../../src/agent/tools/submit-tool.ts";
import { writeTool } from "../../src/agent/tools/write-tool.ts";
import { err, ok } from "../../src/model/result.ts";
import type { Shell } from "../../src/ports/shell.ts";
import { agentContract } from "../support/agent-contract.ts";
import { noCheckpoints } from "../support/no-checkpoints.ts";
import { noHooks } from "../support/no-hooks.ts";
import { takesAll } from "../support/takes-all.ts";
import { call, calling, resultsIn, submit, tellStory, tempTree } from "./agent-rig.ts";

const write = (file: string, content: string) => call("Write", { file_path: file, content });
const read = (file: string) => call("Read", { file_path: file });

test("calls have their effect in the order they were made: what is read after a change is the changed", async () => {
  const story = await tellStory({
    turns: [
      calling(
        read("a.txt"),
        write("a.txt", "2"),
        read("a.txt"),
        write("a.txt", "3"),
        read("a.txt"),
      ),
      calling(submit),
    ],
    files: { "a.txt": "1" },
  });
  expect(resultsIn(story.requests[1])).toEqual([
    "1",
    "wrote 1 bytes to a.txt",
    "2",
    "wrote 1 bytes to a.txt",
    "3",
  ]);
});

test("a change and a Submit in one reply: the Submit is not taken when the change failed", async () => {
  const story = await tellStory({
    turns: [
      calling(
        read("a.txt"),
        call("Edit", { file_path: "a.txt", old_string: "no", new_string: "x" }),
        submit,
      ),
      calling(submit),
    ],
  });
  expect(resultsIn(story.requests[1]).slice(1)).toEqual([
    expect.stringContaining("a.txt was not changed: old_string not found"),
    expect.stringContaining("Not delivered"),
  ]);
  expect(story.result).toMatchObject({ status: "submitted", spent: { turns: 2 } });
});

test("nothing is run after an accepted Submit", async () => {
  const root = tempTree({});
  const story = await tellStory({
    turns: [calling(submit, write("late.txt", "x"))],
    contract: { root },
  });
  expect(story.result.status).toBe("submitted");
  expect(existsSync(join(root, "late.txt"))).toBe(false);
});

test("all agents are offered the same tools; one that the contract does not grant is not run", async () => {
  const write = call("Write", { file_path: "b.txt", content: "b" });
  const told = await Promise.all(
    (["coordinator", "worker", "reducer"] as const).map((role) =>
      tellStory({
        turns: [calling(write), calling(submit)],
        contract: { role, tools: ["Read", "Submit"] },
      }),
    ),
  );
  const heads = told.map(({ requests }) =>
    JSON.stringify([requests[0]?.tools, requests[0]?.system]),
  );
  expect(new Set(heads).size).toBe(1);
  expect(told.map(({ requests }) => resultsIn(requests[1]))).toEqual(
    ["coordinator", "worker", "reducer"].map((role) => [
      `Write is not for a ${role}; it was not run.`,
    ]),
  );
});

test("calling a tool that is not there is an error that says what there is", async () => {
  const { results } = await runToolCalls(
    {
      tools: [submitTool(takesAll, () => Promise.resolve())],
      guard: () => Promise.resolve(ok({ projectWritable: false })),
      hooks: noHooks,
      checkpoints: noCheckpoints,
      emit: () => {},
      signal: new AbortController().signal,
    },
    [{ type: "tool_use", id: "t1", name: "Write", input: {}, caller: { type: "direct" } }],
  );
  expect(results).toEqual([
    {
      callId: "t1",
      tool: "Write",
      input: {},
      isError: true,
      text: "There is no tool Write; there are Submit.",
    },
  ]);
});

test("wrong input is answered with what was expected", async () => {
  const story = await tellStory({
    turns: [calling(call("Read", { path: "a.txt" })), calling(submit)],
  });
  expect(resultsIn(story.requests[1])).toEqual([
    expect.stringMatching(/Read was not run, its input is wrong\. file_path: .*path/s),
  ]);
});

test("text that is no valid Unicode reaches the model without breaking the request", async () => {
  const story = await tellStory({
    turns: [calling(read("a.txt")), calling(submit)],
    // The cut of a long file falls into the middle of a character.
    files: { "a.txt": `x${"😀".repeat(40_000)}` },
  });
  const [text = ""] = resultsIn(story.requests[1]);
  expect(text.isWellFormed()).toBe(true);
  expect(text).toContain("[shortened: the whole has");
  expect(story.result.status).toBe("submitted");
});

const blockOf = (name: string, input: object): Anthropic.ToolUseBlock => ({
  type: "tool_use",
  id: `${name}-${JSON.stringify(input)}`,
  name,
  input,
  caller: { type: "direct" },
});

/** The file tools and Bash over a worktree, behind a gate. */
function behind(guard: Guard, files: Readonly<Record<string, string>> = {}) {
  const root = tempTree(files);
  const seen = createSeenFiles();
  const reach = { root, write: ["**"] };
  const commands: string[] = [];
  const shell: Shell = {
    run: ({ script }) => {
      commands.push(script);
      return Promise.resolve({ kind: "exited", exitCode: 0, output: "", durationMs: 1 });
    },
  };
  const tools = [
    readTool(reach, seen),
    writeTool(reach, seen),
    bashTool(agentContract(root), shell, createBackgroundCommands(shell)),
  ];
  const { signal } = new AbortController();
  return {
    root,
    commands,
    run: (...blocks: readonly Anthropic.ToolUseBlock[]) =>
      runToolCalls(
        { tools, guard, hooks: noHooks, emit: () => {}, signal, checkpoints: noCheckpoints },
        blocks,
      ),
  };
}

test("the gate is asked about every call that was understood, with what its rules match on", async () => {
  const asked: unknown[] = [];
  const { run } = behind(async ({ tool, subjects }) => {
    asked.push([tool.name, tool.effect, subjects]);
    return ok({ projectWritable: true });
  });
  await run(
    blockOf("Read", { file_path: "a.txt" }),
    blockOf("Write", { file_path: "b.txt", content: "" }),
    blockOf("Write", { file_path: 7 }),
    blockOf("Nothing", {}),
    blockOf("Bash", { command: "make", background: true }),
  );
  expect(asked).toEqual([
    ["Read", "reads", [{ kind: "path", path: "a.txt", access: "read" }]],
    ["Write", "writes", [{ kind: "path", path: "b.txt", access: "write" }]],
    ["Bash", "executes", [{ kind: "command", command: "make", background: true }]],
  ]);
});

test("a call that the gate refuses is not run, and the model is told why", async () => {
  const { root, run, commands } = behind(() =>
    Promise.resolve(err("a rule says no. Ask a person.")),
  );
  const { results } = await run(
    blockOf("Write", { file_path: "b.txt", content: "x" }),
    blockOf("Bash", { command: "make" }),
  );
  expect(results.map(({ isError, text }) => [isError, text])).toEqual([
    [true, "Write was not run: a rule says no. Ask a person."],
    [true, "Bash was not run: a rule says no. Ask a person."],
  ]);
  expect(existsSync(join(root, "b.txt"))).toBe(false);
  expect(commands).toEqual([]);
});

test("a gate that breaks lets nothing through", async () => {
  const { run, commands } = behind(() => Promise.reject(new Error("no rules")));
  const { results } = await run(blockOf("Bash", { command: "make" }));
  expect(results[0]).toMatchObject({
    isError: true,
    text: expect.stringContaining("no rules"),
  });
  expect(commands).toEqual([]);
});

test("what runs is the command as the gate wrote it", async () => {
  const { run, commands } = behind(() =>
    Promise.resolve(ok({ projectWritable: false, command: "'make'" })),
  );
  await run(blockOf("Bash", { command: "make" }));
  expect(commands).toEqual(["'make'"]);
});

test("changes of one file keep their order among changes of others", async () => {
  const { root, run } = behind(() => Promise.resolve(ok({ projectWritable: true })));
  const blocks = Array.from({ length: 24 }, (_, index) =>
    blockOf("Write", { file_path: `${index % 3}.txt`, content: String(index) }),
  );
  const { results } = await run(...blocks);
  expect(results.filter(({ isError }) => isError)).toEqual([]);
  expect(results.map(({ callId }) => callId)).toEqual(blocks.map(({ id }) => id));
  for (const file of [0, 1, 2]) {
    expect(readFileSync(join(root, `${file}.txt`), "utf8")).toBe(String(21 + file));
  }
});
