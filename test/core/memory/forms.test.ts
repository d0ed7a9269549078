import { expect, test } from "vitest";

import { learnForms } from "../../../src/core/memory/frames/learn-forms.ts";

const subjects = ["gatehouse", "the mill", "orchard", "Ferry", "the grey pier"];
const crops = ["barley", "winter rye", "oats"];
const hues = ["ochre", "teal"];
const trades = ["weaving", "coopering", "salt making"];
const sample = (text: string, time: number, isChange = false) => ({
  text,
  time,
  isChange,
  predicate: undefined,
  attribute: undefined,
  qualifiers: {},
});

/** Sentences that no grammar of ours knows a verb of. */
const said = subjects.flatMap((subject, at) => {
  const crop = crops[at % 3] ?? "";
  const [trade = "", next = ""] = [trades[at % 3], trades[(at + 1) % 3]];
  return [
    sample(`${subject} zibbles ${crop} at dawn`, at),
    sample(`What gets quorned by ${subject} is ${crop}`, at),
    sample(`the shutters of ${subject} glow ${hues[at % 2]}`, at),
    sample(`folk at ${subject} live by ${trade}`, at),
    sample(`${subject} forswore ${trade} and took up ${next}`, at + 20, true),
  ];
});

const unread = (text: string) => ({ text, time: 100, isGuess: false, oldKey: "" });

test("what is said in a form that comes back is read without knowing its words", () => {
  const { readForm: read } = learnForms(said, []);
  expect(read(unread("The mill zibbles winter rye at dawn"))).toMatchObject({
    subject: "mill",
    value: "winter rye",
    old: "",
  });
  expect(read(unread("The grey pier forswore weaving and took up coopering"))).toMatchObject({
    subject: "grey pier",
    value: "coopering",
    old: "weaving",
  });
});

test("forms that give the same subjects the same values say the same, others do not", () => {
  const { readForm: read } = learnForms(said, []);
  const slot = (text: string): readonly string[] | undefined => read(unread(text))?.slot;
  expect(slot("Ferry zibbles oats at dawn")).toBeDefined();
  expect(slot("The shutters of Ferry glow teal")).not.toEqual(slot("Ferry zibbles oats at dawn"));
  expect(slot("What gets quorned by Ferry is oats")).toEqual(slot("Ferry zibbles oats at dawn"));
});

test("a few statements teach no forms, and what has none is left to its grammar", () => {
  expect(
    learnForms(said.slice(0, 5), []).readForm(unread("Ferry zibbles oats at dawn")),
  ).toBeUndefined();
  expect(learnForms(said, []).readForm(unread("Somebody should water the plants"))).toBeUndefined();
});
