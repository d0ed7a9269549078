import type { OfflineTurn, Responder } from "../turn.ts";
import { answeredTurns } from "./script.ts";

export interface SteadyOptions {
  /** Calls to make before the last turn. */
  readonly turns: number;
  readonly toolName: string;
  /** The input of every call, or how to make it from the turn's number, counted from 0. */
  readonly input: object | ((turn: number) => object);
  readonly latencyMs?: number;
  /** Left out: the text "done". */
  readonly last?: OfflineTurn;
}

/** The same call over and over, then an end: a conversation of known length, for benchmarks. */
export function steady({ turns, toolName, input, latencyMs, last }: SteadyOptions): Responder {
  const latency = latencyMs === undefined ? {} : { latencyMs };
  return (request) => {
    const turn = answeredTurns(request);
    if (turn >= turns)
      return { ...latency, ...(last ?? { content: [{ type: "text", text: "done" }] }) };
    const made: unknown =
      typeof input === "function" ? (input as (turn: number) => object)(turn) : input;
    return { ...latency, content: [{ type: "tool_use", name: toolName, input: made }] };
  };
}
