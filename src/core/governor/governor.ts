import type { Cap } from "../../model/contract.ts";
import type { Allowance, RequestEnd } from "../../model/request-end.ts";
import { isExhausted, taken, waitFor } from "./allowance.ts";
import { booked, type Cost, isSpokenFor, type Ledger, usedUp } from "./caps.ts";

/** A request that waits to be sent. */
export interface WaitingRequest extends Cost {
  readonly id: number;
  readonly model: string;
  /** Names the beginning that requests of the same kind share, and the cache with it. */
  readonly prefix: string;
  /** Tokens that the cache will not have: what counts against the limit of input tokens. */
  readonly freshTokens: number;
  readonly caps: readonly Cap[];
  readonly since: number;
  /** Larger goes first. */
  readonly priority: number;
}

interface SentRequest extends WaitingRequest {
  readonly sentAt: number;
  readonly hasBegun: boolean;
}

/** One for all requests of a run. Immutable. */
export interface Governor {
  /** Requests at a time; a fraction grows into a whole one. */
  readonly limit: number;
  readonly limitMax: number;
  readonly waiting: readonly WaitingRequest[];
  readonly sent: ReadonlyMap<number, SentRequest>;
  readonly allowances: ReadonlyMap<string, Allowance>;
  /** Until when a prefix is in the cache, by its name. */
  readonly warmUntil: ReadonlyMap<string, number>;
  /** Nobody sends before; set when the server is overloaded. */
  readonly pausedUntil: number;
  /** The last time the limit was cut: requests sent before it tell of the same overload. */
  readonly cutAt: number;
  /** Cuts in a row without an answer between them, for how long to wait. */
  readonly cuts: number;
  /** Whether each of the last requests met an overload, the newest last. */
  readonly recent: readonly boolean[];
  readonly spent: Ledger;
}

/** What is in the cache stays there for five minutes from the start of the last request that used it. */
const warmMs = 5 * 60_000;
const pauseMs = 1_000;
const pauseMsMax = 30_000;
/** A request waits at most this long behind ones of a higher priority, for each step between them. */
const priorityMs = 5_000;

export function createGovernor(limitMax: number, spent: Ledger = new Map()): Governor {
  return {
    limit: limitMax,
    limitMax,
    waiting: [],
    sent: new Map(),
    allowances: new Map(),
    warmUntil: new Map(),
    pausedUntil: 0,
    cutAt: Number.NEGATIVE_INFINITY,
    cuts: 0,
    recent: [],
    spent,
  };
}

export function asked(governor: Governor, request: WaitingRequest): Governor {
  return { ...governor, waiting: [...governor.waiting, request] };
}

/** Nobody waits for it any more. */
export function dropped(governor: Governor, id: number): Governor {
  return { ...governor, waiting: governor.waiting.filter((one) => one.id !== id) };
}

/** The first of its answer came: from now on its prefix is in the cache. */
export function begun(
  governor: Governor,
  { id, allowance }: { readonly id: number; readonly allowance: Allowance | undefined },
): Governor {
  const request = governor.sent.get(id);
  if (request === undefined) return governor;
  const sent = new Map(governor.sent).set(id, { ...request, hasBegun: true });
  const warmUntil = new Map(governor.warmUntil).set(request.prefix, request.sentAt + warmMs);
  return learnt({ ...governor, sent, warmUntil }, request, allowance);
}

/** What the server says is left, less what it cannot have known of: requests sent since whose answers have not begun. */
function learnt(
  governor: Governor,
  { model, id }: SentRequest,
  allowance: Allowance | undefined,
): Governor {
  if (allowance === undefined) return governor;
  const unknown = [...governor.sent.values()].filter(
    (one) => one.model === model && one.id > id && !one.hasBegun,
  );
  const left = unknown.reduce(taken, allowance);
  return { ...governor, allowances: new Map(governor.allowances).set(model, left) };
}

/**
 * Additive increase, multiplicative decrease: each answer raises the limit by a part, an overload halves it, once for
 * all requests that were under way. One refusal among many answers is chance, not an overload, and cuts nothing: at 5%
 * of those, halving would leave four requests at a time of sixty-four. The whole swarm waits as long as the server asks,
 * when its own figures say that nothing is left, or when it refuses several; otherwise only the one request does.
 */
export function ended(
  governor: Governor,
  { id, now, end }: { readonly id: number; readonly now: number; readonly end: RequestEnd },
): Governor {
  const request = governor.sent.get(id);
  if (request === undefined) return governor;
  const sent = new Map(governor.sent);
  sent.delete(id);
  // Of an answer that broke off nobody says what it cost: the estimate counts.
  const cost = end.kind === "failed" && request.hasBegun ? request : end;
  const spent = booked(governor.spent, request, cost);
  const base = learnt({ ...governor, sent, spent }, request, end.allowance);
  if (end.kind === "failed") return base;
  const recent = [...governor.recent, end.kind === "overloaded"].slice(-recentMax);
  if (end.kind === "answered") {
    const limit = Math.min(governor.limitMax, governor.limit + 1 / governor.limit);
    return { ...base, limit, recent, cuts: 0 };
  }
  const isUsedUp = end.allowance !== undefined && isExhausted(end.allowance);
  const pausedUntil = Math.max(governor.pausedUntil, isUsedUp ? now + (end.retryAfterMs ?? 0) : 0);
  if (request.sentAt <= governor.cutAt || !isOverload(recent))
    return { ...base, recent, pausedUntil };
  const wait = end.retryAfterMs ?? Math.min(pauseMsMax, pauseMs * 2 ** governor.cuts);
  return {
    ...base,
    limit: Math.max(1, governor.limit / 2),
    cutAt: now,
    cuts: governor.cuts + 1,
    recent: [],
    pausedUntil: Math.max(pausedUntil, now + wait),
  };
}

/** Requests that are looked back on. */
const recentMax = 20;
const inARow = 4;

/** Several in a row, or two of five. */
function isOverload(recent: readonly boolean[]): boolean {
  const met = recent.filter(Boolean).length;
  const last = recent.slice(-inARow);
  return (
    (last.length === inARow && last.every(Boolean)) || (met > inARow && met > 0.4 * recent.length)
  );
}

export interface Released {
  readonly governor: Governor;
  /** May be sent now. */
  readonly ids: readonly number[];
  /** Will never be sent: what may be spent is. */
  readonly refused: readonly { readonly id: number; readonly cap: Cap }[];
  /** When to look again though nothing has happened. */
  readonly nextAt: number | undefined;
}

/** Sends whatever may be sent now. */
export function release(before: Governor, now: number): Released {
  const { governor, refused } = refuse(before);
  if (governor.waiting.length === 0) return { governor, refused, ids: [], nextAt: undefined };
  if (now < governor.pausedUntil)
    return { governor, refused, ids: [], nextAt: governor.pausedUntil };
  let next = governor;
  let nextAt: number | undefined;
  const ids: number[] = [];
  for (const request of inOrder(governor.waiting)) {
    if (next.sent.size >= Math.floor(next.limit)) break;
    const wait = waitFor(next.allowances.get(request.model), request, now);
    if (wait > 0) nextAt = Math.min(nextAt ?? Number.POSITIVE_INFINITY, now + wait);
    if (wait > 0 || isWarming(next, request, now)) continue;
    if (isSpokenFor(next.spent, next.sent.values(), request)) continue;
    next = send(next, request, now);
    ids.push(request.id);
  }
  return { governor: next, refused, ids, nextAt };
}

function refuse(governor: Governor): Pick<Released, "governor" | "refused"> {
  const refused = governor.waiting.flatMap((request) => {
    const cap = usedUp(governor.spent, request);
    return cap === undefined ? [] : [{ id: request.id, cap }];
  });
  if (refused.length === 0) return { governor, refused };
  const gone = new Set(refused.map(({ id }) => id));
  const waiting = governor.waiting.filter(({ id }) => !gone.has(id));
  return { governor: { ...governor, waiting }, refused };
}

function inOrder(waiting: readonly WaitingRequest[]): readonly WaitingRequest[] {
  const turn = ({ since, priority }: WaitingRequest): number => since - priority * priorityMs;
  return waiting.toSorted((a, b) => turn(a) - turn(b) || a.id - b.id);
}

/** Another request is writing the same prefix to the cache: to send this one now would write it twice. */
function isWarming(governor: Governor, { prefix }: WaitingRequest, now: number): boolean {
  if ((governor.warmUntil.get(prefix) ?? 0) > now) return false;
  return [...governor.sent.values()].some((one) => one.prefix === prefix && !one.hasBegun);
}

function send(governor: Governor, request: WaitingRequest, now: number): Governor {
  const allowance = governor.allowances.get(request.model);
  const warmUntil =
    (governor.warmUntil.get(request.prefix) ?? 0) > now
      ? new Map(governor.warmUntil).set(request.prefix, now + warmMs)
      : governor.warmUntil;
  return {
    ...governor,
    waiting: governor.waiting.filter(({ id }) => id !== request.id),
    sent: new Map(governor.sent).set(request.id, { ...request, sentAt: now, hasBegun: false }),
    warmUntil,
    allowances:
      allowance === undefined
        ? governor.allowances
        : new Map(governor.allowances).set(request.model, taken(allowance, request)),
  };
}
