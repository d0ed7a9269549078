import { expect, test } from "vitest";

import { summaryHeadings, summaryRequest } from "../../../src/core/context/summary-request.ts";
import type { OfflineTurn } from "../../../src/offline/turn.ts";
import { call, calling, resultsIn, submit, tellStory } from "../agent-rig.ts";

const turns = 320;
const factsCount = 60;
const factAt = (index: number): string => `FACT_${index} = ${index * 7919 + 13}`;
const fileOf = (index: number): string => `src/part-${index}.ts`;

/** Each file holds one fact, deep inside. */
const files = Object.fromEntries(
  Array.from({ length: factsCount }, (_, index) => {
    const lines = Array.from({ length: 90 }, (_, at) => `const filler${at} = "${index} ${at}";`);
    return [fileOf(index), lines.toSpliced(45, 0, `// ${factAt(index)}`).join("\n")];
  }),
);

/** Looks at every file once, decides, changes two, breaks the tests; and talks so much that nothing but a summary helps. */
function turnAt(turn: number): OfflineTurn {
  const words = `Turn ${turn}. ${"I wonder about many things. ".repeat(90)}`;
  const text = { type: "text" as const, text: words };
  if (turn === 0)
    return calling(
      call("TodoWrite", {
        todos: [
          { content: "understand the parts", status: "completed" },
          { content: "rename the exports", status: "in_progress" },
          { content: "mend the tests", status: "pending" },
        ],
      }),
    );
  if (turn === 1)
    return calling(
      call("Remember", {
        kind: "decision",
        note: "DECIDED: keep the old names as aliases",
      }),
    );
  if (turn === 2)
    return calling(call("Read", { file_path: fileOf(3) }), call("Read", { file_path: fileOf(4) }));
  if (turn === 3)
    return calling(
      ...[3, 4].map((index) =>
        call("Edit", {
          file_path: fileOf(index),
          old_string: factAt(index),
          new_string: `${factAt(index)};`,
        }),
      ),
    );
  if (turn === 4) return calling(call("Bash", { command: "npm run broken" }));
  const fact = turn - 5;
  return fact < factsCount
    ? calling(text, call("Read", { file_path: fileOf(fact) }))
    : calling(text, call("Glob", { pattern: `src/part-${turn % 7}*.ts` }));
}

/** As many headings as were asked for, and not a word of what was there. */
const worstSummary: OfflineTurn = {
  content: [{ type: "text", text: summaryHeadings.map((one) => `${one}\nall is well`).join("\n") }],
};

test("after ten summaries by a model that forgets everything, what must not be forgotten is in view, and every fact is one look away", async () => {
  let turn = 0;
  let asked = 0;
  const told = await tellStory({
    turns: [],
    files,
    contract: {
      model: "claude-opus-5-5",
      goal: "Rename the exports of all parts. CONSTRAINT: never touch the public names.",
      window: { inputTokensMax: 46_000 },
      tools: ["Read", "Edit", "Bash", "Glob", "TodoWrite", "Remember", "ArtifactRead", "Submit"],
      limits: { turns: 800, commandMs: 1_000 },
    },
    shell: {
      run: () =>
        Promise.resolve({
          kind: "exited",
          exitCode: 1,
          output: "FAIL test/exports.test.ts: expected 17 exports",
          durationMs: 1,
        }),
    },
    server: {
      responder: ({ messages }) => {
        const last = messages.at(-1)?.content.at(-1);
        if (last?.type === "text" && last.text === summaryRequest) return worstSummary;
        turn += 1;
        if (turn <= turns) return turnAt(turn - 1);
        asked += 1;
        return asked <= factsCount
          ? calling(call("ArtifactRead", { find: `FACT_${asked - 1} ` }))
          : calling(submit);
      },
    },
  });
  expect(told.result.status).toBe("submitted");
  expect(told.server.stats().refused).toEqual([]);
  const did = told.events.flatMap((event) => (event.kind === "context" ? [event.did] : []));
  expect(did.filter((one) => one === "compaction").length).toBeGreaterThanOrEqual(10);
  const atEnd = told.requests.find(({ messages }) =>
    JSON.stringify(messages.at(-2) ?? {}).includes('"find":"FACT_0 "'),
  );
  const view = JSON.stringify(atEnd?.messages);
  for (const pin of [
    "CONSTRAINT: never touch the public names",
    "DECIDED: keep the old names as aliases",
    "rename the exports",
    "mend the tests",
    "npm run broken",
    "expected 17 exports",
    fileOf(3),
    fileOf(4),
  ])
    expect(view).toContain(pin);
  const near = Array.from({ length: factsCount }, (_, index) => index).filter((index) => {
    const answered = told.requests.find(({ messages }) =>
      JSON.stringify(messages.at(-2) ?? {}).includes(`"find":"FACT_${index} "`),
    );
    return resultsIn(answered).some((text) => text.includes(factAt(index)));
  });
  expect(near.length).toBeGreaterThanOrEqual(0.99 * factsCount);
});
