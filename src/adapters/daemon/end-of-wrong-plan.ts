import { join } from "node:path";

import { mistakesIn } from "../../core/daemon/told-by-check.ts";
import { whyEnded } from "../../core/daemon/why-ended.ts";
import { shellWord } from "../../core/shell-word.ts";
import type { JobEnd, JobStart } from "../../ports/daemon-world.ts";
import { anchorsOf } from "./anchors-of.ts";
import { spawnSkein } from "./spawn-skein.ts";

/**
 * How a job ends at once whose plan file has mistakes; undefined: it has none. They are for the file's author, who is told of
 * them until it is written anew or gone: nothing has failed, and checking it again would find the same.
 */
export async function endOfWrongPlan(
  /** Its path in the repository. */
  plan: string,
  { signal, onChild, byHand }: Pick<JobStart, "signal" | "onChild" | "byHand">,
  at: { readonly repo: string; readonly entry: string; readonly about: string },
): Promise<JobEnd | undefined> {
  const { repo, entry, about } = at;
  const hangsOn = await anchorsOf(repo, plan);
  if (hangsOn.length === 0) return { isDone: true, said: `${plan} is gone`, usd: 0, proposals: [] };
  let told = "";
  const checked = await spawnSkein(["check", "--json", "--", join(repo, plan)], {
    entry,
    cwd: repo,
    signal,
    onChild,
    onLine: (line) => {
      told = line;
    },
  });
  if (checked.exitCode === 0) return undefined;
  const mistakes = mistakesIn(plan, told);
  // It cannot be read, or the check was cut off.
  if (mistakes === undefined && checked.exitCode !== 2)
    return { isDone: false, said: whyEnded("skein check", checked), usd: 0, proposals: [] };
  // What to do next is said of the plan itself.
  const [errors = ""] = checked.errors.split("\n");
  const first = whyEnded("skein check", { ...checked, errors });
  const { count, first: mistake } = mistakes ?? { count: "a mistake", first };
  return {
    // Who had it done by hand is to hear that it was not; such a failure counts for nothing.
    isDone: !byHand,
    said: `${plan} has ${count} and is not run`,
    usd: 0,
    proposals: [
      {
        about,
        text: `${mistake}; mend it, or take it away`,
        command: `skein check ${shellWord(plan)}`,
        hangsOn,
      },
    ],
  };
}
