import type { UnitFinished } from "../../model/event.ts";
import { regexText } from "../regex-text.ts";
import { firstErrorOf } from "./first-error.ts";

/** Failures told one by one; more are counted. */
const toldMax = 3;
const errorMax = 160;

/** Which units failed, the first error of each, and whether it is one and the same: for the person who mends the plan. */
export function whatWasLearned(failed: readonly UnitFinished[]): string {
  const told = failed.slice(0, toldMax).map((finished) => {
    const error = firstErrorOf(finished);
    const short = error.length > errorMax ? `${error.slice(0, errorMax - 1)}…` : error;
    return `${finished.unit} ${finished.outcome}: ${short}`;
  });
  const more = failed.length - told.length;
  const shapes = new Set(failed.map((finished) => shapeOf(firstErrorOf(finished), finished)));
  const alike =
    failed.length < 2
      ? []
      : [shapes.size === 1 ? "all failed alike" : `${shapes.size} different errors`];
  return [...told, ...(more > 0 ? [`and ${more} more`] : []), ...alike].join("; ");
}

/** An error without what differs from unit to unit: names, paths, numbers, hashes. */
function shapeOf(error: string, { unit, task }: UnitFinished): string {
  const key = unit.slice(task.length + 1, -1);
  const named = new RegExp(`(?<![\\w-])${regexText(key)}(?![\\w-])`, "g");
  return (key === "" ? error : error.replaceAll(named, "_"))
    .replaceAll(/[\w.@~-]*\/[\w./@~-]+/g, "_")
    .replaceAll(/\b[\w-]+\.\w{1,5}\b/g, "_")
    .replaceAll(/\b[0-9a-f]{7,}\b/gi, "_")
    .replaceAll(/\d+/g, "#")
    .replaceAll(/(?:_[\s,:;]*)+/g, "_ ")
    .trim();
}
