import { aroundOf } from "../core/step-cache/around-of.ts";
import { keyPartsOf } from "../core/step-cache/key-parts.ts";
import { whyMissed } from "../core/step-cache/why-missed.ts";
import { failure } from "../model/failure.ts";
import type { CommitId } from "../model/ids.ts";
import { err, type Result } from "../model/result.ts";
import { noSpend } from "../model/spend.ts";
import type { Patch, Unit } from "../model/unit.ts";
import type { CachedStep, CacheKey } from "../ports/step-cache.ts";
import type { RunContext } from "./run-context.ts";
import { endedWith, outcomeOf, type UnitEnd } from "./unit-end.ts";
import { unitRef } from "./unit-ref.ts";

interface CachedAttempt {
  readonly unit: Unit;
  readonly attempt: number;
  readonly base: CommitId;
}

/** A unit of a task with a cache: its work is taken from there, or done and put there at once. */
export async function attemptCached(
  run: RunContext,
  at: CachedAttempt,
  attempt: () => Promise<UnitEnd>,
): Promise<UnitEnd> {
  const { unit, base } = at;
  if (unit.cache === undefined) return attempt();
  const entries = await run.ports.workspace.listEntries(base);
  if (!entries.ok) return endedWith(outcomeOf(entries.error), entries.error);
  const parts = keyPartsOf({
    unit,
    entries: entries.value,
    around: aroundOf(run.settings, { unit, workspace: run.state.plan.workspace }),
  });
  if (parts === undefined) return endedWith("failed", noInputs(unit));
  const key = run.ports.stepCache.keyOf(parts);
  const taken = await takeFrom(run, at, { key, entries: entries.value });
  if (typeof taken !== "string") return taken;
  await run.record({ kind: "cache-miss", unit: unit.id, reason: taken });
  const { plan } = run.state;
  const end = await attempt();
  // What else a unit did, such as adding tasks, cannot be taken from anywhere.
  if (run.state.plan === plan) await keep(run, { unit, key, end });
  return end;
}

function noInputs({ id, cache }: Unit): ReturnType<typeof failure> {
  const globs = cache?.inputs.join(", ") ?? "";
  return failure("usage", `cache.inputs of ${id} match no file: ${globs}`, {
    hint: "name the files that its work depends on, relative to the repository",
  });
}

/** The kept work on the unit's base, or why there is none to take. */
async function takeFrom(
  run: RunContext,
  at: CachedAttempt,
  { key, entries }: { readonly key: CacheKey; readonly entries: ReadonlyMap<string, string> },
): Promise<UnitEnd | string> {
  const { stepCache } = run.ports;
  if (!run.settings.readsCache) return "--no-cache: it was not looked for";
  const step = await stepCache.find(key.key);
  if (step === undefined)
    return whyMissed(await stepCache.lastOf(nameOf(run, at.unit)), key.digests);
  const patch = await patchFrom(run, at, { step, entries });
  if (typeof patch === "string") return patch;
  const files = Object.keys(key.digests["inputs"] ?? {}).length;
  const reason = `nothing has changed since run ${step.by}: ${files === 1 ? "1 input" : `${files} inputs`}, the task and what is around it`;
  await run.record({ kind: "cache-hit", unit: at.unit.id, reason });
  return {
    outcome: step.outcome,
    ...(step.outcome === "noop" ? { reason: "nothing had to change" } : {}),
    outputs: step.outputs,
    ...(patch.value === undefined ? {} : { patch: patch.value }),
    ...(step.summary === undefined
      ? {}
      : {
          delivery: {
            status: "done",
            summary: step.summary,
            files: patch.value === undefined ? [] : [...patch.value.files],
            evidence: [],
            openIssues: [],
            outputs: { ...step.outputs },
          },
        }),
    spent: noSpend,
  };
}

/** The same change made on another base, as long as the files it changes are the same there. */
async function patchFrom(
  run: RunContext,
  { unit, attempt, base }: CachedAttempt,
  { step, entries }: { readonly step: CachedStep; readonly entries: ReadonlyMap<string, string> },
): Promise<{ readonly value: Patch | undefined } | string> {
  if (step.patch === undefined) return { value: undefined };
  const { workspace } = run.ports;
  const kept = await workspace.patchOf(step.patch.base, step.patch.commit);
  const before = await workspace.listEntries(step.patch.base);
  if (!kept.ok || !before.ok) return "the commit that was kept is gone from the repository";
  const other = kept.value.files.find((path) => before.value.get(path) !== entries.get(path));
  if (other !== undefined) return `it changes ${other}, which is another file now and no input`;
  const made = await commitOn(run, { unit, base }, step.patch);
  if (!made.ok) return `the commit that was kept does not fit: ${made.error.message}`;
  const patch = await workspace.patchOf(base, made.value);
  if (!patch.ok) return `the commit that was kept cannot be read: ${patch.error.message}`;
  const named = await workspace.setRef(unitRef(run.id, unit.id, attempt), made.value);
  return named.ok ? { value: patch.value } : `its commit cannot be kept: ${named.error.message}`;
}

async function commitOn(
  { ports: { workspace } }: RunContext,
  { unit, base }: Pick<CachedAttempt, "unit" | "base">,
  patch: NonNullable<CachedStep["patch"]>,
): Promise<Result<CommitId>> {
  const merged = await workspace.merge({ base: patch.base, ours: base, theirs: patch.commit });
  if (!merged.ok) return merged;
  if (merged.value.kind === "conflict")
    return err(
      failure(
        "conflict",
        `it conflicts in ${merged.value.files.map(({ path }) => path).join(", ")}`,
      ),
    );
  return workspace.commitTree(merged.value.tree, { parents: [base], message: unit.commit });
}

async function keep(
  run: RunContext,
  { unit, key, end }: { readonly unit: Unit; readonly key: CacheKey; readonly end: UnitEnd },
): Promise<void> {
  const { stepCache, workspace } = run.ports;
  const { outcome, patch, outputs, delivery } = end;
  if (outcome !== "done" && outcome !== "noop") return;
  if (patch !== undefined) {
    const named = await workspace.setRef(cacheRef(key.key), patch.commit);
    if (!named.ok) return;
  }
  const kept = await stepCache.keep(nameOf(run, unit), key, {
    outcome,
    by: run.id,
    outputs,
    ...(delivery === undefined ? {} : { summary: delivery.summary }),
    ...(patch === undefined ? {} : { patch: { base: patch.base, commit: patch.commit } }),
  });
  const gone = "refused" in kept ? [key.key] : kept.gone;
  for (const old of gone) await workspace.dropRef(cacheRef(old));
}

/** So that git does not collect what is kept. */
function cacheRef(key: string): string {
  return `refs/skein/cache/${key}`;
}

/** The same work in every run of the plan. */
function nameOf(run: RunContext, unit: Unit): string {
  return JSON.stringify([run.state.plan.name, unit.id]);
}
