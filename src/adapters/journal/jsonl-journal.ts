import { type FileHandle, open } from "node:fs/promises";

import { cleanWith, redactValue } from "../../core/secrets/redact-value.ts";
import type { JournalEntry, RunEvent } from "../../model/event.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Journal } from "../../ports/journal.ts";

interface Waiting {
  readonly entry: JournalEntry;
  readonly line: string;
  readonly resolve: (entry: JournalEntry) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * One JSON object a line, durable before `append` resolves. Events that arrive while a flush is under way share
 * the next one (group commit), so the cost per event falls as the run gets busier; figures in docs/journal-choice.md.
 *
 * Secrets are taken out on the way in, so that whatever is made from entries is without them too.
 *
 * Rejects when the disk does (full, gone): a run must not act on what it could not write down. After that every
 * later append rejects with the same error, so the record has no gap.
 */
export async function openJsonlJournal(options: {
  readonly file: string;
  readonly clock: Pick<Clock, "now">;
  readonly firstSeq?: number;
  /** Secrets known by their value. */
  readonly known?: readonly string[];
  /** Called in order, once an entry is durable. */
  readonly onEntry?: (entry: JournalEntry) => void;
}): Promise<Journal> {
  const handle = await open(options.file, "a", 0o600);
  const clean = cleanWith(options.known ?? []);
  let seq = options.firstSeq ?? 0;
  let waiting: Waiting[] = [];
  let flushing: Promise<void> | undefined;
  let broken: { readonly error: unknown } | undefined;

  async function flush(): Promise<void> {
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      const error = broken ?? (await writeDurably(handle, batch));
      broken = error;
      for (const one of batch) {
        if (error !== undefined) one.reject(error.error);
        else {
          options.onEntry?.(one.entry);
          one.resolve(one.entry);
        }
      }
    }
    flushing = undefined;
  }

  return {
    append: (event: RunEvent) =>
      new Promise((resolve, reject) => {
        const kept = redactValue(event, clean);
        const entry: JournalEntry = { seq: seq++, at: options.clock.now(), event: kept };
        waiting.push({ entry, line: `${JSON.stringify(entry)}\n`, resolve, reject });
        flushing ??= Promise.resolve().then(flush);
      }),
    [Symbol.asyncDispose]: async () => {
      await flushing;
      await handle.close();
    },
  };
}

async function writeDurably(
  handle: FileHandle,
  batch: readonly Waiting[],
): Promise<{ readonly error: unknown } | undefined> {
  try {
    await handle.appendFile(batch.map((one) => one.line).join(""));
    await handle.datasync();
    // Nobody would ever read what is written to a file that has no name any more.
    const { nlink } = await handle.stat();
    return nlink > 0 ? undefined : { error: new Error("it was deleted while the run was at work") };
  } catch (error) {
    return { error };
  }
}
