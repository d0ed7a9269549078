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
import {
  planForgetting,
  planReset,
  planRewrite,
  type Rewrite,
} from "../../core/context/plan-rewrite.ts";
import type { Compaction } from "../../model/control.ts";
import { type Compacted, type Compactor, createCompactor } from "./compactor.ts";
import { type KeeperOptions, rewriteOptions } from "./keeper-options.ts";
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
  /** What another agent needs to go on with the work. */
  readonly handoff: () => string;
}

interface Keeping extends KeeperOptions {
  readonly compactor: Compactor;
  /** Turns at which the last resorts were taken, and what is known of compactions. */
  readonly state: { breaker: Breaker; resetAt: number; shrunkAt: number; forgotAt: number };
}

/** Least that the reactive path has to shrink the view by, as a share. */
const shrinkMin = 0.1;

/** Keeps one agent's context within its working window: decided in `decide-pass.ts`, done here. */
export function createContextKeeper(options: KeeperOptions): ContextKeeper {
  const never = Number.NEGATIVE_INFINITY;
  const keeping: Keeping = {
    ...options,
    compactor: createCompactor(options),
    state: { breaker: closedBreaker, resetAt: never, shrunkAt: never, forgotAt: never },
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
    handoff: () => handoffText(options.window.entries(), options.window.tokensOfText),
  };
}

async function tidy(keeping: Keeping, turns: TurnCount): Promise<Tidied> {
  const { compactor, state, limits, signal } = keeping;
  if (compactor.state() === "answered") await finish(keeping, turns);
  heedPerson(keeping, turns);
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
  await finish(keeping, turns);
  // What came of it may leave too much still: the breaker bounds how often this goes round.
  return tidy(keeping, turns);
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

async function finish(
  { compactor, state, limits, desk }: Keeping,
  { made }: TurnCount,
): Promise<void> {
  const came = await compactor.finish();
  if (came.kind === "taken") state.breaker = succeeded(state.breaker, made);
  else if (came.kind === "failed") state.breaker = failed(state.breaker, limits);
  desk.answer(toldOf(came));
}

/** Whoever asked is told what came of the compaction under way, also when it was not begun for them. */
function toldOf(came: Compacted): Compaction {
  switch (came.kind) {
    case "taken":
      return { kind: "compacted", before: came.before, after: came.after };
    case "failed":
      return { kind: "left", tokens: came.tokens, why: came.why };
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

async function reset(keeping: Keeping, { made }: TurnCount): Promise<Tidied> {
  const { state, limits, window, tokensMax } = keeping;
  if (made - state.resetAt <= limits.resetTurns) return "full";
  state.resetAt = made;
  const isTaken = await take(keeping, planReset(window.entries(), optionsOf(keeping)));
  return isTaken && window.tokens().guarded < limits.hardAt * tokensMax ? "ready" : "full";
}

async function shrink(keeping: Keeping, turns: TurnCount): Promise<Tidied> {
  const { compactor, state, window } = keeping;
  if (compactor.state() !== "idle") await finish(keeping, turns);
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
