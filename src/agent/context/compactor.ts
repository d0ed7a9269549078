import { summaryProblem } from "../../core/context/accept-summary.ts";
import { ledgerOf } from "../../core/context/ledger.ts";
import { pinText } from "../../core/context/pins.ts";
import { planSummary } from "../../core/context/plan-rewrite.ts";
import { askForSummary, type Summary } from "./ask-for-summary.ts";
import { type KeeperOptions, rewriteOptions } from "./keeper-options.ts";
import { takeRewrite } from "./take-rewrite.ts";

/** What came of a compaction: the view is new, nothing has changed, or the agent was stopped. */
export type Compacted = "taken" | "failed" | "cancelled";

export interface Compactor {
  /** None, one whose answer is not there yet, or one that can be finished without waiting. */
  readonly state: () => "idle" | "running" | "answered";
  readonly start: () => void;
  readonly finish: () => Promise<Compacted>;
}

/** One compaction at a time, beside the agent's work: what is said meanwhile stays behind the summary. */
export function createCompactor(options: KeeperOptions): Compactor {
  const { window } = options;
  let running:
    | { readonly upTo: number; readonly summary: Promise<Summary>; isAnswered: boolean }
    | undefined;
  return {
    state: () => (running === undefined ? "idle" : running.isAnswered ? "answered" : "running"),
    start: () => {
      const summary = askForSummary(options.client, window.request(), {
        signal: options.signal,
        gate: options.gate,
        about: window.about(),
      });
      const started = { upTo: window.entries().length, summary, isAnswered: false };
      running = started;
      void noteAnswer(summary, started);
    },
    finish: async () => {
      if (running === undefined) return "cancelled";
      const { upTo } = running;
      const said = await running.summary;
      running = undefined;
      if (said.kind === "cancelled") return "cancelled";
      if (said.usage !== undefined) options.spend(said.usage);
      const why =
        said.kind === "failed"
          ? said.why
          : await takeSummary(options, { upTo, summary: said.text });
      if (why === undefined) return "taken";
      const tokens = Math.round(window.tokens().likely);
      options.emit({
        kind: "context",
        did: "compaction-failed",
        before: tokens,
        after: tokens,
        why: why.slice(0, 300).toWellFormed(),
      });
      return "failed";
    },
  };
}

async function noteAnswer(
  summary: Promise<Summary>,
  running: { isAnswered: boolean },
): Promise<void> {
  await summary;
  Object.assign(running, { isAnswered: true });
}

/** Why it was not taken; undefined when it was. */
async function takeSummary(
  options: KeeperOptions,
  { upTo, summary }: { readonly upTo: number; readonly summary: string },
): Promise<string | undefined> {
  const { window, limits } = options;
  const entries = window.entries();
  const ledger = ledgerOf(entries);
  const planned = planSummary(entries, {
    ...rewriteOptions(options, ledger),
    summary: summary.toWellFormed(),
    upTo,
  });
  if (planned === undefined) return "there is nothing old enough to sum up";
  const { tokensOfText: tokensOf } = window;
  const spoken = planned.spills.map(({ text }) => text).join("\n");
  const problem = summaryProblem({
    summary,
    tokens: tokensOf(summary),
    ledger,
    pins: pinText(ledger, { tokensMax: limits.pinTokensMax, tokensOf }),
    before: planned.epoch.before,
    after: planned.epoch.after,
    window: options.tokensMax,
    limits,
    knowsPath: (path) => spoken.includes(path) || options.knowsPath(path),
  });
  if (problem !== undefined) return problem;
  return (await takeRewrite(options, planned, ledger))
    ? undefined
    : "what it replaces could not be kept";
}
