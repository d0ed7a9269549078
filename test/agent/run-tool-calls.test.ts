import { existsSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "vitest";

import { runToolCalls } from "../../src/agent/run-tool-calls.ts";
import { submitTool } from "../../src/agent/tools/submit-tool.ts";
import { ok } from "../../src/model/result.ts";
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

test("a tool the contract does not grant is not offered", async () => {
  const story = await tellStory({
    turns: [calling(submit)],
    contract: { tools: ["Read", "Submit"] },
  });
  expect(story.requests[0]?.tools.map(({ name }) => name)).toEqual(["Read", "Submit"]);
});

test("calling a tool that is not there is an error that says what there is", async () => {
  const { results } = await runToolCalls(
    {
      tools: [submitTool()],
      guard: () => Promise.resolve(ok({ projectWritable: false })),
      kept: { keepOutput: () => Promise.resolve(undefined) },
      emit: () => {},
      signal: new AbortController().signal,
    },
    [{ type: "tool_use", id: "t1", name: "Write", input: {}, caller: { type: "direct" } }],
  );
  expect(results).toEqual([
    {
      type: "tool_result",
      tool_use_id: "t1",
      is_error: true,
      content: "There is no tool Write; there are Submit.",
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
  expect(text).toContain("[cut here");
  expect(story.result.status).toBe("submitted");
});
