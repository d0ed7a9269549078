import { createHash } from "node:crypto";

import { applyOrders, type Outcome } from "./apply-orders.ts";
import type { Apply } from "./convert.ts";

/** Characters of text kept in memory, over all conversations. */
const charactersMax = 20_000_000;

/**
 * `applyOrders` that remembers its latest outcomes: a conversation is played from its beginning for each of its turns,
 * and parsing the same files again is nearly all that would cost.
 */
export function rememberedApply(): Apply {
  const outcomes = new Map<string, Outcome>();
  let characters = 0;
  return (file, orders, facts) => {
    const key = createHash("sha256")
      .update(JSON.stringify([orders, facts.key, file.path, file.text]))
      .digest("base64");
    const known = outcomes.get(key);
    if (known !== undefined) return known;
    const outcome = applyOrders(file, orders, facts);
    outcomes.set(key, outcome);
    characters += outcome.text.length;
    for (const [oldest, { text }] of outcomes) {
      if (characters <= charactersMax) break;
      outcomes.delete(oldest);
      characters -= text.length;
    }
    return outcome;
  };
}
