import { say } from "./ask.ts";
import type { Say } from "./conversation.ts";

/** What the model says of a task outside its rules, word for word as the documentation promises it. */
export const notUnderstood =
  "the offline model does not understand this task; set ANTHROPIC_API_KEY";
/** Together well under the cap on a typed result (2,000 tokens). */
const listMax = 8;
const lineMax = 200;
const filesCharsMax = 2_400;

export interface Delivery {
  readonly status: "done" | "failed";
  readonly summary: string;
  readonly files?: readonly string[];
  readonly evidence?: readonly string[];
  readonly openIssues?: readonly string[];
}

export function submit(delivery: Delivery): Say {
  const summary = `offline model: ${clip(delivery.summary, 600)}`;
  return say(delivery.status === "done" ? "delivering" : delivery.summary, [
    {
      name: "Submit",
      input: {
        status: delivery.status,
        summary,
        files: fitting(delivery.files ?? []),
        evidence: short(delivery.evidence ?? []),
        openIssues: short(delivery.openIssues ?? []),
        outputs: {},
      },
    },
  ]);
}

function short(lines: readonly string[]): readonly string[] {
  const unique = [...new Set(lines)];
  const kept = unique.slice(0, listMax).map((line) => clip(line, lineMax));
  const more = unique.length - kept.length;
  return more > 0 ? [...kept, `and ${more} more`] : kept;
}

/** The diff decides what changed; a list too long for the result is cut. */
function fitting(files: readonly string[]): readonly string[] {
  let room = filesCharsMax;
  return files.filter((file) => (room -= file.length + 4) > 0);
}

function clip(text: string, max: number): string {
  return text.length <= max ? text : `${text.slice(0, max - 1)}…`;
}
