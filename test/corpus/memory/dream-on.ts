import { createHash } from "node:crypto";

import { withoutSecrets } from "../../../src/adapters/memory/inbox.ts";
import { consolidate, type Consolidated } from "../../../src/core/memory/consolidate.ts";
import { redactProse } from "../../../src/core/memory/safety/redact-prose.ts";
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

export function dreamOn(
  entries: readonly MemoryEntry[],
  now = Date.parse("2026-06-01T00:00:00Z"),
): Consolidated {
  return consolidate(entries, { now, hash, clean });
}
