import { type BranchPast, openOnes } from "../../core/publish/published-before.ts";
import { isOpenPull } from "../../core/publish/pull-standing.ts";
import { waitFor } from "../../core/publish/rate.ts";
import { failure } from "../../model/failure.ts";
import type { Published, PublishTarget } from "../../model/publish.ts";
import { err, ok, type Result } from "../../model/result.ts";
import type { PublishOptions, PublishPorts } from "./publish-ports.ts";

type Opened = Pick<Published, "pr" | "reason">;

/**
 * The pull request of a branch: the open one, if there is one, whoever opened it; otherwise a new one, once the rate and
 * the cap leave room. Above the cap the branch stays pushed, and the next run of the plan tries again.
 */
export async function openPull(
  ports: PublishPorts,
  target: PublishTarget,
  options: PublishOptions & { readonly past: BranchPast },
): Promise<Result<Opened>> {
  const { pulls, record, clock } = ports;
  const { wish, run, plan, past, signal } = options;
  const note = (url: string): Promise<void> =>
    record.append({
      kind: "opened",
      key: target.key,
      branch: wish.branch,
      run,
      plan,
      url,
      at: clock.now(),
    });
  const found = await pulls.find(target, wish);
  if (!found.ok) return found;
  if (found.value !== undefined) {
    if (found.value !== past.pr) await note(found.value);
    return ok({ pr: found.value });
  }
  const full = await isFull(ports, options);
  if (!full.ok) return full;
  if (full.value) return ok({ reason: `${wish.maxOpen} pull requests are open: no more for now` });
  if (!(await inRate(ports, options))) {
    return err(
      failure("cancelled", `stopped before the pull request of ${target.repo} was opened`),
    );
  }
  if (signal.aborted) return err(failure("cancelled", "the run was stopped"));
  const opened = await pulls.open(target, wish);
  if (!opened.ok) return opened;
  await note(opened.value);
  return ok({ pr: opened.value });
}

/** Only when the record says that the cap is reached, the servers are asked which of them have been closed since. */
async function isFull(
  { pulls, record, clock }: PublishPorts,
  { wish, plan, run }: PublishOptions,
): Promise<Result<boolean>> {
  if (wish.maxOpen === undefined) return ok(false);
  for (const { url, key, branch } of openOnes(record.entries(), plan)) {
    if (openOnes(record.entries(), plan).length < wish.maxOpen) return ok(false);
    const now = await pulls.standing(url);
    if (!now.ok) return now;
    if (!isOpenPull(now.value))
      await record.append({ kind: "closed", key, branch, run, url, at: clock.now() });
  }
  return ok(openOnes(record.entries(), plan).length >= wish.maxOpen);
}

/** Waits until one more is within the rate; false: it was stopped meanwhile. */
async function inRate(
  { record, clock }: PublishPorts,
  { wish, plan, signal }: PublishOptions,
): Promise<boolean> {
  if (wish.rate === undefined) return !signal.aborted;
  while (!signal.aborted) {
    const earlier = record
      .entries()
      .flatMap((one) => (one.kind === "opened" && one.plan === plan ? [one.at] : []));
    const waitMs = waitFor(wish.rate, earlier, clock.now());
    if (waitMs === 0) return true;
    await clock.sleep(waitMs, signal);
  }
  return false;
}
