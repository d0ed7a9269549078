import { createHash } from "node:crypto";

import { consolidate, type Consolidated } from "../../../src/core/memory/consolidate.ts";
import { redactProse } from "../../../src/core/memory/safety/redact-prose.ts";
import { withoutSecrets } from "../../../src/core/memory/safety/without-secrets.ts";
import { cleanWith } from "../../../src/core/secrets/redact-value.ts";
import type { MemoryEntry } from "../../../src/model/memory-entry.ts";
import { observationSchema } from "../../../src/model/memory-observation.ts";
import type { CorpusLine } from "./make-corpus.ts";

export const hash = (text: string): string => createHash("sha256").update(text).digest("hex");
const redact = cleanWith([]);
export const clean = (text: string): string => redactProse(redact(text));

/** Lines as the inbox has them: read, without secrets. */
export function entriesOf(lines: readonly CorpusLine[]): readonly MemoryEntry[] {
  return lines.map((line) =>
    withoutSecrets({ type: "observed", observation: observationSchema.parse(line) }, redact),
  );
}

/** What was said on one day after the other in March 2026, from the second on; by a run in a session of its own, unless it says so. */
export function dailyEntries(said: readonly Partial<CorpusLine>[]): readonly MemoryEntry[] {
  return entriesOf(
    said.map((one, seq) => ({
      session: `s-${seq}`,
      seq,
      at: `2026-03-${String(seq + 2).padStart(2, "0")}T10:00:00Z`,
      origin: "run" as const,
      text: "",
      ...one,
    })),
  );
}

export function dreamOn(
  entries: readonly MemoryEntry[],
  now = Date.parse("2026-06-01T00:00:00Z"),
): Consolidated {
  return consolidate(entries, { now, hash, clean });
}
