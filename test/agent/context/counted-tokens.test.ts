import { expect, test } from "vitest";

import type { OfflineTurn } from "../../../src/offline/turn.ts";
import { call, calling, submit, tellStory } from "../agent-rig.ts";

const file = (index: number): string => `src/part-${index}.ts`;
const files = Object.fromEntries(
  Array.from({ length: 30 }, (_, at) => [
    file(at),
    `export const part${at} = ${at};\n`.repeat(130),
  ]),
);
const turns: readonly OfflineTurn[] = [
  ...Array.from({ length: 30 }, (_, at) => calling(call("Read", { file_path: file(at) }))),
  calling(submit),
];
const contract = {
  model: "claude-opus-5-5",
  window: { inputTokensMax: 46_000 },
  limits: { turns: 100, commandMs: 1_000 },
};

test("the API is asked how large a context is only near a threshold, and not for every turn", async () => {
  let turn = 0;
  const told = await tellStory({
    turns: [],
    files,
    contract,
    server: { responder: () => turns[(turn += 1) - 1] ?? { refuse: "the story is over" } },
  });
  expect(told.result.status).toBe("submitted");
  const { counted, refused } = told.server.stats();
  expect(refused).toEqual([]);
  expect(counted).toBeGreaterThan(0);
  expect(counted).toBeLessThan(turns.length / 2);
});

test("in a window that is large enough it is never asked", async () => {
  let turn = 0;
  const told = await tellStory({
    turns: [],
    files,
    contract: { ...contract, window: { inputTokensMax: 1_000_000 } },
    server: { responder: () => turns[(turn += 1) - 1] ?? { refuse: "the story is over" } },
  });
  expect(told.server.stats().counted).toBe(0);
});
