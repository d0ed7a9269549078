import type { RunFinished } from "../../model/event.ts";
import { isStopped } from "../resume/is-stopped.ts";
import { wayOn } from "../resume/way-on.ts";

/** What is known of a run, as far as it says whether anybody still wants it. */
export interface RunLeft {
  /** A process is at work on it. */
  readonly isAtWork: boolean;
  /** It came with the repository: whatever it says, nobody here made it. */
  readonly isBrought: boolean;
  /** `none`: it never began. */
  readonly journal: "none" | "damaged" | "whole";
  readonly finished: RunFinished | undefined;
  /** Its result: `gone` when a person has removed the branch. */
  readonly result: "none" | "waiting" | "taken" | "gone";
  /** It changed files of other repositories, whose patches are in its folder. */
  readonly hasPatches: boolean;
  /** Its plan had a report made, or it changed nothing and its tasks left files: what it found is only in its folder. */
  readonly hasFindings: boolean;
}

/** Why a run goes. */
export type GoReason = "taken" | "branch-gone" | "no-result" | "never-began";

/** Why a run stays; all but the first two only until it is named. */
export type StayReason =
  | "at-work"
  | "brought"
  | "damaged"
  | "cut-off"
  | "stopped"
  | "waiting"
  | "plan-kept"
  | "patches"
  | "findings"
  | "not-taken"
  | "failed"
  | "young";

export type Verdict =
  | { readonly goes: true; readonly why: GoReason | StayReason }
  | { readonly goes: false; readonly why: StayReason };

/**
 * Whether a run may be removed. By itself only what nobody can want more of goes: work that can be gone on with, that is in no branch
 * of a person's, or that failed, stays until a person names the run.
 */
export function judgeRun(run: RunLeft, isNamed: boolean): Verdict {
  if (run.isBrought) return { goes: false, why: "brought" };
  if (run.isAtWork) return { goes: false, why: "at-work" };
  const stays = whyStays(run);
  if (stays === undefined) return { goes: true, why: whyGoes(run) };
  return { goes: isNamed, why: stays };
}

function whyStays(run: RunLeft): StayReason | undefined {
  const { journal, finished, result, hasPatches, hasFindings } = run;
  if (journal === "none") return undefined;
  if (journal === "damaged") return "damaged";
  if (finished === undefined) return "cut-off";
  if (finished.exitCode === 3) return "waiting";
  if (isStopped(finished)) return "stopped";
  if (hasPatches) return "patches";
  if (result === "waiting") return "not-taken";
  if (wayOn(finished) !== undefined) return "failed";
  if (hasFindings) return "findings";
  // A person did not want it just then, and was told that it is kept.
  return finished.failure === undefined ? undefined : "plan-kept";
}

function whyGoes({ journal, result }: RunLeft): GoReason {
  if (journal === "none") return "never-began";
  if (result === "taken") return "taken";
  return result === "gone" ? "branch-gone" : "no-result";
}
