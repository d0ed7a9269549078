import type { DaemonAnswer } from "../../model/daemon.ts";
import type { DaemonWorld } from "../../ports/daemon-world.ts";
import { whyNotBegun } from "./standing-of.ts";

/** Longest of an answer's texts, in characters. */
const textMax = 1_000;

export function said(text: string): DaemonAnswer {
  return { kind: "said", text: text.slice(0, textMax) };
}

export function refused(text: string, hint: string): DaemonAnswer {
  return { kind: "refused", text: text.slice(0, textMax), hint: hint.slice(0, textMax) };
}

export const howJobsStand = "skein daemon status says how each job stands";

export const isEnding = refused(
  "the daemon is ending, and begins nothing",
  "skein daemon start, then again",
);

/** A person said so after they had asked; what they ask for behind it begins all the same. */
export const wasPaused = refused(
  "the daemon was paused before it could begin",
  "skein daemon run-now again begins it, also while it is paused",
);

/** What was said holds, but another daemon would not know of it. */
export function notKept(answer: string, why: string): DaemonAnswer {
  const text = `${answer}, but only until this daemon ends: its record .skein/daemon/state.json cannot be written: ${why}`;
  const hint = "make room on the disk, or see who may write in .skein/daemon; then say it again";
  return { kind: "not-kept", text: text.slice(0, textMax), hint };
}

/** Why a job that a person asks for is not taken; undefined: it is. */
export async function whyNotAsked(
  name: string,
  world: Pick<DaemonWorld, "jobs" | "askWhose">,
): Promise<DaemonAnswer | undefined> {
  const jobs = await world.jobs();
  const job = jobs.find((one) => one.name === name);
  if (job === undefined) {
    const names = jobs.map((one) => one.name);
    const meant = names.filter((one) => one.replace(/\.ya?ml$/, "").endsWith(`/${name}`));
    const likely = meant.length === 1 ? `did you mean ${meant[0]}? ` : "";
    return refused(`there is no job ${name}`, `${likely}its jobs: ${names.join(", ")}`);
  }
  const whyNot = await whyNotBegun(job, world);
  return whyNot === undefined
    ? undefined
    : refused(`${name} cannot be begun: ${whyNot}`, howJobsStand);
}
