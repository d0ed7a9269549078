import { detectSetup } from "../../core/repos/detect-setup.ts";
import { ok, type Result } from "../../model/result.ts";
import type { Unit, UnitRepository } from "../../model/unit.ts";
import type { OpenedRepository } from "../../ports/repositories.ts";
import { briefOfRepository } from "../brief-of-repository.ts";
import type { RunContext } from "../run-context.ts";
import { createWorktreeShelf } from "../worktree-shelf.ts";
import type { Entered } from "./entered.ts";

/** A repository that does not want to be part of batch runs has this file at its top; its first line is the reason. */
export const optOutFile = ".skein-skip";

/** Fetches a unit's repository and looks at it: all that can be done for a unit before it has its place among those at work. */
export async function enterRepository(
  run: Pick<RunContext, "ports" | "settings" | "signal">,
  unit: Unit,
  repository: UnitRepository,
): Promise<Result<Entered>> {
  const opened = await open(run, unit, repository);
  if (!opened.ok) return opened;
  if (opened.value.kind === "empty") return ok(opened.value);
  await using stack = new AsyncDisposableStack();
  const repo = stack.use(opened.value);
  const shelf = stack.use(
    createWorktreeShelf(repo.workspace, {
      dependenciesAreReadOnly: run.settings.shell === "bubblewrap",
      removesLate: true,
    }),
  );
  const listed = await repo.workspace.listFiles(repo.base);
  const files = listed.ok ? listed.value : [];
  const optedOut = files.includes(optOutFile) ? await optOutOf(repo) : undefined;
  const setup = repository.setup === "auto" ? detectSetup(files) : repository.setup;
  if (optedOut === undefined) {
    // One that the setup installs into, one for what is judged and changed.
    for (const name of setup === undefined ? ["first"] : ["first", "second"])
      await shelf.ready(repo.base, name);
  }
  const brief = await briefOfRepository(repo.workspace, repo.base);
  const owned = stack.move();
  const dispose = (): Promise<void> => owned.disposeAsync();
  const found = { repo, shelf, brief, optedOut, setup };
  return ok({ kind: "entered", ...found, [Symbol.asyncDispose]: dispose });
}

/** Twice again unless the plan says otherwise: of a thousand fetches one always fails. */
const clonesAgain = 2;

async function open(
  run: Pick<RunContext, "ports" | "settings" | "signal">,
  unit: Unit,
  { key }: UnitRepository,
): ReturnType<RunContext["ports"]["repositories"]["open"]> {
  const repo = run.settings.repos.find((one) => one.key === key);
  if (repo === undefined)
    return ok({ kind: "empty", reason: "it is none of the run's repositories" });
  return run.ports.repositories.open(repo, {
    unit: unit.id,
    retries: unit.retry.on.includes("clone") ? unit.retry.max : clonesAgain,
    backoffMs: unit.retry.backoffMs,
    signal: run.signal,
  });
}

async function optOutOf({ workspace, base }: OpenedRepository): Promise<string | undefined> {
  const read = await workspace.readFile(base, optOutFile);
  if (!read.ok || read.value === undefined) return undefined;
  const reason = read.value.split("\n")[0]?.trim().slice(0, 200) ?? "";
  return `the repository opted out${reason === "" ? "" : `: ${reason}`}`;
}
