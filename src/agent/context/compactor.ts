import { ledgerOf } from "../../core/context/ledger.ts";
import { cutForSummary, planSummarised, planSummary } from "../../core/context/plan-summary.ts";
import { currentEpoch } from "../../core/context/render-view.ts";
import type { Rewrite } from "../../core/context/rewrite.ts";
import { askForBlock, askForSummary, type Summary } from "./ask-for-summary.ts";
import { judgeSummary } from "./judge-summary.ts";
import { type KeeperOptions, rewriteOptions } from "./keeper-options.ts";
import { takeRewrite } from "./take-rewrite.ts";

/**
 * What came of a compaction, in tokens of the view: it is new, nothing has changed, or the agent was stopped. `refused`: the
 * server cannot do it; `failed` may have been for that, and counts as a failure all the same.
 */
export type Compacted =
  | { readonly kind: "taken"; readonly before: number; readonly after: number }
  | {
      readonly kind: "failed";
      readonly tokens: number;
      readonly why: string;
      readonly isServers: boolean;
    }
  | { readonly kind: "refused"; readonly tokens: number; readonly why: string }
  | { readonly kind: "cancelled" };

export interface Compactor {
  /** None, one whose answer is not there yet, or one that can be finished without waiting. */
  readonly state: () => "idle" | "running" | "answered";
  /** `reason`: why it is begun when the context would not call for it. */
  readonly start: (reason?: "by-hand") => void;
  readonly finish: () => Promise<Compacted>;
}

interface Running {
  /** What the model saw: everything before this entry. */
  readonly upTo: number;
  /** The view was written anew this often. */
  readonly epoch: number;
  readonly summary: Promise<Summary>;
  readonly emit: KeeperOptions["emit"];
  isAnswered: boolean;
}

type Text = Extract<Summary, { readonly kind: "text" }>;

/** One compaction at a time, beside the agent's work: what is said meanwhile stays behind the summary. */
export function createCompactor(options: KeeperOptions): Compactor {
  const { window } = options;
  let running: Running | undefined;
  return {
    state: () => (running === undefined ? "idle" : running.isAnswered ? "answered" : "running"),
    start: (reason) => {
      const asked = ask(options);
      const epoch = currentEpoch(window.entries()).number;
      const emit = reason === undefined ? options.emit : withReason(options.emit, reason);
      const started = { ...asked, epoch, emit, isAnswered: false };
      running = started;
      void noteAnswer(started);
    },
    finish: async () => {
      if (running === undefined) return { kind: "cancelled" };
      const { upTo, epoch, summary, emit } = running;
      const said = await summary;
      running = undefined;
      if (said.kind === "cancelled") return { kind: "cancelled" };
      if (said.usage !== undefined) options.spend(said.usage);
      const before = Math.round(window.tokens().likely);
      if (said.kind === "refused") return { kind: "refused", tokens: before, why: said.why };
      const why =
        said.kind === "failed"
          ? said.why
          : await takeSummary({ ...options, emit }, { upTo, epoch, said });
      if (why === undefined)
        return { kind: "taken", before, after: Math.round(window.tokens().likely) };
      tellFailed({ window, emit }, why);
      const isServers = said.kind === "failed" && said.isUnavailable === true;
      return { kind: "failed", tokens: before, why, isServers };
    },
  };
}

function withReason(emit: KeeperOptions["emit"], reason: "by-hand"): KeeperOptions["emit"] {
  return (event) => emit(event.kind === "context" ? { ...event, reason } : event);
}

/** By the agent's regime: the API, of what was sent already; or the model, of all there is. */
function ask(options: KeeperOptions): Pick<Running, "upTo" | "summary"> {
  const { window, client, signal, gate } = options;
  const call = { signal, gate, about: window.about() };
  const entries = window.entries();
  if (options.regime.now() === "client")
    return { upTo: entries.length, summary: askForSummary(client, window.request(), call) };
  const upTo = cutForSummary(entries, rewriteOptions(options, ledgerOf(entries)));
  if (upTo === undefined)
    return { upTo: 0, summary: Promise.resolve({ kind: "failed", why: nothingOld }) };
  return { upTo, summary: askForBlock(client, window.requestUpTo(upTo), call) };
}

const nothingOld = "there is nothing old enough to sum up";

async function noteAnswer(running: Running): Promise<void> {
  await running.summary;
  Object.assign(running, { isAnswered: true });
}

export function tellFailed(
  { window, emit }: Pick<KeeperOptions, "window" | "emit">,
  why: string,
): void {
  const tokens = Math.round(window.tokens().likely);
  emit({
    kind: "context",
    did: "compaction-failed",
    before: tokens,
    after: tokens,
    why: why.slice(0, 300).toWellFormed(),
  });
}

/** Why it was not taken; undefined when it was. */
async function takeSummary(
  options: KeeperOptions,
  { upTo, epoch, said }: Pick<Running, "upTo" | "epoch"> & { readonly said: Text },
): Promise<string | undefined> {
  const { window } = options;
  const entries = window.entries();
  if (currentEpoch(entries).number !== epoch) return "the context was written anew meanwhile";
  const ledger = ledgerOf(entries);
  const planned = planOf(options, { upTo, said });
  if (planned === undefined) return nothingOld;
  const problem = judgeSummary(options, {
    summary: said.text,
    spoken: planned.spills.map(({ text }) => text).join("\n"),
    ledger,
    before: planned.epoch.before,
    after: planned.epoch.after,
  });
  if (problem !== undefined) return problem;
  return (await takeRewrite(options, planned, ledger))
    ? undefined
    : "what it replaces could not be kept";
}

function planOf(
  options: KeeperOptions,
  { upTo, said }: { readonly upTo: number; readonly said: Text },
): Rewrite | undefined {
  const entries = options.window.entries();
  const how = rewriteOptions(options, ledgerOf(entries));
  return said.block === undefined
    ? planSummary(entries, { ...how, summary: said.text.toWellFormed(), upTo })
    : planSummarised(entries, { ...how, block: said.block, to: upTo });
}
