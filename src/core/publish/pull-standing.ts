import * as z from "zod";

import type { PullStanding } from "../../model/pull-standing.ts";
import { parseJson } from "../parse-json.ts";
import type { ToolLine } from "./pull-request.ts";

export function isOpenPull({ state }: PullStanding): boolean {
  return state === "open" || state === "draft";
}

/** Checks count as long as it is open. */
export function standingText(standing: PullStanding): string {
  const { state, checks } = standing;
  return isOpenPull(standing) && checks !== "none" ? `${state}, checks ${checks}` : state;
}

/** Which tool a pull request belongs to, by its address alone; undefined: it is none. */
function hostOf(
  url: string,
): { readonly repo: string; readonly number: string } | "gh" | undefined {
  const merge = /^(https?:\/\/[^\s]+?)\/-\/merge_requests\/(\d+)\/?$/.exec(url);
  if (merge !== null) return { repo: merge[1] ?? "", number: merge[2] ?? "" };
  return /^https?:\/\/[^\s]+\/pull\/\d+\/?$/.test(url) ? "gh" : undefined;
}

/** Asks how one stands. */
export function standingLine(url: string): ToolLine | undefined {
  const host = hostOf(url);
  if (host === undefined) return undefined;
  return host === "gh"
    ? { argv: ["gh", "pr", "view", url, "--json=state,isDraft,statusCheckRollup"] }
    : { argv: ["glab", "mr", "view", host.number, `--repo=${host.repo}`, "--output=json"] };
}

/** Closes one; its branch stays. */
export function closeLine(url: string): ToolLine | undefined {
  const host = hostOf(url);
  if (host === undefined) return undefined;
  return host === "gh"
    ? { argv: ["gh", "pr", "close", url] }
    : { argv: ["glab", "mr", "close", host.number, `--repo=${host.repo}`] };
}

const pipeline = z.object({ status: z.string() }).nullish();
const printed = z.object({
  state: z.string(),
  isDraft: z.boolean().optional(),
  draft: z.boolean().optional(),
  statusCheckRollup: z
    .array(
      z.object({
        /** Of a status. */
        state: z.string().nullish(),
        /** Of a check run. */
        status: z.string().nullish(),
        conclusion: z.string().nullish(),
      }),
    )
    .nullish(),
  head_pipeline: pipeline,
  pipeline,
});
type Printed = z.output<typeof printed>;

/** Undefined: not understood. */
export function readStanding(output: string): PullStanding | undefined {
  const parsed = printed.safeParse(parseJson(output));
  if (!parsed.success) return undefined;
  const state = stateOf(parsed.data);
  return state === undefined ? undefined : { state, checks: checksOf(parsed.data) };
}

function stateOf({ state, isDraft, draft }: Printed): PullStanding["state"] | undefined {
  switch (state.toLowerCase()) {
    case "open":
    case "opened":
      return isDraft === true || draft === true ? "draft" : "open";
    case "merged":
      return "merged";
    // A locked merge request takes no more changes.
    case "closed":
    case "locked":
      return "closed";
    default:
      return undefined;
  }
}

function checksOf({
  statusCheckRollup,
  head_pipeline: head,
  pipeline: last,
}: Printed): PullStanding["checks"] {
  const words = [
    ...(statusCheckRollup ?? []).map(
      ({ state, status, conclusion }) => conclusion || state || status || "",
    ),
    ...[(head ?? last)?.status ?? []].flat(),
  ].map((word) => word.toLowerCase());
  if (words.length === 0) return "none";
  if (words.some((word) => red.has(word))) return "failing";
  return words.every((word) => green.has(word)) ? "passing" : "pending";
}

const red: ReadonlySet<string> = new Set([
  "failure",
  "failed",
  "error",
  "timed_out",
  "startup_failure",
  "action_required",
  "cancelled",
  "canceled",
]);
const green: ReadonlySet<string> = new Set(["success", "neutral", "skipped"]);
