import { hash } from "node:crypto";

import type { Prompt } from "./prompt.ts";
import { place } from "./turns.ts";
import type { Placed, Turn } from "./turns.ts";

export type BindingFailure = "modified" | "model_binding_mismatch" | "prefix_binding_mismatch";

export interface UnboundBlock {
  readonly placed: Placed;
  readonly path: string;
  readonly reason: BindingFailure;
}

export interface Signed {
  readonly model: string;
  /** Names what came before the block's turn. */
  readonly bound: string;
  /** Names the thinking block before it, "" when there was none: blocks may be removed oldest first only. */
  readonly previous: string;
  readonly thinking: string;
}

/** Everything that is checked on replay travels in the signature, so the server remembers nothing. */
export function sign(signed: Signed, secret: string): string {
  const { model, bound, previous } = signed;
  return Buffer.from(`${model} ${bound} ${previous} ${seal(signed, secret)}`).toString("base64");
}

/** The name of a thinking block, for the `previous` of the next. */
export function nameOf(signature: string): string {
  return hash("sha1", signature).slice(0, 16);
}

/** The thinking blocks of a request that are not bound to it, in their order. */
export function findUnbound(
  turns: readonly Turn[],
  prompt: Prompt,
  options: { readonly model: string; readonly secret: string },
): { readonly unbound: readonly UnboundBlock[]; readonly lastValid: string } {
  const unbound: UnboundBlock[] = [];
  let previous: string | undefined;
  for (const [index, turn] of turns.entries()) {
    const expected = { ...options, bound: prompt.beforeTurn[index] ?? "" };
    let failed: BindingFailure | undefined;
    for (const placed of turn.blocks) {
      const { block } = placed;
      if (block.type !== "thinking" && block.type !== "redacted_thinking") {
        failed = undefined;
        continue;
      }
      // One failing block takes the rest of its run of thinking blocks with it.
      failed ??= block.type === "thinking" ? check(block, { ...expected, previous }) : "modified";
      if (failed !== undefined) unbound.push({ placed, path: place(placed), reason: failed });
      else if (block.type === "thinking") previous = nameOf(block.signature);
    }
  }
  return { unbound, lastValid: previous ?? "" };
}

interface Expected {
  readonly model: string;
  readonly bound: string;
  readonly previous: string | undefined;
  readonly secret: string;
}

function check(
  block: { readonly thinking: string; readonly signature: string },
  expected: Expected,
): BindingFailure | undefined {
  const parts = Buffer.from(block.signature, "base64").toString("utf8").split(" ");
  const [model = "", bound = "", previous = "", mac = ""] = parts;
  const signed = { model, bound, previous, thinking: block.thinking };
  if (parts.length !== 4 || mac !== seal(signed, expected.secret)) return "modified";
  if (model !== expected.model) return "model_binding_mismatch";
  if (bound !== expected.bound) return "prefix_binding_mismatch";
  const removedBetween = expected.previous !== undefined && previous !== expected.previous;
  return removedBetween ? "prefix_binding_mismatch" : undefined;
}

function seal({ model, bound, previous, thinking }: Signed, secret: string): string {
  // A plain hash, several times cheaper than an HMAC: this tells mistakes apart, it holds off no attacker.
  return hash("sha256", JSON.stringify([secret, model, bound, previous, thinking]));
}
