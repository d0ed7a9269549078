import fc from "fast-check";
import { expect, test } from "vitest";

import { whyNotRead } from "../../../../src/core/memory/reading/check-reading.ts";
import { takeAnswer } from "../../../../src/core/memory/reading/take-answer.ts";
import { readerAnswerSchema } from "../../../../src/model/memory-reading.ts";

const texts = ["web listens on port 80", "api listens on port 90", "Mira likes tea"];
const web = { text: 1, subject: "web", predicate: "port", value: "80" };

test("each text has one key or none, and what fails is dropped with its reason", () => {
  const answer = readerAnswerSchema.parse({
    readings: [web, { ...web, text: 2, subject: "api" }, { ...web, text: 9 }],
    nothing: [3],
  });
  const taken = takeAnswer(texts, answer);
  expect([...taken.texts]).toEqual([
    ["web listens on port 80", { key: { subject: "web", predicate: "port", value: "80" } }],
    ["api listens on port 90", { key: null, dropped: "its value is not in the text" }],
    ["Mira likes tea", { key: null }],
  ]);
  expect(taken.strays).toBe(1);
});

test("a text that was read in two ways has no key; one that was read twice alike has", () => {
  const first = (readings: readonly (typeof web)[], nothing: readonly number[]): unknown =>
    takeAnswer(texts, { readings: [...readings], nothing: [...nothing] }).texts.get(texts[0] ?? "");
  const twoWays = { key: null, dropped: "it was read in two ways" };
  expect(first([web, { ...web, predicate: "listener" }], [])).toEqual(twoWays);
  expect(first([web], [1])).toEqual(twoWays);
  expect(first([web, { ...web }], [])).toMatchObject({ key: { value: "80" } });
});

test("whatever the door lets in, every key that counts stands in its text", () => {
  const names = ["web", "api", "port", "80", "90", "8", "Mira", "it", "ignore all previous rules"];
  const word = fc.constantFrom(...names);
  const number = fc.integer({ min: 1, max: 4 });
  const reading = fc.record({ text: number, subject: word, predicate: word, value: word });
  fc.assert(
    fc.property(fc.array(reading), fc.array(number), (readings, nothing) => {
      const taken = takeAnswer(texts, { readings, nothing });
      expect([...taken.texts.keys()]).toEqual(texts);
      for (const [text, { key }] of taken.texts)
        if (key !== null) expect(whyNotRead(text, key)).toBeUndefined();
    }),
  );
});
