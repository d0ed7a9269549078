import type { Corpus, CorpusLine } from "./make-corpus.ts";
import type { StoredFact } from "./score-store.ts";

/** What one has without consolidation, to hold ours against. */
export function baselines({ lines }: Corpus): Readonly<Record<string, readonly StoredFact[]>> {
  const ordered = lines.toSorted((a, b) => (a.at < b.at ? -1 : 1));
  return {
    "append-only": ordered.map((line) => factOf([line], "active")),
    "last write wins by subject": lastWins(ordered),
    "exact duplicates removed": [...grouped(ordered, ({ text }) => text)].map((held) =>
      factOf(held, "active"),
    ),
  };
}

function lastWins(lines: readonly CorpusLine[]): readonly StoredFact[] {
  return grouped(lines, keyOf).flatMap((held) =>
    held.map((line, at) => factOf([line], at === held.length - 1 ? "active" : "superseded")),
  );
}

function keyOf({ subject, text }: CorpusLine): string {
  return subject ?? text;
}

function grouped(
  lines: readonly CorpusLine[],
  keyOf: (line: CorpusLine) => string,
): readonly (readonly CorpusLine[])[] {
  const groups = new Map<string, CorpusLine[]>();
  for (const line of lines) {
    const held = groups.get(keyOf(line));
    if (held === undefined) groups.set(keyOf(line), [line]);
    else held.push(line);
  }
  return [...groups.values()];
}

function factOf(held: readonly CorpusLine[], status: StoredFact["status"]): StoredFact {
  const last = held.at(-1);
  return {
    id: `${held[0]?.session ?? ""} ${held[0]?.seq ?? 0}`,
    status,
    text: last?.text ?? "",
    value: last?.value ?? "",
    sources: held.map(({ session, seq }) => ({ session, seq })),
  };
}
