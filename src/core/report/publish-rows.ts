import type { PublishStarted, RunEvent } from "../../model/event.ts";
import type { UnitId } from "../../model/ids.ts";
import type { PublishedPatch, PublishEvent } from "../../model/publish-event.ts";
import { escapedText, printableLine } from "../printable.ts";
import { notAskedReason } from "../publish/not-asked.ts";
import { isPublishEvent } from "../publish/publish-story.ts";
import { standingText } from "../publish/pull-standing.ts";
import type { SeenPull } from "../publish/seen-pulls.ts";
import { marked, wrap } from "../text-layout.ts";
import type { RunPaint } from "./paint.ts";

/** What became of a unit's work outside of the machine. */
export interface ReportPublish {
  readonly kind:
    | "published"
    | "publish-skipped"
    | "publish-failed"
    | "would-publish"
    | "unfinished";
  readonly branch: string;
  /** Folder of the package that it is the share of. */
  readonly package?: string;
  /** Of work that was published by package: each share. What is said of all of it is what the worst of them came to. */
  readonly shares?: readonly ReportPublish[];
  /** Address of the pull request. */
  readonly pr?: string;
  readonly reason?: string;
  /** Of a dry run: everything that would leave, lines. */
  readonly shown?: string;
  readonly patch?: PublishedPatch;
  /** How the pull request stood when its server was asked last. */
  readonly standing?: SeenPull;
}

/** The last word on each. */
export function publishedOf(events: readonly RunEvent[]): ReadonlyMap<UnitId, ReportPublish> {
  const found = new Map<UnitId, ReportPublish>();
  for (const event of events) {
    if (!isPublishEvent(event)) continue;
    const told = toldBy(event);
    const before = found.get(event.unit);
    found.set(event.unit, told.package === undefined ? told : withShare(before, told));
  }
  return found;
}

function withShare(before: ReportPublish | undefined, told: ReportPublish): ReportPublish {
  const others = (before?.shares ?? []).filter((one) => one.branch !== told.branch);
  const shares = [...others, told];
  const worst = worstFirst.find((kind) => shares.some((one) => one.kind === kind)) ?? told.kind;
  return { kind: worst, branch: shares.map(({ branch }) => branch).join(" "), shares };
}

const worstFirst = [
  "publish-failed",
  "unfinished",
  "publish-skipped",
  "would-publish",
  "published",
] as const satisfies readonly ReportPublish["kind"][];

/** What went out by itself: all of a unit's work, or each of its shares. */
export function sharesIn(publish: ReportPublish | undefined): readonly ReportPublish[] {
  return publish === undefined ? [] : (publish.shares ?? [publish]);
}

function toldBy(event: PublishStarted | PublishEvent): ReportPublish {
  const { branch } = event;
  if (event.kind === "publish-started")
    return { kind: "unfinished", branch, reason: "cut off while it was published" };
  const { kind } = event;
  const at = { kind, branch, ...(event.package === undefined ? {} : { package: event.package }) };
  switch (event.kind) {
    case "published": {
      const { pr, reason, patch } = event;
      return {
        ...at,
        ...(pr === undefined ? {} : { pr }),
        ...(reason === undefined ? {} : { reason }),
        ...(patch === undefined ? {} : { patch }),
      };
    }
    case "publish-skipped":
      return { ...at, reason: event.reason };
    case "publish-failed":
      return { ...at, reason: event.failure.message };
    case "would-publish":
      return { ...at, shown: event.shown };
  }
}

/** As a person reads it. A dry run says everything, word for word. */
export function publishRows(
  units: readonly { readonly unit: string; readonly publish?: ReportPublish }[],
  { paint, columns }: { readonly paint: RunPaint; readonly columns: number },
): readonly string[] {
  const notAsked = units.filter(({ publish }) => publish?.reason === notAskedReason);
  const all = units.flatMap(({ unit, publish }) =>
    sharesIn(publish).map((share) => ({ unit, publish: share })),
  );
  const told = all.flatMap(({ unit, publish }) => {
    if (publish.reason === notAskedReason) return [];
    if (publish.shown !== undefined)
      return publish.shown.split("\n").map((line) => `  ${escapedText(line)}`);
    const text = `${printableLine(unit)}: ${publishText(publish)}`;
    return marked(markOf(publish, paint), text, columns);
  });
  if (notAsked.length === 0) return told;
  const count = notAsked.length === 1 ? "1 branch" : `${notAsked.length} branches`;
  return [
    ...told,
    ...wrap(
      `${count} not published: give --dry-run to see what would leave, --publish to send it`,
      columns - 2,
    ).map((line) => `  ${line}`),
  ];
}

/** One line. */
export function publishText({ kind, branch, pr, reason, patch, standing }: ReportPublish): string {
  const why = reason === undefined ? "" : `: ${printableLine(reason)}`;
  const name = printableLine(branch);
  switch (kind) {
    case "published":
      if (patch !== undefined) return `patch ${printableLine(patch.file)} for ${name}`;
      return pr === undefined
        ? `pushed ${name}${why}`
        : `${printableLine(pr)} (${name})${standing === undefined ? "" : `, ${standingText(standing)}`}`;
    case "publish-skipped":
      return `${name} not pushed${why}`;
    case "publish-failed":
    case "unfinished":
      return `${name} not published${why}`;
    case "would-publish":
      return `would push ${name}`;
  }
}

function markOf({ kind }: ReportPublish, paint: RunPaint): string {
  if (kind === "published") return paint.good("✓");
  return kind === "publish-skipped" ? paint.faint("·") : paint.error("✗");
}

/** A run's units with what is known of their pull requests beside its journal, which ends with the run. */
export function withStandings<Unit extends { readonly publish?: ReportPublish }>(
  units: readonly Unit[],
  seen: ReadonlyMap<string, SeenPull>,
): readonly Unit[] {
  const stand = (publish: ReportPublish): ReportPublish => {
    const standing = publish.pr === undefined ? undefined : seen.get(publish.pr);
    const shares = publish.shares?.map(stand);
    return {
      ...publish,
      ...(standing === undefined ? {} : { standing }),
      ...(shares === undefined ? {} : { shares }),
    };
  };
  return units.map((unit) =>
    unit.publish === undefined ? unit : { ...unit, publish: stand(unit.publish) },
  );
}
