import type { Block, EpochReason } from "../../core/context/entry.ts";
import type { Ledger } from "../../core/context/ledger.ts";
import { pinText } from "../../core/context/pins.ts";
import type { Rewrite } from "../../core/context/rewrite.ts";
import { saidAgain } from "../../core/context/said-again.ts";
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
  const { window, kept } = options;
  const keptAll = await Promise.all(rewrite.spills.map(({ id, text }) => kept.keepAs(id, text)));
  if (keptAll.includes(false)) return false;
  const { reason, before } = rewrite.epoch;
  window.add({ kind: "epoch", epoch: rewrite.epoch });
  await pinAgain(options, ledger, {
    again: saidAgain(window.entries(), rewrite.epoch.summary),
    showsFiles: showing.has(reason),
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

/** Tells the agent what must not be forgotten, at the end of its context. `again`: what has to be said before that. */
export async function pinAgain(
  { window, limits, rehydrate }: KeeperOptions,
  ledger: Ledger,
  { again, showsFiles }: { readonly again: readonly Block[]; readonly showsFiles: boolean },
): Promise<void> {
  const files = showsFiles ? await rehydrate(ledger) : [];
  const pins = pinText(ledger, {
    tokensMax: limits.pinTokensMax,
    tokensOf: window.tokensOfText,
  });
  const texts = [pins, ...files].map((text) => ({
    type: "text" as const,
    text: text.toWellFormed(),
  }));
  window.add({ kind: "pins", blocks: [...again, ...texts] });
}

/** A cleared view still shows the agent's files, or says where they are. */
const showing: ReadonlySet<EpochReason> = new Set(["compaction", "reset"]);
