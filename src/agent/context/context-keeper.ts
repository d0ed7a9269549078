import {
  type Breaker,
  closedBreaker,
  compactionStarted,
  failed,
  succeeded,
  triggered,
} from "../../core/context/breaker.ts";
import { decidePass, type Pass } from "../../core/context/decide-pass.ts";
import { handoffText } from "../../core/context/handoff-text.ts";
import { ledgerOf } from "../../core/context/ledger.ts";
import { isNearThreshold } from "../../core/context/near-threshold.ts";
import { planForgetting, planReset, planRewrite } from "../../core/context/plan-rewrite.ts";
import { planPlain } from "../../core/context/plan-summary.ts";
import { currentEpoch } from "../../core/context/render-view.ts";
import type { Rewrite } from "../../core/context/rewrite.ts";
import type { Compaction } from "../../model/control.ts";
import { type Compacted, type Compactor, createCompactor } from "./compactor.ts";
import { type KeeperOptions, rewriteOptions } from "./keeper-options.ts";
import { createServerWatch, type ServerWatch } from "./server-watch.ts";
import { takeRewrite } from "./take-rewrite.ts";
import { whyNotCompact } from "./why-not-compact.ts";

/** `full`: nothing more can be done for this agent; another one has to go on with its work. */
export type Tidied = "ready" | "full";

/** Where an agent stands: turns made, and turns it may still make. */
export interface TurnCount {
  readonly made: number;
  readonly left: number;
}

export interface ContextKeeper {
  /** One pass, between a turn and the next request. */
  readonly tidy: (turns: TurnCount) => Promise<Tidied>;
  /** The API found the last request too long: the view shrinks by what is left to do, without asking a model. */
  readonly shrink: (turns: TurnCount) => Promise<Tidied>;
  /** The API did not take thinking back: all of it is left out. Undefined: that was done at this turn already. */
  readonly forgetThinking: (turns: TurnCount) => Promise<Tidied | undefined>;
  /** The server does not take what the regime sends: from now on none of it. Undefined: nothing of it was sent. */
  readonly fallBack: (turns: TurnCount, why: string) => Promise<Tidied | undefined>;
  /** What another agent needs to go on with the work. */
  readonly handoff: () => string;
}

interface Keeping extends KeeperOptions {
  readonly compactor: Compactor;
  readonly watch: ServerWatch;
  /** Turns at which the last resorts were taken, and what is known of compactions. */
  readonly state: {
    breaker: Breaker;
    resetAt: number;
    shrunkAt: number;
    forgotAt: number;
    countedAt: number;
  };
}

/** Least that the reactive path has to shrink the view by, as a share. */
const shrinkMin = 0.1;

/** Keeps one agent's context within its working window: decided in `decide-pass.ts`, done here. */
export function createContextKeeper(options: KeeperOptions): ContextKeeper {
  const never = Number.NEGATIVE_INFINITY;
  const keeping: Keeping = {
    ...options,
    compactor: createCompactor(options),
    watch: createServerWatch(options),
    state: {
      breaker: closedBreaker,
      resetAt: never,
      shrunkAt: never,
      forgotAt: never,
      countedAt: never,
    },
  };
  return {
    tidy: (turns) => tidy(keeping, turns),
    shrink: (turns) => shrink(keeping, turns),
    forgetThinking: async ({ made }) => {
      if (keeping.state.forgotAt === made) return undefined;
      keeping.state.forgotAt = made;
      const { window } = options;
      return (await take(keeping, planForgetting(window.entries(), optionsOf(keeping))))
        ? "ready"
        : "full";
    },
    fallBack: (turns, why) => fallBack(keeping, turns, why),
    handoff: () => handoffText(options.window.entries(), options.window.tokensOfText),
  };
}

async function tidy(keeping: Keeping, turns: TurnCount): Promise<Tidied> {
  const { compactor, state, limits, signal } = keeping;
  if (keeping.regime.now() === "server") return watchServer(keeping, turns);
  if (compactor.state() === "answered" && (await finish(keeping, turns)) === "full") return "full";
  heedPerson(keeping, turns);
  await count(keeping, turns);
  const pass = passOf(keeping, turns);
  if (pass.kind === "none" || signal.aborted) return "ready";
  if (pass.kind === "reset") return reset(keeping, turns);
  if (pass.kind === "rewrite")
    return (await take(keeping, pass.rewrite)) ? "ready" : reset(keeping, turns);
  if (pass.kind === "compact") {
    state.breaker = compactionStarted(state.breaker, turns.made, limits);
    compactor.start();
    if (!pass.blocking) return "ready";
  }
  if ((await finish(keeping, turns)) === "full") return "full";
  // What came of it may leave too much still: the breaker bounds how often this goes round.
  return tidy(keeping, turns);
}

/** Near a threshold the API is asked how large the context is, once a turn; whatever comes of it, the work goes on. */
async function count(keeping: Keeping, { made }: TurnCount): Promise<void> {
  const { window, state, limits, tokensMax, signal } = keeping;
  if (state.countedAt === made || !isNearThreshold(window.tokens().guarded, tokensMax, limits))
    return;
  state.countedAt = made;
  const all = window.entries().length;
  const tokens = await keeping.countTokens(window.requestUpTo(all), signal);
  if (tokens !== undefined) window.learnCount(tokens);
}

const serversWork = "the API keeps this context small by itself";

/** The server keeps the context small; summaries that are of no use end that as they would end ours. */
async function watchServer(keeping: Keeping, turns: TurnCount): Promise<Tidied> {
  const { watch, state, limits, desk, window } = keeping;
  if (desk.isAsked())
    desk.answer({ kind: "left", tokens: Math.round(window.tokens().likely), why: serversWork });
  for (const problem of await watch.newSummaries()) {
    state.breaker = triggered(state.breaker, turns.made, limits);
    state.breaker =
      problem === undefined ? succeeded(state.breaker, turns.made) : failed(state.breaker, limits);
  }
  if (state.breaker.state !== "open") return "ready";
  return (await fallBack(keeping, turns, "its summaries were of no use")) ?? "ready";
}

function passOf(keeping: Keeping, { made, left }: TurnCount): Pass {
  const { window, compactor, state, limits, tokensMax, stages } = keeping;
  const tokens = window.tokens().guarded;
  const compacting = compactor.state() !== "idle";
  if (tokens >= limits.softAt * tokensMax && !compacting)
    state.breaker = triggered(state.breaker, made, limits);
  return decidePass({
    tokens,
    window: tokensMax,
    fixed: window.fixedTokens(),
    turn: made,
    // Nobody knows how long an agent will go on: likely about as long as it has, if it may.
    turnsLeft: Math.min(left, made),
    compacting,
    breaker: state.breaker,
    limits,
    price: keeping.price,
    planRewrite: () =>
      stages.size === 0 ? undefined : planRewrite(window.entries(), optionsOf(keeping)),
  });
}

async function finish(keeping: Keeping, turns: TurnCount): Promise<Tidied> {
  const { compactor, state, limits, desk } = keeping;
  const came = await compactor.finish();
  if (came.kind === "taken") state.breaker = succeeded(state.breaker, turns.made);
  else if (came.kind === "failed") state.breaker = failed(state.breaker, limits);
  desk.answer(toldOf(came));
  const isServers = came.kind === "refused" || (came.kind === "failed" && came.isServers);
  return isServers ? ((await fallBack(keeping, turns, came.why)) ?? "ready") : "ready";
}

/** Whoever asked is told what came of the compaction under way, also when it was not begun for them. */
function toldOf(came: Compacted): Compaction {
  switch (came.kind) {
    case "taken":
      return { kind: "compacted", before: came.before, after: came.after };
    case "failed":
    case "refused":
      return { kind: "left", tokens: came.tokens, why: came.why.slice(0, 300) };
    case "cancelled":
      return { kind: "ended" };
  }
}

/** Begins what a person asked for, beside the agent's work as at the soft limit; or tells why not. */
function heedPerson(keeping: Keeping, { made }: TurnCount): void {
  const { compactor, desk, state, limits, window } = keeping;
  if (!desk.isAsked() || compactor.state() !== "idle") return;
  const why = whyNotCompact(keeping, { breaker: state.breaker, turn: made });
  if (why !== undefined)
    return desk.answer({ kind: "left", tokens: Math.round(window.tokens().likely), why });
  state.breaker = compactionStarted(state.breaker, made, limits);
  compactor.start("by-hand");
}

/** Between two epochs: what the API wrote is told in plain text, and nothing of its beta is sent any more. */
async function fallBack(
  keeping: Keeping,
  turns: TurnCount,
  why: string,
): Promise<Tidied | undefined> {
  const { regime, window, emit } = keeping;
  const before = regime.now();
  const isSummed = currentEpoch(window.entries()).epoch?.summary !== undefined;
  if (before === "client" && !isSummed) return undefined;
  regime.fallBack();
  const tokens = Math.round(window.tokens().likely);
  emit({
    kind: "context",
    did: "fallback",
    before: tokens,
    after: tokens,
    why: why.slice(0, 300).toWellFormed(),
  });
  if (before === "server") {
    // All that the server had left out is in the view again.
    window.forgetMeasured();
    return reset(keeping, turns);
  }
  if (!isSummed) return "ready";
  const plain = planPlain(window.entries(), optionsOf(keeping));
  return (await take(keeping, plain)) ? "ready" : reset(keeping, turns);
}

async function reset(keeping: Keeping, { made }: TurnCount): Promise<Tidied> {
  const { state, limits, window, tokensMax } = keeping;
  if (made - state.resetAt <= limits.resetTurns) return "full";
  state.resetAt = made;
  const isTaken = await take(keeping, planReset(window.entries(), optionsOf(keeping)));
  return isTaken && window.tokens().guarded < limits.hardAt * tokensMax ? "ready" : "full";
}

async function shrink(keeping: Keeping, turns: TurnCount): Promise<Tidied> {
  const { compactor, state, window } = keeping;
  if (keeping.regime.now() === "server")
    return (await fallBack(keeping, turns, "the context outgrew its model")) ?? "full";
  if (compactor.state() !== "idle" && (await finish(keeping, turns)) === "full") return "full";
  const { epoch, ...planned } = planRewrite(window.entries(), optionsOf(keeping));
  const isEnough = epoch.after <= epoch.before * (1 - shrinkMin);
  if (!isEnough || state.shrunkAt === turns.made) return reset(keeping, turns);
  state.shrunkAt = turns.made;
  const isTaken = await take(keeping, { ...planned, epoch: { ...epoch, reason: "overflow" } });
  return isTaken ? "ready" : reset(keeping, turns);
}

function take(keeping: Keeping, rewrite: Rewrite): Promise<boolean> {
  return takeRewrite(keeping, rewrite, ledgerOf(keeping.window.entries()));
}

function optionsOf(keeping: Keeping): ReturnType<typeof rewriteOptions> {
  return rewriteOptions(keeping, ledgerOf(keeping.window.entries()));
}
