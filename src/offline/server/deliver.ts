import type { ServerResponse } from "node:http";
import { setImmediate as nextTick } from "node:timers/promises";

import type { Clock } from "../../ports/clock.ts";
import type { Fault } from "./faults.ts";
import { refusalBody } from "./refusal.ts";
import { errorFrame } from "./sse.ts";

export interface Delivery {
  readonly response: ServerResponse;
  /** The body: one frame per event of a stream, or the one JSON text. */
  readonly frames: readonly string[];
  readonly streamed: boolean;
  readonly requestId: string;
  readonly fault: Fault | undefined;
  readonly clock: Pick<Clock, "sleep">;
  /** Aborts when the client has gone. */
  readonly gone: AbortSignal;
}

/** Sends an answer, or as much of it as the fault lets through. */
export async function deliver(delivery: Delivery): Promise<void> {
  const { response, frames, streamed, fault, clock, gone } = delivery;
  if (fault?.fault === "slow-first-byte") await clock.sleep(fault.ms, gone);
  response.writeHead(200, {
    "content-type": streamed ? "text/event-stream; charset=utf-8" : "application/json",
    ...(streamed ? { "cache-control": "no-cache" } : {}),
  });
  const body = Buffer.from(faultyFrames(delivery).join(""));
  switch (fault?.fault) {
    case "cut":
      return cutAt(response, body, fault.byte);
    case "stall":
      await write(response, body.subarray(0, Math.min(body.length, frames[0]?.length ?? 0)));
      await clock.sleep(fault.ms, gone);
      response.end(body.subarray(Math.min(body.length, frames[0]?.length ?? 0)));
      return;
    case "split-utf8":
      return writeInside(response, body);
    default:
      response.end(body);
  }
}

function faultyFrames({ frames, streamed, fault, requestId }: Delivery): readonly string[] {
  const [start = "", ...rest] = frames;
  if (!streamed) return frames;
  if (fault?.fault === "duplicate-start") return [start, start, ...rest];
  // Neither JSON nor the end of one.
  if (fault?.fault === "garbled")
    return [start, ...rest.map((frame) => frame.replaceAll("}", "\u0000"))];
  if (fault?.fault === "error-event") {
    const overloaded = {
      status: 529,
      type: "overloaded_error",
      message: "Overloaded (fault plan)",
    } as const;
    return [start, ...rest.slice(0, 2), errorFrame(refusalBody(overloaded, requestId))];
  }
  return frames;
}

/** Ends the connection after so many bytes of the body, without the end that HTTP asks for. */
async function cutAt(response: ServerResponse, body: Buffer, byte: number): Promise<void> {
  // A cut past the end would be no cut.
  await write(response, body.subarray(0, Math.min(byte, body.length - 1)));
  await nextTick();
  response.destroy();
}

/** Sends the body in pieces that each end inside a character, wherever it has one of several bytes. */
async function writeInside(response: ServerResponse, body: Buffer): Promise<void> {
  let from = 0;
  for (let at = 1; at < body.length; at += 1) {
    const continuesCharacter = ((body[at] ?? 0) & 0xc0) === 0x80;
    if (!continuesCharacter) continue;
    await write(response, body.subarray(from, at));
    await nextTick();
    from = at;
  }
  response.end(body.subarray(from));
}

function write(response: ServerResponse, chunk: Buffer): Promise<void> {
  if (response.destroyed) return Promise.resolve();
  return new Promise((resolve) => {
    // An error means the client has gone; nobody is left to tell.
    response.write(chunk, () => {
      resolve();
    });
  });
}
