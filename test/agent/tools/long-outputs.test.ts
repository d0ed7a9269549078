import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "vitest";
import { z } from "zod";

import { openKeptFiles } from "../../../src/agent/kept-files.ts";
import { runToolCalls } from "../../../src/agent/run-tool-calls.ts";
import { defineTool, toolError, toolOk } from "../../../src/agent/tool.ts";
import { artifactReadTool } from "../../../src/agent/tools/artifact-read-tool.ts";
import { rememberTool } from "../../../src/agent/tools/remember-tool.ts";
import { keepWhole } from "../../../src/agent/tools/shorten.ts";
import { todoWriteTool } from "../../../src/agent/tools/todo-write-tool.ts";
import { ok as granted } from "../../../src/model/result.ts";
import { noHooks } from "../../support/no-hooks.ts";
import { tempTree } from "../agent-rig.ts";
import { error, ok, use } from "./tool-rig.ts";

/** A tool that says what it is asked to. */
const echo = defineTool({
  name: "Echo",
  description: "",
  input: z.strictObject({ text: z.string(), fails: z.boolean().default(false) }),
  effect: "reads",
  outputCharsMax: 3_000,
  shorten: keepWhole,
  prepare: ({ text, fails }) => ({
    subjects: [],
    run: async () => (fails ? toolError : toolOk)(text),
  }),
});

function keptIn(root: string) {
  const kept = openKeptFiles(join(root, "transcript.jsonl"), (text) => text);
  return {
    kept,
    folder: join(root, "transcript"),
    artifactRead: use(artifactReadTool(kept)),
    /** What the model is shown of a call of Echo. */
    shown: async (input: object) => {
      const { results } = await runToolCalls(
        {
          tools: [echo],
          guard: () => Promise.resolve(granted({ projectWritable: false })),
          hooks: noHooks,
          kept,
          emit: () => {},
          signal: new AbortController().signal,
        },
        [{ type: "tool_use", id: "t", name: "Echo", input, caller: { type: "direct" } }],
      );
      const [result] = results;
      return { text: z.string().parse(result?.content), isError: result?.is_error === true };
    },
  };
}

const long = Array.from({ length: 10_000 }, (_, index) => `line ${index}`).join("\n");

test("a result too long for the context is shown with its ends, and kept whole under an id", async () => {
  const { shown, artifactRead, folder } = keptIn(tempTree({}));
  const result = await shown({ text: long, fails: true });
  const { text } = result;
  expect(result.isError).toBe(true);
  expect(text.length).toBeLessThan(3_000);
  expect(text).toMatch(
    /^line 0\n[^]*\[\d+ characters left out here; the whole output is kept, read more of it with ArtifactRead and id out-1\]\n[^]*line 9999$/,
  );
  expect(readFileSync(join(folder, "out-1.txt"), "utf8")).toBe(long);
  expect(statSync(join(folder, "out-1.txt")).mode & 0o077).toBe(0);
  expect((await artifactRead({ id: "out-1" })).text).toMatch(
    /^line 0\n[^]*\[characters 0 to 20000 of 98889; go on with offset 20000\]$/,
  );
  expect((await artifactRead({ id: "out-1", offset: -9 })).text).toMatch(
    /^line 9999\n|^ine 9999\n/,
  );
  expect(await artifactRead({ id: "out-1", find: "line 99" })).toEqual(
    ok(expect.stringMatching(/^100:line 99\n991:line 990\n[^]*\[11 more lines hold it\]$/)),
  );
});

test("a result that fits is shown as it is, and nothing is kept", async () => {
  const { shown, folder } = keptIn(tempTree({}));
  expect((await shown({ text: "x".repeat(3_000) })).text).toBe("x".repeat(3_000));
  expect(existsSync(folder)).toBe(false);
});

test("the outputs of an agent that ran before in the same place are not written over", async () => {
  const root = tempTree({});
  await keptIn(root).shown({ text: long });
  const { shown, folder } = keptIn(root);
  expect((await shown({ text: `second\n${long}` })).text).toContain("id out-2");
  expect(readFileSync(join(folder, "out-1.txt"), "utf8")).toBe(long);
});

test("when an output cannot be kept its ends are still shown, and the model is told to ask for less", async () => {
  // A file in the place of the folder: nothing can be written below it.
  const { shown } = keptIn(tempTree({ transcript: "" }));
  expect((await shown({ text: long })).text).toContain(
    "the whole output could not be kept; narrow what is asked for",
  );
});

test.each([
  [{ id: "out-7" }, /no kept output out-7\. Ids look like out-1/],
  [{ id: "../transcript" }, /no kept output/],
  [{ id: "../../../../etc/passwd" }, /no kept output/],
  [{ id: "out-1\0" }, /no kept output/],
  [{ id: "out-1", offset: 999_999_999 }, /has 98889 characters; give an offset below/],
  [{ id: "out-1", offset: 1.5 }, /offset/],
  [{ id: 7 }, /id/],
])("ArtifactRead of %o is a tool error that says what there is", async (input, said) => {
  const { shown, artifactRead } = keptIn(tempTree({}));
  await shown({ text: long });
  expect(await artifactRead(input)).toEqual(error(expect.stringMatching(said)));
});

test("Remember keeps notes as lines of JSON beside the transcript, up to a number of them", async () => {
  const { kept, folder } = keptIn(tempTree({}));
  const remember = use(rememberTool(kept));
  expect(await remember({ kind: "pitfall", note: " Tests need\na clean cache. " })).toEqual(
    ok("Noted."),
  );
  expect(readFileSync(join(folder, "notes.jsonl"), "utf8")).toBe(
    '{"kind":"pitfall","note":"Tests need\\na clean cache."}\n',
  );
  for (const wrong of [
    {},
    { note: "x" },
    { kind: "rumour", note: "x" },
    { kind: "fact", note: " " },
  ]) {
    expect((await remember(wrong)).isError).toBe(true);
  }
  for (let count = 1; count < 50; count++) await remember({ kind: "fact", note: "x" });
  expect(await remember({ kind: "fact", note: "x" })).toEqual(
    error(expect.stringContaining("no more are taken")),
  );
});

test("TodoWrite keeps the whole list and tells people where it stands", async () => {
  const told: string[] = [];
  const todoWrite = use(todoWriteTool((line) => told.push(line)));
  const todos = [
    { content: "look", status: "completed" },
    { content: "change", status: "in_progress" },
    { content: "test", status: "pending" },
  ];
  expect(await todoWrite({ todos })).toEqual(
    ok("The plan is kept:\n[x] look\n[>] change\n[ ] test"),
  );
  await todoWrite({ todos: [] });
  expect(told).toEqual(["1 of 3 steps done; now: change", "0 of 0 steps done"]);
  for (const wrong of [{}, { todos: "all" }, { todos: [{ content: "x", status: "later" }] }]) {
    expect((await todoWrite(wrong)).isError).toBe(true);
  }
});
