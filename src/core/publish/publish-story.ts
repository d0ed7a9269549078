import type { PublishStarted, RunEvent } from "../../model/event.ts";
import type { PublishEvent } from "../../model/publish-event.ts";
import { notAskedReason } from "./not-asked.ts";

type Event = PublishStarted | PublishEvent;

const kinds: ReadonlySet<string> = new Set<Event["kind"]>([
  "publish-started",
  "published",
  "publish-skipped",
  "publish-failed",
  "would-publish",
]);

export function isPublishEvent(event: RunEvent): event is Event {
  return kinds.has(event.kind);
}

/** Worth a line to somebody who watches. */
export function isTold(event: Event): boolean {
  if (event.kind === "publish-started") return false;
  return event.kind !== "publish-skipped" || event.reason !== notAskedReason;
}

/** What happened to a unit's work, in a few words; as hostile as what it tells of. */
export function publishStory(event: Event): string {
  const { branch } = event;
  switch (event.kind) {
    case "publish-started":
      return `publishes ${branch}`;
    case "published": {
      const why = event.reason === undefined ? "" : `; ${event.reason}`;
      return `published: ${event.pr ?? event.patch?.file ?? branch}${why}`;
    }
    case "publish-skipped":
      return `${branch} not pushed: ${event.reason}`;
    case "publish-failed":
      return `could not be published: ${event.failure.message}`;
    case "would-publish":
      return `would publish ${branch}`;
  }
}
