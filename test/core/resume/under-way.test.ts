import fc from "fast-check";
import { expect, test } from "vitest";

import { costUnderWay } from "../../../src/core/resume/under-way.ts";
import type { AgentEvent, RunEvent } from "../../../src/model/event.ts";
import { failure } from "../../../src/model/failure.ts";
import type { UnitId } from "../../../src/model/ids.ts";
import { journalOf, runStarted, spend, unitStory } from "../../support/run-story.ts";

const unit = "fix[a]" as UnitId;

function happened(event: AgentEvent, candidate?: number): RunEvent {
  return {
    kind: "agent",
    unit,
    attempt: 1,
    event,
    ...(candidate === undefined ? {} : { candidate }),
  };
}

function reserved(tokens: number, candidate?: number): RunEvent {
  return happened({ kind: "reserved", usd: tokens / 1_000, tokens }, candidate);
}

function replied(reply: string): RunEvent {
  return happened({ kind: "spent", spent: spend(1), reply });
}

function ended(kind: "api" | "cancelled"): RunEvent {
  const failed = failure(kind, "it ended");
  const outcome = kind === "api" ? "failed" : "cancelled";
  const end = unitStory(unit, { outcome, failure: failed }).at(-1);
  if (end === undefined) throw new Error("Internal error: a unit's story ends");
  return end;
}

const resumed: RunEvent = { kind: "run-resumed", units: [unit], tasks: [] };

function tokens(...events: readonly RunEvent[]): number {
  return costUnderWay(journalOf([runStarted(), ...events])).get(unit)?.tokens ?? 0;
}

test("a request counts with its estimate until its reply is known", () => {
  expect(tokens(reserved(5))).toBe(5);
  expect(tokens(reserved(5), replied("r1"))).toBe(0);
  expect(tokens(reserved(5), replied("r1"), reserved(7))).toBe(7);
  expect(tokens(reserved(5, 1), reserved(6, 2))).toBe(11);
});

test("it goes on to count when the run does, until its reply is found on the disk", () => {
  expect(tokens(reserved(5), resumed, reserved(7), replied("r2"))).toBe(5);
  const found = happened({ kind: "paid-before", replies: [{ reply: "r1", spent: spend(1) }] });
  expect(tokens(reserved(5), resumed, found, reserved(7), replied("r2"))).toBe(0);
  // That one was counted before the run was cut off: the one under way was another.
  expect(tokens(reserved(5), replied("r1"), reserved(6), resumed, found)).toBe(6);
});

function retry(status: number): RunEvent {
  return happened({ kind: "api-retry", status, waitMs: 1 });
}

test("what was refused costs nothing, what broke off or was ended may have", () => {
  expect(tokens(reserved(5), retry(529), reserved(5), replied("r1"))).toBe(0);
  expect(tokens(reserved(5), retry(0), reserved(5), replied("r1"))).toBe(5);
  expect(tokens(reserved(5), ended("api"))).toBe(0);
  expect(tokens(reserved(5), ended("cancelled"))).toBe(5);
});

test("however often a run is killed, no request that was let go is lost from its account", () => {
  // Each life of the run: replies that came, and whether one more was under way when it was killed.
  const life = fc.record({ replies: fc.nat(3), isCut: fc.boolean() });
  fc.assert(
    fc.property(fc.array(life, { maxLength: 5 }), (lives) => {
      const events = lives.flatMap(({ replies, isCut }, number) => [
        ...(number === 0 ? [] : [resumed]),
        ...Array.from({ length: replies }, (_, at) => [
          reserved(1),
          replied(`${number}-${at}`),
        ]).flat(),
        ...(isCut ? [reserved(1)] : []),
      ]);
      expect(tokens(...events)).toBe(lives.filter(({ isCut }) => isCut).length);
    }),
  );
});
