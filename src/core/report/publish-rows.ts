import type { PublishStarted, RunEvent } from "../../model/event.ts";
import type { UnitId } from "../../model/ids.ts";
import type { PublishedPatch, PublishEvent } from "../../model/publish-event.ts";
import { escapedText, printableLine } from "../printable.ts";
import { notAskedReason } from "../publish/not-asked.ts";
import { isPublishEvent } from "../publish/publish-story.ts";
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
  /** Address of the pull request. */
  readonly pr?: string;
  readonly reason?: string;
  /** Of a dry run: everything that would leave, lines. */
  readonly shown?: string;
  readonly patch?: PublishedPatch;
}

/** The last word on each. */
export function publishedOf(events: readonly RunEvent[]): ReadonlyMap<UnitId, ReportPublish> {
  const found = new Map<UnitId, ReportPublish>();
  for (const event of events) if (isPublishEvent(event)) found.set(event.unit, toldBy(event));
  return found;
}

function toldBy(event: PublishStarted | PublishEvent): ReportPublish {
  switch (event.kind) {
    case "publish-started":
      return { kind: "unfinished", branch: event.branch, reason: "cut off while it was published" };
    case "published": {
      const { kind, branch, pr, reason, patch } = event;
      return {
        kind,
        branch,
        ...(pr === undefined ? {} : { pr }),
        ...(reason === undefined ? {} : { reason }),
        ...(patch === undefined ? {} : { patch }),
      };
    }
    case "publish-skipped":
      return { kind: event.kind, branch: event.branch, reason: event.reason };
    case "publish-failed":
      return { kind: event.kind, branch: event.branch, reason: event.failure.message };
    case "would-publish":
      return { kind: event.kind, branch: event.branch, shown: event.shown };
  }
}

/** As a person reads it. A dry run says everything, word for word. */
export function publishRows(
  units: readonly { readonly unit: string; readonly publish?: ReportPublish }[],
  { paint, columns }: { readonly paint: RunPaint; readonly columns: number },
): readonly string[] {
  const notAsked = units.filter(({ publish }) => publish?.reason === notAskedReason);
  const told = units.flatMap(({ unit, publish }) => {
    if (publish === undefined || publish.reason === notAskedReason) return [];
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
export function publishText({ kind, branch, pr, reason, patch }: ReportPublish): string {
  const why = reason === undefined ? "" : `: ${printableLine(reason)}`;
  const name = printableLine(branch);
  switch (kind) {
    case "published":
      if (patch !== undefined) return `patch ${printableLine(patch.file)} for ${name}`;
      return pr === undefined ? `pushed ${name}${why}` : `${printableLine(pr)} (${name})`;
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
