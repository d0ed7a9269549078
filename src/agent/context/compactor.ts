import { summaryProblem } from "../../core/context/accept-summary.ts";
import { ledgerOf } from "../../core/context/ledger.ts";
import { pinText } from "../../core/context/pins.ts";
import { planSummary } from "../../core/context/plan-rewrite.ts";
import { askForSummary, type Summary } from "./ask-for-summary.ts";
import { type KeeperOptions, rewriteOptions } from "./keeper-options.ts";
import { takeRewrite } from "./take-rewrite.ts";

/** What came of a compaction, in tokens of the view: it is new, nothing has changed, or the agent was stopped. */
export type Compacted =
  | { readonly kind: "taken"; readonly before: number; readonly after: number }
  | { readonly kind: "failed"; readonly tokens: number; readonly why: string }
  | { readonly kind: "cancelled" };

export interface Compactor {
  /** None, one whose answer is not there yet, or one that can be finished without waiting. */
  readonly state: () => "idle" | "running" | "answered";
  /** `by-hand`: a person asked for it, which is said wherever it is told of. */
  readonly start: (reason?: "by-hand") => void;
  readonly finish: () => Promise<Compacted>;
}

/** One compaction at a time, beside the agent's work: what is said meanwhile stays behind the summary. */
export function createCompactor(options: KeeperOptions): Compactor {
  const { window } = options;
  let running:
    | {
        readonly upTo: number;
        readonly summary: Promise<Summary>;
        readonly emit: KeeperOptions["emit"];
        isAnswered: boolean;
      }
    | undefined;
  return {
    state: () => (running === undefined ? "idle" : running.isAnswered ? "answered" : "running"),
    start: (reason) => {
      const summary = askForSummary(options.client, window.request(), {
        signal: options.signal,
        gate: options.gate,
        about: window.about(),
      });
      const emit = reason === undefined ? options.emit : withReason(options.emit, reason);
      const started = { upTo: window.entries().length, summary, emit, isAnswered: false };
      running = started;
      void noteAnswer(summary, started);
    },
    finish: async () => {
      if (running === undefined) return { kind: "cancelled" };
      const { upTo, emit } = running;
      const said = await running.summary;
      running = undefined;
      if (said.kind === "cancelled") return { kind: "cancelled" };
      if (said.usage !== undefined) options.spend(said.usage);
      const before = Math.round(window.tokens().likely);
      const why =
        said.kind === "failed"
          ? said.why
          : await takeSummary({ ...options, emit }, { upTo, summary: said.text });
      if (why === undefined)
        return { kind: "taken", before, after: Math.round(window.tokens().likely) };
      const short = why.slice(0, 300).toWellFormed();
      emit({ kind: "context", did: "compaction-failed", before, after: before, why: short });
      return { kind: "failed", tokens: before, why: short };
    },
  };
}

function withReason(emit: KeeperOptions["emit"], reason: "by-hand"): KeeperOptions["emit"] {
  return (event) => emit(event.kind === "context" ? { ...event, reason } : event);
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
