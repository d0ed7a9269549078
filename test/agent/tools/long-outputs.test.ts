import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "vitest";

import { openKeptFiles } from "../../../src/agent/kept-files.ts";
import { artifactReadTool } from "../../../src/agent/tools/artifact-read-tool.ts";
import { rememberTool } from "../../../src/agent/tools/remember-tool.ts";
import { todoWriteTool } from "../../../src/agent/tools/todo-write-tool.ts";
import { tempTree } from "../agent-rig.ts";
import { error, ok, use } from "./tool-rig.ts";

function keptIn(root: string) {
  const kept = openKeptFiles(join(root, "transcript.jsonl"), (text) => text);
  return {
    kept,
    folder: join(root, "transcript"),
    artifactRead: use(artifactReadTool(kept)),
    /** Keeps a text; its id. */
    keep: async (text: string) => {
      const id = kept.idOf(text);
      expect(await kept.keepAs(id, text)).toBe(true);
      return id;
    },
  };
}

const long = Array.from({ length: 10_000 }, (_, index) => `line ${index}`).join("\n");

test("what is kept is kept byte for byte, for its owner alone, and read by parts or by what it holds", async () => {
  const { keep, artifactRead, folder } = keptIn(tempTree({}));
  const id = await keep(long);
  expect(readFileSync(join(folder, `${id}.txt`), "utf8")).toBe(long);
  expect(statSync(join(folder, `${id}.txt`)).mode & 0o077).toBe(0);
  expect((await artifactRead({ id })).text).toMatch(
    /^line 0\n[^]*\[characters 0 to 9000 of 98889; go on with offset 9000\]$/,
  );
  expect((await artifactRead({ id, offset: -9 })).text).toMatch(/^line 9999\n|^ine 9999\n/);
  expect(await artifactRead({ id, find: "line 99" })).toEqual(
    ok(expect.stringMatching(/^100:line 99\n991:line 990\n[^]*\[11 more lines hold it\]$/)),
  );
});

test("everything that was kept is looked through at once, also what an agent before this one kept", async () => {
  const root = tempTree({});
  const first = await keptIn(root).keep(`alpha\n${long}`);
  const { keep, artifactRead } = keptIn(root);
  const second = await keep("beta\nalpha 2");
  const { text } = await artifactRead({ find: "alpha" });
  expect(text).toContain(`${first}:\n1:alpha`);
  expect(text).toContain(`${second}:\n2:alpha 2`);
  expect(await artifactRead({ find: "gamma" })).toEqual(ok("Nothing that was kept holds gamma."));
});

test("the same text is kept once, and of a long line the part is shown that holds what is looked for", async () => {
  const { keep, artifactRead, folder } = keptIn(tempTree({}));
  const text = `${"x".repeat(5_000)} needle ${"y".repeat(5_000)}`;
  expect(await keep(text)).toBe(await keep(text));
  expect(readdirSync(folder)).toHaveLength(1);
  expect((await artifactRead({ find: "needle" })).text).toContain(" needle yyy");
});

test("what cannot be kept is not said to be", async () => {
  // A file in the place of the folder: nothing can be written below it.
  const { kept } = keptIn(tempTree({ transcript: "" }));
  expect(await kept.keepAs(kept.idOf(long), long)).toBe(false);
  expect(await kept.keepAs("../x", long)).toBe(false);
});

test.each([
  [{ id: "out-000000000000" }, /no kept output out-0+\. Ids look like out-/],
  [{ id: "../transcript" }, /no kept output/],
  [{ id: "../../../../etc/passwd" }, /no kept output/],
  [{ id: "out-000000000000\0" }, /no kept output/],
  [{}, /give an id, or find/],
  [{ id: "x", offset: 1.5 }, /offset/],
  [{ id: 7 }, /id/],
])("ArtifactRead of %o is a tool error that says what there is", async (input, said) => {
  expect(await keptIn(tempTree({})).artifactRead(input)).toEqual(
    error(expect.stringMatching(said)),
  );
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
