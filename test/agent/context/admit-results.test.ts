import { expect, test } from "vitest";

import { createAdmission } from "../../../src/agent/context/admit-results.ts";
import type { CallResult } from "../../../src/agent/run-tool-calls.ts";
import type { ContextEntry } from "../../../src/core/context/entry.ts";
import { thresholds } from "../../../src/core/context/thresholds.ts";

/** Results as the model sees them, one reply after the other, with everything that was kept. */
function rig(more: { readonly stages?: readonly ("admit" | "delta")[] } = {}) {
  const entries: ContextEntry[] = [];
  const kept = new Map<string, string>();
  const admit = createAdmission({
    entries: () => entries,
    kept: {
      idOf: (text) => `out-${text.length}`,
      keepAs: async (id, text) => {
        kept.set(id, text);
        return true;
      },
    },
    clean: (text) => text.replaceAll("s3cret", "[redacted]"),
    limits: thresholds,
    tokensOf: (text) => text.length / 3,
    stages: new Set(more.stages ?? ["admit", "delta"]),
  });
  let turn = 0;
  let id = 0;
  return {
    kept,
    entries,
    shown: async (...results: readonly Partial<CallResult>[]) => {
      const made = results.map((one) => ({
        callId: `call_${(id += 1)}`,
        tool: "Bash",
        input: { command: "x" },
        isError: false,
        text: "",
        ...one,
      }));
      const shown = await admit(made, (turn += 1));
      entries.push({ kind: "results", results: shown });
      return shown.map(({ block }) => block.content as string);
    },
  };
}

const code = (seed: number, lines = 200): string =>
  Array.from({ length: lines }, (_, line) => `const v${line} = ${line * seed};`).join("\n");
const read = (text: string): Partial<CallResult> => ({
  tool: "Read",
  input: { file_path: "a.ts" },
  text,
});

test("a result that fits is shown as it is, without secrets", async () => {
  const { shown, kept } = rig();
  expect(await shown({ text: "hello s3cret" })).toEqual(["hello [redacted]"]);
  expect(kept.size).toBe(0);
});

test("a result that is too long is shown by what tells most, and kept whole", async () => {
  const { shown, kept } = rig();
  const log = Array.from(
    { length: 3_000 },
    (_, line) => `step ${line} of the long build went well enough`,
  );
  log[1_500] = "src/a.ts: TypeError: x is not a function";
  const text = [...log, "[exit code 1]"].join("\n");
  const [said = ""] = await shown({ text, isError: true });
  expect(said.length).toBeLessThan(13_000);
  expect(said).toContain("TypeError: x is not a function");
  expect(said).toMatch(/\n\[exit code 1\]$/);
  expect(said).toContain("ArtifactRead and id out-");
  expect([...kept.values()]).toEqual([text]);
});

test("what was asked for by its lines is given more room than what merely came", async () => {
  const { shown } = rig();
  const text = code(7, 1_000);
  const [asked = "", came = ""] = await shown(read(text), { text });
  expect(asked).toBe(text);
  expect(came.length).toBeLessThan(text.length);
});

test("of many long results at once the largest give way, and small ones stay whole", async () => {
  const { shown } = rig();
  const said = await shown(
    ...[1, 2, 3, 4].map((seed) => ({ ...read(code(seed, 1_200)), input: { seed } })),
    {
      text: "small",
    },
  );
  expect(said.join("").length / 3).toBeLessThan(27_000);
  expect(said.at(-1)).toBe("small");
});

test("a file that has not changed since it was shown is not shown again", async () => {
  const { shown } = rig();
  await shown(read(code(1)));
  expect(await shown(read(code(1)))).toEqual([
    "[unchanged since turn 1: the same as what you saw there]",
  ]);
});

test("of a file that has changed only what differs is shown", async () => {
  const { shown } = rig();
  await shown(read(code(1)));
  const [said = ""] = await shown(read(code(1).replace("const v50 = 50;", "const v50 = 51;")));
  expect(said).toContain("-const v50 = 50;\n+const v50 = 51;");
  expect(said.length).toBeLessThan(300);
});

test("what was cleared from the view is shown whole again", async () => {
  const { shown, entries } = rig();
  await shown(read(code(1)));
  const epoch = {
    reason: "clear",
    folds: [],
    cleared: { call_1: "[cleared]" },
    inputs: {},
    since: entries.length,
    before: 0,
    after: 0,
  } as const;
  entries.push({ kind: "epoch", epoch });
  expect(await shown(read(code(1)))).toEqual([code(1)]);
});

test("another file, or another part of it, is never compared", async () => {
  const { shown } = rig();
  await shown(read(code(1)));
  const other = { tool: "Read", input: { file_path: "a.ts", view_range: [1, 200] }, text: code(1) };
  expect(await shown(other)).toEqual([code(1)]);
});

test("each stage can be left out", async () => {
  const { shown } = rig({ stages: [] });
  await shown(read(code(1, 3_000)));
  expect(await shown(read(code(1, 3_000)))).toEqual([code(1, 3_000)]);
});
