import { notAskedReason } from "../../core/publish/not-asked.ts";
import { locationOf } from "../../core/repos/location-of.ts";
import type { UnitFinished } from "../../model/event.ts";
import { type Failure, failure } from "../../model/failure.ts";
import type { UnitId } from "../../model/ids.ts";
import type { PublishEvent } from "../../model/publish-event.ts";
import type { PublishTarget } from "../../model/publish.ts";
import { err, ok, type Result } from "../../model/result.ts";
import type { Unit } from "../../model/unit.ts";
import type { RunContext } from "../run-context.ts";
import { publishBranch } from "./publish-branch.ts";
import { type Share, sharesOf, type Work } from "./split-work.ts";

/**
 * What a unit made, out of the machine as its plan says; nothing of the kind happens unless the person asked for it.
 * Work that is good and cannot be published is kept, and its unit has failed. Of several shares of it each is tried.
 */
export async function publishResult(
  run: RunContext,
  unit: Unit,
  finished: UnitFinished,
): Promise<UnitFinished> {
  const wish = unit.publish;
  const work = workOf(run, unit, finished);
  if (wish === undefined || work === undefined) return finished;
  const at = { unit: unit.id, branch: wish.branch };
  if (run.settings.publish === "no" && wish.via !== "patch") {
    await run.record({ kind: "publish-skipped", ...at, reason: notAskedReason });
    return finished;
  }
  if (run.earlier.get(unit.id)?.made === undefined)
    await run.record({ kind: "publish-started", ...at, finished });
  const shares = await sharesOf(run.ports.workspace, wish, work);
  if (!shares.ok) {
    await run.record({ kind: "publish-failed", ...at, failure: shares.error });
    return notPublished(finished, [shares.error], 1);
  }
  const failures: Failure[] = [];
  let reason: string | undefined;
  for (const share of shares.value) {
    const told = await publish(run, unit, share);
    if (told.ok) {
      await run.record(told.value);
      if (told.value.kind === "published") reason ??= told.value.reason;
      continue;
    }
    const { error } = told;
    if (error.kind === "cancelled")
      return { ...finished, outcome: "cancelled", reason: error.message, failure: error };
    await run.record({ kind: "publish-failed", ...placeOf(unit, share), failure: error });
    failures.push(error);
  }
  if (failures.length > 0) return notPublished(finished, failures, shares.value.length);
  return reason === undefined ? finished : { ...finished, reason };
}

function notPublished(
  finished: UnitFinished,
  failures: readonly Failure[],
  shares: number,
): UnitFinished {
  const [first] = failures;
  if (first === undefined) return finished;
  const some = shares === 1 ? "" : `${failures.length} of ${shares} packages `;
  const reason = `${some}not published: ${first.message}`;
  return { ...finished, outcome: "failed", reason, failure: first };
}

/** What is told of a share says whose it is. */
function placeOf({ id }: Unit, share: Share): Pick<Told, "unit" | "branch" | "package"> {
  const { branch } = share.wish;
  return {
    unit: id,
    branch,
    ...(share.package === undefined ? {} : { package: share.package }),
  };
}

/** The commit that goes out: the unit's own, or of a publish task what the tasks it needs came to. */
function workOf(run: RunContext, unit: Unit, { outcome, patch }: UnitFinished): Work | undefined {
  if (outcome !== "done") return undefined;
  if (patch !== undefined) return patch;
  const tip = unit.action.kind === "publish" ? run.tips.get(unit.id)?.base : undefined;
  return tip === undefined ? undefined : { base: run.base, commit: tip };
}

type Told = Exclude<PublishEvent, { readonly kind: "publish-failed" }>;

async function publish(run: RunContext, unit: Unit, share: Share): Promise<Result<Told>> {
  const { wish, work } = share;
  const { publishing } = run.ports;
  const place = await publishing.place();
  if (!place.ok) return place;
  const repo = run.settings.repos.find(({ key }) => key === unit.repository?.key);
  const { base, commit } = work;
  const known = repo ?? { name: run.ports.workspace.repo, key: run.ports.workspace.repo };
  const target = { ...place.value, repo: known.name, key: known.key, base, commit };
  const isDry = run.settings.publish === "dry-run";
  if (wish.via === "patch" && !isDry) return writeMail(run, unit, { share, target });
  const options = { wish, run: run.id, plan: run.state.plan.name, dryRun: isDry };
  const done = await publishBranch(publishing, target, { ...options, signal: run.signal });
  if (!done.ok) return run.signal.aborted ? err(stopped(done.error)) : done;
  const { kind, pr, reason = "" } = done.value;
  const at = placeOf(unit, share);
  switch (kind) {
    case "skipped":
      return ok({ kind: "publish-skipped", ...at, reason });
    case "would-publish":
      return ok({ kind: "would-publish", ...at, commit: done.value.commit, shown: reason });
    case "published": {
      const more = { ...(pr === undefined ? {} : { pr }), ...(reason === "" ? {} : { reason }) };
      return ok({ kind: "published", ...at, commit: done.value.commit, ...more });
    }
  }
}

function stopped({ message }: Failure): Failure {
  return failure("cancelled", `the run was stopped while it published: ${message}`);
}

/** For somebody who applies it by hand. */
async function writeMail(
  run: RunContext,
  unit: Unit,
  { share, target }: { readonly share: Share; readonly target: PublishTarget },
): Promise<Result<Told>> {
  const { base, commit } = target;
  const mail = await run.ports.publishing.branches.mail(target);
  if (!mail.ok) return mail;
  const file = await run.ports.files.writeMail(nameOf(unit, share), mail.value);
  const patch = { url: locationOf(target.address), base, file };
  return ok({ kind: "published", ...placeOf(unit, share), commit, patch });
}

/** A file for each share. */
function nameOf({ id }: Unit, share: Share): UnitId {
  return share.package === undefined ? id : (`${id}-${share.package}` as UnitId);
}
