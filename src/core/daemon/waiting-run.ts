import * as z from "zod";

import { failureKinds } from "../../model/failure.ts";
import { parseJson } from "../parse-json.ts";
import { lookPlansDir } from "./look-plan.ts";

/** A run that can be brought to its end without asking anybody anything. */
export interface WaitingRun {
  /** Cut off: it goes on. Failed because of the API: what failed is done again. */
  readonly how: "resume" | "retry";
  readonly why: string;
  /** What its units cost so far, and its own cap, in dollars. */
  readonly spentUsd: number;
  readonly capUsd: number | undefined;
}

const eventSchema = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("run-started"),
    offline: z.boolean(),
    budget: z.object({ usd: z.number().optional() }),
  }),
  z.object({ kind: z.literal("plan-accepted"), promptsIn: z.string().optional() }),
  z.object({ kind: z.literal("unit-started") }),
  z.object({
    kind: z.literal("unit-finished"),
    unit: z.string(),
    outcome: z.string(),
    failure: z.object({ kind: z.enum(failureKinds) }).optional(),
    spent: z.object({ usd: z.number() }),
  }),
  z.object({ kind: z.literal("run-finished"), exitCode: z.int() }),
]);
type Event = z.output<typeof eventSchema>;
const entrySchema = z.object({ event: eventSchema });
const isTold = /"kind":"(?:run-started|plan-accepted|unit-started|unit-finished|run-finished)"/;

/**
 * Whether a run waits, by the text of its journal, when nobody is at work on it any more. One that a person ended, that
 * waits for their word, or whose caps are used up is theirs; so is one whose plan nobody accepted. One that may only look is its
 * schedule's, which goes on with it and tells what it found.
 */
export function waitingRun(journal: string): WaitingRun | undefined {
  const events = journal.split("\n").flatMap((line): readonly Event[] => {
    // Most lines are what agents did.
    const entry = isTold.test(line) ? entrySchema.safeParse(parseJson(line)) : undefined;
    return entry?.success === true ? [entry.data.event] : [];
  });
  const [started] = events.filter((event) => event.kind === "run-started");
  const [accepted] = events.filter((event) => event.kind === "plan-accepted");
  if (started === undefined || accepted === undefined) return undefined;
  if (accepted.promptsIn?.endsWith(`/${lookPlansDir}`) === true) return undefined;
  const units = events.filter((event) => event.kind === "unit-finished");
  const spentUsd = units.reduce((sum, { spent }) => sum + spent.usd, 0);
  // An offline run costs nothing.
  const money = { spentUsd, capUsd: started.offline ? 0 : started.budget.usd };
  // What came behind an end is a later process's; that one was cut off.
  const last = events.findLast(({ kind }) => kind === "unit-started" || kind === "run-finished");
  if (last?.kind !== "run-finished") return { how: "resume", why: "it was cut off", ...money };
  if (last.exitCode === 5) return { how: "resume", why: "the machine stopped it", ...money };
  const failed = [...new Map(units.map((unit) => [unit.unit, unit])).values()].filter(
    ({ outcome }) => outcome === "failed",
  );
  const isApi = failed.length > 0 && failed.every((unit) => unit.failure?.kind === "api");
  return last.exitCode === 1 && isApi
    ? { how: "retry", why: "the API refused it", ...money }
    : undefined;
}
