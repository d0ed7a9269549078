import { decidePush, type PushDecision } from "../../core/publish/decide-push.ts";
import { branchPast } from "../../core/publish/published-before.ts";
import { shownPublish } from "../../core/publish/shown-publish.ts";
import { failure } from "../../model/failure.ts";
import type { CommitId } from "../../model/ids.ts";
import type { Published, PublishTarget } from "../../model/publish.ts";
import { err, ok, type Result } from "../../model/result.ts";
import { openPull } from "./open-pull.ts";
import type { PublishOptions, PublishPorts } from "./publish-ports.ts";

/**
 * Brings one repository's work to its server: a branch, and a pull request where one is wanted. Whatever moment it is cut
 * off at, doing it again pushes once and opens one: what will be pushed is written down before, what is there is looked at first.
 */
export async function publishBranch(
  ports: PublishPorts,
  target: PublishTarget,
  options: PublishOptions,
): Promise<Result<Published>> {
  const { branches, record } = ports;
  const { branch, ifExists } = options.wish;
  const there = await branches.lookUp(target, branch);
  if (!there.ok) return there;
  const past = branchPast(record.entries(), { key: target.key, branch });
  const twin = past.twins.get(target.commit);
  const { commit } = target;
  // Pushed by an earlier run that came no further than this: what is missing is the pull request.
  const isHalfDone =
    ifExists === "skip" &&
    there.value !== undefined &&
    past.ours.has(there.value) &&
    !past.wasOpened;
  const decision: PushDecision =
    (twin !== undefined && there.value === twin) || isHalfDone
      ? { kind: "done" }
      : decidePush({ branch, there: there.value, commit, ifExists, ours: past.ours });
  if (decision.kind === "fail") {
    const hint = "look at the branch; another name, or if-exists: append, leaves it as it is";
    return err(failure("git", `${target.repo}: ${decision.reason}`, { hint }));
  }
  if (decision.kind === "skip") {
    return ok({ kind: "skipped", branch, commit, reason: decision.reason });
  }
  if (options.dryRun) return ok(wouldPublish(target, options, decision.kind));
  const out =
    decision.kind === "done"
      ? ok(there.value ?? commit)
      : await bring(ports, target, { ...options, decision });
  if (!out.ok) return out;
  const published = { kind: "published", branch, commit: out.value } as const;
  if (options.wish.pr === "none") return ok(published);
  const pr = await openPull(ports, target, { ...options, past });
  return pr.ok ? ok({ ...published, ...pr.value }) : pr;
}

type Bring = Extract<PushDecision, { readonly kind: "push" | "append" }>;

async function bring(
  { branches, record, clock }: PublishPorts,
  target: PublishTarget,
  { decision, wish, run }: PublishOptions & { readonly decision: Bring },
): Promise<Result<CommitId>> {
  const appends = decision.kind === "append";
  const made = appends
    ? await branches.rebase(target, wish.branch, decision.onto)
    : ok(target.commit);
  if (!made.ok) return made;
  // All of the change is in the branch already.
  if (appends && made.value === decision.onto) return ok(decision.onto);
  const signed = await branches.sign(target, made.value);
  if (!signed.ok) return signed;
  const commit = signed.value;
  const entry = { key: target.key, branch: wish.branch, run };
  const source = target.commit;
  await record.append({ kind: "prepared", ...entry, at: clock.now(), source, commit });
  const replaces = appends ? undefined : decision.expect;
  const pushed = await branches.push(target, { branch: wish.branch, commit, replaces });
  if (!pushed.ok) return pushed;
  await record.append({ kind: "pushed", ...entry, at: clock.now(), commit });
  return ok(commit);
}

function wouldPublish(
  target: PublishTarget,
  { wish }: PublishOptions,
  how: Bring["kind"] | "done",
): Published {
  const { branch } = wish;
  return {
    kind: "would-publish",
    branch,
    commit: target.commit,
    reason: shownPublish(target, wish, how),
  };
}
