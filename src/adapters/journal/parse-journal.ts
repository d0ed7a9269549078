import { parseJson } from "../../core/parse-json.ts";
import { journalEntrySchema } from "../../model/event-schema.ts";
import type { JournalEntry } from "../../model/event.ts";

export interface StoredJournal {
  readonly entries: readonly JournalEntry[];
  /** What could not be read, for people; empty for a journal in order. */
  readonly problems: readonly string[];
  /** Bytes of the journal up to the end of the last entry. */
  readonly goodBytes: number;
}

const newline = 0x0a;

/** What of a journal is known to be in order: its first entries, and how many bytes, whole lines, they take. */
export interface CheckedPart {
  readonly entries: readonly JournalEntry[];
  readonly bytes: number;
}

/**
 * Reads up to the first line that is no entry in its turn: what is behind it stands on nothing. A last line without
 * its line break is one that was being written.
 */
export function parseJournal(
  bytes: Uint8Array,
  checked: CheckedPart = { entries: [], bytes: 0 },
): StoredJournal {
  const lines = new TextDecoder().decode(bytes.subarray(checked.bytes)).split("\n");
  const torn = lines.pop();
  const entries = [...checked.entries];
  let goodBytes = checked.bytes;
  for (const [at, line] of lines.entries()) {
    const due = checked.entries.length + at;
    const entry = parseEntry(line);
    if (typeof entry === "string" || entry.seq !== due) {
      const why = typeof entry === "string" ? entry : `entry ${entry.seq} where ${due} was due`;
      const left = lines.length - at;
      const problem = `line ${due + 1} of the journal is damaged (${why}); it and what follows are left out, ${left} in all`;
      return { entries, problems: [problem], goodBytes };
    }
    entries.push(entry);
    goodBytes = bytes.indexOf(newline, goodBytes) + 1;
  }
  const problems =
    torn === "" ? [] : ["the last line of the journal is torn: it was being written"];
  return { entries, problems, goodBytes };
}

/** The entry, or what is wrong with the line. */
export function parseEntry(line: string): JournalEntry | string {
  const parsed = journalEntrySchema.safeParse(parseJson(line));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  return issue === undefined ? "no entry" : `${issue.path.join(".")} ${issue.message}`.trim();
}
