import type { EpochReason } from "../../core/context/entry.ts";
import type { Ledger } from "../../core/context/ledger.ts";
import { pinText } from "../../core/context/pins.ts";
import type { Rewrite } from "../../core/context/plan-rewrite.ts";
import type { KeeperOptions } from "./keeper-options.ts";

/**
 * Makes a planned rewrite the view. First everything it takes away is kept on the disk; when that fails nothing changes.
 * Then the agent is told what must not be forgotten, and shown the files it works on.
 */
export async function takeRewrite(
  options: KeeperOptions,
  rewrite: Rewrite,
  ledger: Ledger,
): Promise<boolean> {
  const { window, limits, kept } = options;
  const keptAll = await Promise.all(rewrite.spills.map(({ id, text }) => kept.keepAs(id, text)));
  if (keptAll.includes(false)) return false;
  const { reason, before } = rewrite.epoch;
  window.add({ kind: "epoch", epoch: rewrite.epoch });
  const files = showsFiles.has(reason) ? await options.rehydrate(ledger) : [];
  const pins = pinText(ledger, {
    tokensMax: limits.pinTokensMax,
    tokensOf: window.tokensOfText,
  });
  window.add({
    kind: "pins",
    blocks: [pins, ...files].map((text) => ({ type: "text", text: text.toWellFormed() })),
  });
  const after = window.tokens().likely;
  options.emit({
    kind: "context",
    did: reason,
    before: Math.round(before),
    after: Math.round(after),
  });
  return true;
}

/** A cleared view still shows the agent's files, or says where they are. */
const showsFiles: ReadonlySet<EpochReason> = new Set(["compaction", "reset"]);
