import { expect, test } from "vitest";

import { createProgress } from "../../../src/core/progress/progress.ts";
import { book, bookedIn } from "../../../src/core/resume/booked.ts";
import { earlierWorkOf } from "../../../src/core/resume/earlier-work.ts";
import type { AgentEvent, PaidReply, RunEvent } from "../../../src/model/event.ts";
import type { UnitId } from "../../../src/model/ids.ts";
import { journalOf, runStarted, spend, unitStory } from "../../support/run-story.ts";

const unit = "fix[a]" as UnitId;
const [start] = unitStory(unit);
if (start === undefined) throw new Error("Internal error: a unit's story begins");

function happened(event: AgentEvent): RunEvent {
  return { kind: "agent", unit, attempt: 1, event };
}

const replies = ["r1", "r2", "r3"].map((reply): PaidReply => ({ reply, spent: spend(1) }));
const counted = happened({ kind: "spent", spent: spend(1), reply: "r1" });
const cutOff = [runStarted(), start, happened({ kind: "turn-started", turn: 1 }), counted];

test("a reply that was paid for and not counted before a cut is counted when its agent goes on, once", () => {
  const before = journalOf(cutOff);
  expect(earlierWorkOf(before).get(unit)?.spent.turns).toBe(1);
  const booked = bookedIn(before);
  expect(book(booked, { kind: "paid-before", replies }).turns).toBe(2);
  expect(book(booked, { kind: "paid-before", replies }).turns).toBe(0);
  expect(book(booked, { kind: "spent", spent: spend(1), reply: "r4" }).turns).toBe(0);
  expect(
    book(booked, { kind: "paid-before", replies: [{ reply: "r4", spent: spend(1) }] }).turns,
  ).toBe(0);
});

test("so it is in the journal's own account", () => {
  const found = happened({ kind: "paid-before", replies });
  const { view, apply } = createProgress();
  const after = [found, counted, found];
  for (const entry of journalOf([...cutOff, ...after])) apply(entry);
  expect(view.units.get(unit)?.spent.turns).toBe(3);
  expect(view.spent.turns).toBe(3);
});
