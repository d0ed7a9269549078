import { printableLine } from "../../core/printable.ts";
import { isPublishEvent, isTold, publishStory } from "../../core/publish/publish-story.ts";
import { commandEndText } from "../../core/report/command-end-text.ts";
import { conflictText } from "../../core/report/conflict-text.ts";
import {
  shownCount,
  shownDuration,
  shownTests,
  shownTokens,
  shownUsd,
} from "../../core/report/figures.ts";
import { outcomeMark } from "../../core/report/outcome-mark.ts";
import type { RunPaint } from "../../core/report/paint.ts";
import { retryText } from "../../core/report/retry-text.ts";
import { isStopped } from "../../core/resume/is-stopped.ts";
import type { AgentEvent, RunEvent, RunFinished, UnitFinished } from "../../model/event.ts";
import { totalTokens } from "../../model/spend.ts";

/** One line of a run's story: a mark of one column, then plain text that may be cut or coloured as a whole. */
export interface EventLine {
  readonly mark: string;
  readonly text: string;
}

/**
 * What an event tells a person who watches; undefined for what only matters to somebody who digs. `name` may shorten
 * a unit's id, where the rest of the line has to stay in sight.
 */
export function eventLine(
  event: RunEvent,
  paint: RunPaint,
  name: (id: string) => string = printableLine,
): EventLine | undefined {
  const text = storyOf(event, name);
  if (text === undefined) return undefined;
  return { mark: markOf(event, paint), text: printableLine(text) };
}

function markOf(event: RunEvent, paint: RunPaint): string {
  switch (event.kind) {
    case "unit-finished":
    case "task-ended":
      return outcomeMark(event.outcome, paint);
    case "patch-merged":
    case "published":
      return paint.good("✓");
    case "rollout-judged":
      return event.goesOn ? paint.good("✓") : paint.error("✗");
    case "conflict-found":
    case "unit-retrying":
    case "hook-warned":
    case "gate-waiting":
    case "agent":
      return paint.warning("!");
    case "gate-decided":
      return event.approved ? paint.good("✓") : paint.error("✗");
    case "patch-dropped":
    case "publish-failed":
      return paint.error("✗");
    default:
      return paint.faint("·");
  }
}

function storyOf(event: RunEvent, name: (id: string) => string): string | undefined {
  if (isPublishEvent(event))
    return isTold(event) ? `${name(event.unit)}: ${publishStory(event)}` : undefined;
  switch (event.kind) {
    case "run-started":
      return `run ${event.run}: ${event.name}${event.offline ? " (offline model: rules, not a language model)" : ""}`;
    case "run-resumed":
      return `the run goes on: ${shownCount(event.units.length, "unit")} to do again, ${shownCount(event.tasks.length, "task")} to look at again`;
    case "plan-accepted":
    case "plan-changed":
      return `${event.kind === "plan-accepted" ? "plan" : "the plan was changed"}: ${shownCount(event.tasks.length, "task")}: ${event.tasks.join(", ")}`;
    case "plan-grown":
      return `${event.by} added ${shownCount(event.added.length, "task")}: ${event.added.join(", ")}`;
    case "task-expanded":
      return event.units.length > 1
        ? `${event.task}: ${shownCount(event.units.length, "unit")}`
        : undefined;
    case "task-ended":
      return `${event.task} ${event.outcome}: ${event.reason}`;
    case "rollout-judged":
      return `${event.task}: ${event.reason}`;
    case "gate-waiting":
      return `${event.task} waits for approval: ${[event.message, ...event.shown].join("; ")}`;
    case "gate-decided":
      return `${event.task} was ${event.approved ? "approved" : "rejected"} (${event.by})`;
    case "baseline-taken":
      return `${event.unit === undefined ? "" : `${name(event.unit)}: `}on the untouched base $ ${event.command}: ${commandEndText(event)} after ${shownDuration(event.durationMs)}${event.passed === undefined ? "" : `, ${shownTests(event)}`}`;
    case "baseline-missed":
      return `on the untouched base $ ${event.command}: could not be run: ${event.reason}`;
    case "hook-warned":
      return `${event.unit === undefined ? "" : `${name(event.unit)}: `}${event.text}`;
    case "run-finished":
      return `run ${event.run} ${howEnded(event)} ${shownDuration(event.durationMs)}`;
    case "commit-merged":
      return undefined;
    default:
      return unitStoryOf(event, name(event.unit), name);
  }
}

type OfUnit = Extract<RunEvent, { readonly unit: string }>;

/** Of an event of the unit called `unit`. */
function unitStoryOf(
  event: OfUnit,
  unit: string,
  name: (id: string) => string,
): string | undefined {
  switch (event.kind) {
    case "unit-started":
      return `${unit} started${event.attempt > 1 ? `, attempt ${event.attempt}` : ""}`;
    case "agent":
      return isLongOutage(event.event) ? `${unit}: ${retryText(event.event)}` : undefined;
    case "cache-hit":
    case "cache-miss":
      return `${unit} ${event.kind}: ${event.reason}`;
    case "unit-retrying":
      if (event.sameAgent === true)
        return `${unit} is red, its agent mends it: ${event.failure.message}`;
      return `${unit} tries again${event.waitMs > 0 ? ` in ${shownDuration(event.waitMs)}` : ""}: ${event.failure.message}`;
    case "candidate-chosen":
      return `${unit}: candidate ${event.candidate} is taken (by ${event.by}): ${event.reason}`;
    case "unit-finished":
      return finishedLine(event, unit);
    case "merge-started":
      return event.from.length === 0
        ? undefined
        : `${unit} merges ${shownCount(event.from.length, "unit")}`;
    case "conflict-found":
      return `${unit}: conflict with ${name(event.patch)} in ${conflictText(event.files)}`;
    case "patch-merged":
      return event.resolved ? `${unit}: conflict with ${name(event.patch)} settled` : undefined;
    case "patch-dropped":
      return `${unit} left out ${name(event.patch)}: ${event.reason}`;
    default:
      return undefined;
  }
}

/** From this wait on, in milliseconds, a server that cannot be reached is no mere hiccup. */
const outageMs = 1_000;

function isLongOutage(
  event: AgentEvent,
): event is Extract<AgentEvent, { readonly kind: "api-retry" }> {
  return event.kind === "api-retry" && event.unreachable === true && event.waitMs >= outageMs;
}

function finishedLine(event: UnitFinished, name: string): string {
  const { patch, spent, reason } = event;
  const facts = [
    shownDuration(event.durationMs),
    ...(patch === undefined
      ? []
      : [`${shownCount(patch.files.length, "file")} +${patch.insertions} -${patch.deletions}`]),
    ...(spent.turns === 0
      ? []
      : [
          `${shownCount(spent.turns, "turn")}, ${shownTokens(totalTokens(spent))} tokens, ${shownUsd(spent.usd)}`,
        ]),
  ];
  return `${name} ${event.outcome} (${facts.join(", ")})${reason === undefined ? "" : `: ${reason}`}`;
}

function howEnded(finished: RunFinished): string {
  if (finished.exitCode === 3) return "waits for approval after";
  return isStopped(finished) ? "stopped after" : "finished in";
}
