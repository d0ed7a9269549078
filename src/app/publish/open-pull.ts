import type { BranchPast } from "../../core/publish/published-before.ts";
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
  const lookUp = async (): Promise<Result<Opened | undefined>> => {
    const found = await pulls.find(target, wish);
    if (!found.ok || found.value === undefined) return found.ok ? ok(undefined) : found;
    if (found.value !== past.pr) await note(found.value);
    return ok({ pr: found.value });
  };
  const before = await lookUp();
  if (!before.ok) return before;
  if (before.value !== undefined) return ok(before.value);
  return ports.inTurn(async () => {
    const full = await ports.isFull(options);
    if (!full.ok) return full;
    if (full.value) {
      return ok({ reason: `${wish.maxOpen} pull requests are open: no more for now` });
    }
    const turn = await inRate(ports, options);
    if (turn === "stopped" || signal.aborted) {
      return err(
        failure("cancelled", `stopped before the pull request of ${target.repo} was opened`),
      );
    }
    // Somebody may have opened one while it was waited, for up to a day.
    const meanwhile = turn === "waited" ? await lookUp() : ok(undefined);
    if (!meanwhile.ok) return meanwhile;
    if (meanwhile.value !== undefined) return ok(meanwhile.value);
    const opened = await pulls.open(target, wish);
    if (!opened.ok) return opened;
    await note(opened.value);
    return ok({ pr: opened.value });
  });
}

/** Waits until one more is within the rate. */
async function inRate(
  { record, clock }: PublishPorts,
  { wish, plan, signal }: PublishOptions,
): Promise<"at once" | "waited" | "stopped"> {
  let turn: "at once" | "waited" = "at once";
  while (!signal.aborted) {
    const earlier = record
      .entries()
      .flatMap((one) => (one.kind === "opened" && one.plan === plan ? [one.at] : []));
    const waitMs = wish.rate === undefined ? 0 : waitFor(wish.rate, earlier, clock.now());
    if (waitMs === 0) return turn;
    turn = "waited";
    await clock.sleep(waitMs, signal);
  }
  return "stopped";
}
