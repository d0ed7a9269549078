import { digestOf } from "./digest.ts";
import type { ContextEntry } from "./entry.ts";
import { ledgerOf } from "./ledger.ts";
import { pinText } from "./pins.ts";

const pinTokensMax = 6_000;
const digestTokensMax = 4_000;

/** What an agent that goes on with another one's work is told: where it stands, and what was done and found. */
export function handoffText(
  entries: readonly ContextEntry[],
  tokensOf: (text: string) => number,
): string {
  const all = { from: 0, to: entries.length - 1 };
  return [
    "An agent before you worked on this task until its context was full. Its changes are in your worktree: look at them before you go on, and do not start over.",
    pinText(ledgerOf(entries), { tokensMax: pinTokensMax, tokensOf }),
    digestOf(entries, { ...all, artifacts: [], tokensMax: digestTokensMax, tokensOf }),
  ].join("\n");
}
