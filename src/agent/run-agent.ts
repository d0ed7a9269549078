import { realpath } from "node:fs/promises";

import { betaParts, usableRegime } from "../core/context/regime.ts";
import {
  type ContextUpkeep,
  scaledTo,
  type Thresholds,
  workingWindow,
} from "../core/context/thresholds.ts";
import { priceSharesOf } from "../core/prices.ts";
import type { Clean } from "../core/secrets/redact-value.ts";
import type { AgentResult, Contract } from "../model/contract.ts";
import type { AgentEvent } from "../model/event.ts";
import type { RunHooks } from "../ports/hooks.ts";
import type { BetaParts, ModelClient } from "../ports/model-client.ts";
import type { Ask } from "../ports/questions.ts";
import type { RequestGate } from "../ports/request-gate.ts";
import type { CountTokens } from "../ports/token-counter.ts";
import { createCheckpoints } from "./checkpoints.ts";
import { type Admit, createAdmission } from "./context/admit-results.ts";
import type { CompactionDesk } from "./context/compaction-desk.ts";
import { type ContextKeeper, createContextKeeper } from "./context/context-keeper.ts";
import { type ContextWindow, openContextWindow } from "./context/context-window.ts";
import { createRegimeSwitch, type RegimeSwitch } from "./context/regime-switch.ts";
import { createRehydration } from "./context/rehydrate.ts";
import { goOn } from "./go-on.ts";
import { type Approve, createGuard, type Decider } from "./guard.ts";
import { type KeptFiles, openKeptFiles } from "./kept-files.ts";
import { runAgentLoop } from "./loop.ts";
import { openTools, type ToolParts } from "./open-tools.ts";
import type { Guard } from "./run-tool-calls.ts";
import { createSpendMeter, type SpendMeter } from "./spend-meter.ts";
import { createToolHooks } from "./tool-hooks.ts";
import { openTranscript } from "./transcript.ts";

export interface AgentParts extends ToolParts {
  readonly client: ModelClient;
  readonly countTokens: CountTokens;
  readonly deciderOf: (contract: Contract) => Decider;
  /** What the agent has kept on the disk goes through it. */
  readonly clean: Clean;
  readonly neutralGit: Readonly<Record<string, string>>;
  readonly runHooks: RunHooks;
  readonly upkeep: ContextUpkeep;
  readonly gate: RequestGate;
  /** A person is there, who can be asked. */
  readonly asksPerson: boolean;
}

export interface AgentOptions {
  readonly emit: (event: AgentEvent) => void;
  readonly signal: AbortSignal;
  /** Where a person asks for a compaction. */
  readonly desk: CompactionDesk;
}

/** Runs the agent a contract describes, with the tools the contract grants and no others. */
export async function runAgent(
  contract: Contract,
  parts: AgentParts,
  { emit, signal, desk }: AgentOptions,
): Promise<AgentResult> {
  await using transcript = openTranscript(contract.transcript, parts.clean);
  const kept = openKeptFiles(contract.transcript, parts.clean);
  await using toolset = await openTools(contract, parts, { kept, emit });
  const { tools, aboutRole, seen } = toolset;
  const decider = parts.deciderOf(contract);
  const { regime, beta } = regimeOf(contract, parts.upkeep.limits);
  const { window, left } = await goOn({
    transcript,
    openWindow: (keep) =>
      openContextWindow({
        contract,
        tools,
        aboutRole,
        keep,
        takeSeen: seen.take,
        now: () => performance.now(),
        beta,
      }),
    tools,
    seen,
    model: contract.model,
    ask: parts.ask,
    emit,
    signal,
  });
  // Where the server keeps a context small, ours writes it anew only once that has failed: it is not tried again.
  if (regime.now() === "server" && window.entries().some(({ kind }) => kind === "epoch"))
    regime.fallBack();
  const meter = createSpendMeter(contract.model, left.turns);
  if (left.handoff !== undefined)
    return { status: "exhausted", handoff: left.handoff, spent: meter.spent() };
  const keeping = { contract, parts, window, regime, kept, decider, meter };
  return await runAgentLoop({
    ...(await keptContext(keeping, { emit, signal, desk })),
    contract,
    client: parts.client,
    tools,
    guard: guardOf(contract, parts, { decider, emit }),
    hooks: createToolHooks({ contract, runHooks: parts.runHooks, emit, signal }),
    emit,
    signal,
    window,
    meter,
    gate: parts.gate,
    checkpoints: createCheckpoints({
      transcript,
      tools,
      isBusy: toolset.isBusy,
      changesFiles: contract.role === "worker" || contract.role === "reducer",
      ask: parts.ask,
      signal,
      reached: left.reached,
    }),
    left,
  });
}

interface Keeping {
  readonly contract: Contract;
  readonly parts: AgentParts;
  readonly window: ContextWindow;
  readonly regime: RegimeSwitch;
  readonly kept: KeptFiles;
  readonly decider: Decider;
  readonly meter: SpendMeter;
}

/** What keeps the context small: on the way in, and between two turns. */
async function keptContext(
  { contract, parts, window, regime, kept, decider, meter }: Keeping,
  { emit, signal, desk }: AgentOptions,
): Promise<{ readonly keeper: ContextKeeper; readonly admit: Admit }> {
  const { stages } = parts.upkeep;
  const { tokensMax, limits } = limitsOf(contract, parts.upkeep.limits);
  const reach = { root: await realpath(contract.root), write: contract.scope.write };
  const tokensOf = window.tokensOfText;
  return {
    keeper: createContextKeeper({
      window,
      client: parts.client,
      regime,
      countTokens: parts.countTokens,
      gate: parts.gate,
      kept,
      ...createRehydration(reach, { tokensOf, hides: decider.hides }),
      limits,
      stages,
      tokensMax,
      price: priceSharesOf(contract.model),
      emit,
      spend: (usage) => emit({ kind: "spent", spent: meter.add(usage, { turns: 0 }) }),
      signal,
      desk,
    }),
    admit: createAdmission({
      entries: window.entries,
      kept,
      clean: parts.clean,
      limits,
      tokensOf,
      stages,
    }),
  };
}

function regimeOf(
  contract: Contract,
  configured: Thresholds,
): {
  readonly regime: RegimeSwitch;
  readonly beta: (view: { readonly hasSummary: boolean }) => BetaParts | undefined;
} {
  const { tokensMax: window, limits } = limitsOf(contract, configured);
  const sizes = { window, limits };
  const regime = createRegimeSwitch(usableRegime(contract.window.regime ?? "client", sizes));
  return { regime, beta: (view) => betaParts(regime.now(), { ...sizes, ...view }) };
}

function guardOf(
  contract: Contract,
  { neutralGit, asksPerson, ask }: AgentParts,
  { decider, emit }: { readonly decider: Decider; readonly emit: AgentOptions["emit"] },
): Guard {
  const approve = asksPerson ? approvalBy(ask, contract.root) : undefined;
  return createGuard({ contract, decider, neutralGit, emit, approve });
}

function limitsOf(
  { window, maxOutputTokens }: Contract,
  limits: Thresholds,
): { readonly tokensMax: number; readonly limits: Thresholds } {
  const tokensMax = workingWindow(window, { maxOutputTokens, limits });
  return { tokensMax, limits: scaledTo(tokensMax, limits) };
}

/** Bounds are those of the question's door. */
function approvalBy(ask: Ask, cwd: string): Approve {
  return async ({ tool, about, reasons }, signal) => {
    // What nobody can read whole nobody can approve.
    if (about.length > 20_000) return false;
    const short = reasons.slice(0, 20).map((reason) => reason.slice(0, 2_000));
    const answer = await ask({ kind: "approve", tool, about, cwd, reasons: short }, signal);
    return answer.isApproved;
  };
}
