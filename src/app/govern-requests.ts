import type { Ledger } from "../core/governor/caps.ts";
import {
  asked,
  begun,
  createGovernor,
  dropped,
  ended,
  type Governor,
  release,
} from "../core/governor/governor.ts";
import { shownUsd } from "../core/report/figures.ts";
import type { Cap } from "../model/contract.ts";
import type { Answers, Question } from "../model/question.ts";
import type { RequestEnd } from "../model/request-end.ts";
import type { Clock } from "../ports/clock.ts";
import type { AskingAgent } from "../ports/questions.ts";

type Admit = Extract<Question, { readonly kind: "admit" }>;
type Sent = Extract<Question, { readonly kind: "sent" }>;

/** The one gate that all requests of a run pass. */
export interface RequestGovernor {
  readonly admit: (request: Admit, agent: AskingAgent) => Promise<Answers["admit"]>;
  readonly sent: (report: Sent, agent: AskingAgent) => void;
  /** What the API said last of its limits, by model. */
  readonly allowances: () => Governor["allowances"];
}

export interface GovernorOptions {
  readonly clock: Clock;
  /** Requests at a time, at most. */
  readonly limitMax: number;
  /** What earlier processes of the run spent, under the names of caps. */
  readonly spent: Ledger;
  /** Aborts with the run. */
  readonly signal: AbortSignal;
}

interface Waiting {
  readonly go: () => void;
  readonly refuse: (cap: Cap) => void;
}

interface Governing extends GovernorOptions {
  readonly waiting: Map<number, Waiting>;
  /** Who sends what: a ticket is good only for the agent it was given to. */
  readonly owners: Map<number, AskingAgent["gone"]>;
  readonly now: { governor: Governor; wakeAt: number; tickets: number };
}

export function createRequestGovernor(options: GovernorOptions): RequestGovernor {
  const governing: Governing = {
    ...options,
    waiting: new Map(),
    owners: new Map(),
    now: {
      governor: createGovernor(options.limitMax, options.spent),
      wakeAt: Number.POSITIVE_INFINITY,
      tickets: 0,
    },
  };
  return {
    admit: (request, agent) => admit(governing, request, agent),
    sent: ({ ticket, end, allowance }, { gone }) => {
      if (governing.owners.get(ticket) !== gone) return;
      if (end !== undefined) close(governing, ticket, end);
      else {
        governing.now.governor = begun(governing.now.governor, { id: ticket, allowance });
        pump(governing);
      }
    },
    allowances: () => governing.now.governor.allowances,
  };
}

function admit(
  governing: Governing,
  question: Admit,
  agent: AskingAgent,
): Promise<Answers["admit"]> {
  const { now, waiting, owners, clock } = governing;
  const id = (now.tickets += 1);
  const { promise, resolve } = Promise.withResolvers<Answers["admit"]>();
  const once = { once: true } as const;
  const go = (): void => {
    owners.set(id, agent.gone);
    // An agent that ends without a word has had no answer.
    agent.gone.addEventListener("abort", () => close(governing, id, unanswered), once);
    resolve({ kind: "go", ticket: id });
  };
  const refuse = (cap: Cap): void => resolve({ kind: "budget", message: budgetMessage(cap) });
  const drop = (): void => {
    if (!waiting.delete(id)) return;
    now.governor = dropped(now.governor, id);
    resolve({ kind: "budget", message: "nobody waits for it" });
  };
  waiting.set(id, { go, refuse });
  agent.signal.addEventListener("abort", drop, once);
  const { kind: _kind, ...request } = question;
  const { caps, priority } = agent.contract;
  now.governor = asked(now.governor, { ...request, id, caps, priority, since: clock.now() });
  pump(governing);
  return promise;
}

function budgetMessage({ name, usd, tokens }: Cap): string {
  const most = [
    ...(usd === undefined ? [] : [shownUsd(usd)]),
    ...(tokens === undefined ? [] : [`${tokens} tokens`]),
  ];
  return `what ${name} may spend is used up (${most.join(", ")})`;
}

const unanswered = { kind: "failed", usd: 0, tokens: 0 } as const;

function close(governing: Governing, ticket: number, end: RequestEnd): void {
  const { now, owners, clock } = governing;
  if (!owners.delete(ticket)) return;
  now.governor = ended(now.governor, { id: ticket, now: clock.now(), end });
  pump(governing);
}

/** Lets go whatever may go, and looks again when time alone will have changed something. */
function pump(governing: Governing): void {
  const { now, waiting, clock } = governing;
  const released = release(now.governor, clock.now());
  now.governor = released.governor;
  for (const id of released.ids) {
    waiting.get(id)?.go();
    waiting.delete(id);
  }
  for (const { id, cap } of released.refused) {
    waiting.get(id)?.refuse(cap);
    waiting.delete(id);
  }
  if (released.nextAt !== undefined && released.nextAt < now.wakeAt)
    void wake(governing, released.nextAt);
}

async function wake(governing: Governing, at: number): Promise<void> {
  const { now, clock, signal } = governing;
  now.wakeAt = at;
  await clock.sleep(Math.max(1, at - clock.now()), signal);
  if (now.wakeAt === at) now.wakeAt = Number.POSITIVE_INFINITY;
  if (!signal.aborted) pump(governing);
}
