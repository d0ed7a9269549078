import type { JournalEntry } from "../../model/event.ts";
import type { Observation } from "../../model/memory-observation.ts";

const commandMax = 300;
const togetherMin = 3;
const filesOfUnitMax = 20;
const pairsMax = 10;
/** Longest call that is worth remembering, in characters. */
const aboutMax = 120;
/** How a refusal begins that a person gave (`agent/guard.ts`). */
const saidNo = "a person said no";

const checks = [
  ["test", /\b(?:test|tests|vitest|jest|mocha|pytest|ctest|rspec)\b/],
  ["lint", /\b(?:lint|eslint|oxlint|ruff|clippy|flake8)\b/],
  ["build", /\b(?:build|compile|tsc|make)\b/],
] as const;

/**
 * What a run's journal teaches: commands of the plan that work, by what they are for; files that units changed together; and
 * what a person turned down or did not let an agent do. `seq` is the number of the journal's entry.
 */
export function fromJournal(entries: readonly JournalEntry[], run: string): readonly Observation[] {
  return [
    ...working(entries, run),
    ...together(entries, run),
    ...turnedDown(entries, run),
    ...notAllowed(entries, run),
  ];
}

function working(entries: readonly JournalEntry[], run: string): readonly Observation[] {
  const known = new Map<string, Observation>();
  for (const { seq, at, event } of entries) {
    if (event.kind !== "command-finished" || event.exitCode !== 0) continue;
    const { command } = event;
    const isPlain = command.length <= commandMax && !/[\n`]/.test(command);
    const use = isPlain ? checks.find(([, words]) => words.test(command))?.[0] : undefined;
    if (use === undefined || known.has(command)) continue;
    known.set(command, {
      session: run,
      seq,
      at: new Date(at).toISOString(),
      origin: "run",
      text: `The ${use} command \`${command}\` works`,
      cites: [{ command, excerpt: "exit code 0" }],
    });
  }
  return [...known.values()];
}

/** Pairs of files that several units changed, and that seldom changed alone. */
function together(entries: readonly JournalEntry[], run: string): readonly Observation[] {
  const of = new Map<string, number>();
  const pairs = new Map<string, { readonly files: readonly [string, string]; count: number }>();
  let last: JournalEntry | undefined;
  for (const entry of entries) {
    const { event } = entry;
    if (event.kind !== "unit-finished" || event.patch === undefined) continue;
    const files = event.patch.files.filter((file) => !/[\n`]/.test(file)).toSorted();
    if (files.length > filesOfUnitMax) continue;
    last = entry;
    for (const [index, a] of files.entries()) {
      of.set(a, (of.get(a) ?? 0) + 1);
      for (const b of files.slice(index + 1)) {
        const name = `${a}\n${b}`;
        const { count = 0 } = pairs.get(name) ?? {};
        pairs.set(name, { files: [a, b], count: count + 1 });
      }
    }
  }
  if (last === undefined) return [];
  const { seq, at } = last;
  const found = [...pairs.values()].filter(
    ({ files: [a, b], count }) =>
      count >= togetherMin && count >= 0.8 * Math.max(of.get(a) ?? 0, of.get(b) ?? 0),
  );
  if (found.length === 0) return [];
  const told = found.slice(0, pairsMax).map(({ files: [a, b] }) => `\`${a}\` and \`${b}\``);
  return [
    {
      session: run,
      seq,
      at: new Date(at).toISOString(),
      origin: "run",
      text: `Files that are changed together: ${told.join("; ")}`,
      cites: found.slice(0, pairsMax).map(({ files: [path], count }) => ({
        path,
        excerpt: `changed together by ${count} units`,
      })),
    },
  ];
}

/**
 * Calls that a person was asked about and said no to, each once. The words are the agent's, so they count as seen in a run and
 * not as the person's: what reads like an instruction waits.
 */
function notAllowed(entries: readonly JournalEntry[], run: string): readonly Observation[] {
  const known = new Map<string, Observation>();
  for (const { seq, at, event } of entries) {
    if (event.kind !== "agent" || event.event.kind !== "refused") continue;
    const { tool, about, reason } = event.event;
    const isPlain = about.length <= aboutMax && !/[\n`]/.test(about);
    const text = `Asked for ${tool} \`${about}\`, you said no`;
    if (!reason.startsWith(saidNo) || !isPlain || known.has(text)) continue;
    known.set(text, {
      session: run,
      seq,
      at: new Date(at).toISOString(),
      origin: "run",
      kind: "decision",
      text,
    });
  }
  return [...known.values()].slice(0, pairsMax);
}

/** A person's own no. `--yes` is no word about a gate, and a yes says nothing that would be new. */
function turnedDown(entries: readonly JournalEntry[], run: string): readonly Observation[] {
  return entries.flatMap(({ seq, at, event }) =>
    event.kind === "gate-decided" && !event.approved && event.by !== "--yes"
      ? [
          {
            session: run,
            seq,
            at: new Date(at).toISOString(),
            origin: "user" as const,
            kind: "decision" as const,
            text: `You turned down the task \`${event.task}\``,
          },
        ]
      : [],
  );
}
