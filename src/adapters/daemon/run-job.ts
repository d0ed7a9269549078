import { join } from "node:path";

import { endOfRun, nothingTold, proposalsOf, takeLine } from "../../core/daemon/told-by-run.ts";
import { whyEnded } from "../../core/daemon/why-ended.ts";
import type { Anchor } from "../../model/proposal.ts";
import type { JobEnd, JobStart } from "../../ports/daemon-world.ts";
import { anchorsOf } from "./anchors-of.ts";
import { runHead } from "./run-head.ts";
import { spawnSkein } from "./spawn-skein.ts";

/** What a command is given: options first, so that no text of a file can be one. */
interface RunCommand {
  readonly name: "run" | "resume" | "retry";
  readonly flags: readonly string[];
  /** The plan, the words, or the run. */
  readonly what: string;
}

/** The run of an earlier try is gone on with. */
export function runOrGoOn(
  run: string | undefined,
  what: string,
): Pick<RunCommand, "name" | "what"> {
  return run === undefined ? { name: "run", what } : { name: "resume", what: run };
}

/** Runs `skein run`, or what goes on with one, in a process of its own; the run's id is kept as soon as it is known. */
export async function runAsJob(
  { name, flags, what }: RunCommand,
  { signal, onChild, run }: Pick<JobStart, "signal" | "onChild" | "run">,
  at: {
    readonly repo: string;
    readonly entry: string;
    /** What the proposals are about, and what a person does to allow more. */
    readonly about: string;
    readonly more: string;
    /** What the latter hangs on; by default the run. */
    readonly wanted?: readonly Anchor[];
  },
): Promise<JobEnd> {
  const { repo, entry, about, more, wanted } = at;
  let told = { ...nothingTold, run };
  const done = await spawnSkein([name, ...flags, "--repo", repo, "--json", "--", what], {
    entry,
    cwd: repo,
    signal,
    onChild,
    onLine: (line) => {
      const before = told.run;
      told = takeLine(told, line);
      if (told.run !== undefined && told.run !== before) onChild({ run: told.run });
    },
  });
  const exitCode = told.finished?.exitCode ?? done.exitCode;
  return {
    // A gate is no failure: what could be done is done.
    isDone: exitCode === 0 || exitCode === 3,
    said: told.finished === undefined ? whyEnded(`skein ${name}`, done) : endOfRun(told),
    // What the offline model's work would have cost was charged to nobody.
    usd: (await isOffline(repo, told.run)) ? 0 : (told.finished?.spent.usd ?? 0),
    proposals: proposalsOf(told, { about, more, wanted, asItIs: await journalOf(repo, told.run) }),
  };
}

async function isOffline(repo: string, run: string | undefined): Promise<boolean> {
  const head = run === undefined ? undefined : await runHead(join(repo, ".skein/runs", run));
  return head?.isOffline ?? false;
}

/** Whoever says a word about a run, or goes on with it, writes its journal. */
async function journalOf(repo: string, run: string | undefined): Promise<readonly Anchor[]> {
  return run === undefined ? [] : anchorsOf(repo, join(".skein/runs", run, "journal.jsonl"));
}
