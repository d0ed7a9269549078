import { ledgerOf } from "../../core/context/ledger.ts";
import { saidAgain } from "../../core/context/said-again.ts";
import { stretchText } from "../../core/context/stretch-text.ts";
import { tellFailed } from "./compactor.ts";
import { judgeSummary } from "./judge-summary.ts";
import type { KeeperOptions } from "./keeper-options.ts";
import { pinAgain } from "./take-rewrite.ts";

/** Looks after a context that the API keeps small by itself: the history stays whole here. */
export interface ServerWatch {
  /** Why each summary that the API made since the last look is of no use; undefined: it is. What it took away is said again. */
  readonly newSummaries: () => Promise<readonly (string | undefined)[]>;
}

export function createServerWatch(options: KeeperOptions): ServerWatch {
  const { window, emit } = options;
  let seen = 0;
  let before = 0;
  return {
    newSummaries: async () => {
      const entries = window.entries();
      const found = entries.slice(seen).flatMap((entry, index) => {
        const block = entry.kind === "reply" ? entry.blocks[0] : undefined;
        return block?.type === "compaction" ? [{ at: seen + index, block }] : [];
      });
      seen = entries.length;
      const problems: (string | undefined)[] = [];
      for (const { at, block } of found) {
        const ledger = ledgerOf(entries);
        const after = Math.round(window.tokens().likely);
        const summary = block.content ?? "";
        const spoken = stretchText(entries, { from: 0, to: at });
        const problem = judgeSummary(options, { summary, spoken, ledger, before, after });
        problems.push(problem);
        // It stands already: whatever it is worth, the agent has to know its task.
        if (block.content != null) {
          const again = saidAgain(entries, { to: at });
          await pinAgain(options, ledger, { again, showsFiles: true });
        }
        if (problem !== undefined) tellFailed(options, problem);
        else emit({ kind: "context", did: "compaction", before: Math.round(before), after });
      }
      before = window.tokens().likely;
      return problems;
    },
  };
}
