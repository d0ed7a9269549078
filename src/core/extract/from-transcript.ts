import type { Observation } from "../../model/memory-observation.ts";
import { resultInWords } from "../resume/line-in-words.ts";
import type { TranscriptLine } from "../resume/transcript-line.ts";
import { isSaidOtherwise } from "./said-otherwise.ts";

/** Longest command that is worth remembering, in characters: longer ones are scripts for one occasion. */
const commandMax = 300;
const observationsMax = 40;
interface Ran {
  readonly command: string;
  readonly isOk: boolean;
  /** Number of the line that holds its call, from 0. */
  readonly seq: number;
  /** How it ended, in our own words. */
  readonly end: string;
}

/**
 * What an agent's transcript teaches without a model: notes it left with Remember, and commands that failed until they were
 * given in another way. Only what was typed is taken, never what was printed: that is the repository's text, or anybody's.
 * `session` names the transcript; an observation's `seq` is the number of its line there, from 0; the
 * second one of a line has `:2` behind the session.
 */
export function fromTranscript(
  lines: readonly TranscriptLine[],
  { session, at }: { readonly session: string; readonly at: string },
): readonly Observation[] {
  const refused = new Set(
    lines.flatMap((line) => resultsOf(line).filter(({ isError }) => isError)).map(({ id }) => id),
  );
  const notes = lines.flatMap((line, seq) =>
    callsOf(line).flatMap(({ name, id, input }) => {
      const { note, kind, subject, predicate, value } = input;
      if (name !== "Remember" || typeof note !== "string" || refused.has(id)) return [];
      const isKeyed = [subject, predicate, value].every((part) => typeof part === "string");
      // A model said it, whatever it had read before: it counts as inferred.
      const known = kind === "decision" || kind === "pitfall" ? kind : "fact";
      return [
        {
          session,
          seq,
          at,
          origin: "model" as const,
          text: note.trim(),
          kind: known,
          ...(isKeyed
            ? { subject: String(subject), predicate: String(predicate), value: String(value) }
            : {}),
        } as const,
      ];
    }),
  );
  const all = [
    ...notes.filter(({ text }) => text !== ""),
    ...fixes(ranCommands(lines), { session, at }),
  ];
  // One line can hold several calls, and each observation needs a name of its own.
  return [...Map.groupBy(all, ({ seq }) => seq).values()]
    .flatMap((line) =>
      line.map((one, at) => (at === 0 ? one : { ...one, session: `${one.session}:${at + 1}` })),
    )
    .toSorted((a, b) => a.seq - b.seq)
    .slice(0, observationsMax);
}

/** Of each command that failed: the first one after it that did not, and says the same otherwise. */
function fixes(
  ran: readonly Ran[],
  { session, at }: { readonly session: string; readonly at: string },
): readonly Observation[] {
  let failed: readonly Ran[] = [];
  const found: Observation[] = [];
  for (const one of ran) {
    const isLike = ({ command }: Ran): boolean =>
      command === one.command || isSaidOtherwise(command, one.command);
    const before = failed.findLast(isLike);
    failed = failed.filter((other) => !isLike(other));
    if (!one.isOk) failed = [...failed, one];
    // The same words that work later were helped by what was done in between.
    else if (before !== undefined && before.command !== one.command)
      found.push({
        session,
        seq: one.seq,
        at,
        origin: "run",
        kind: "pitfall",
        text: `\`${before.command}\` failed; \`${one.command}\` worked instead`,
        cites: [before, one].map(({ command, seq, end }) => ({
          command,
          line: seq,
          excerpt: end,
        })),
      });
  }
  return found;
}

function ranCommands(lines: readonly TranscriptLine[]): readonly Ran[] {
  const calls = new Map<string, { readonly command: string; readonly seq: number }>();
  const ran: Ran[] = [];
  for (const [seq, line] of lines.entries()) {
    for (const { name, id, input } of callsOf(line)) {
      const { command } = input;
      if (name === "Bash" && typeof command === "string" && isPlain(command))
        calls.set(id, { command: command.trim(), seq });
    }
    for (const { id, isError, content } of resultsOf(line)) {
      const call = calls.get(id);
      // One that the gate refused was never run: nothing is learnt of it.
      if (call !== undefined && !JSON.stringify(content ?? "").includes("was not run"))
        ran.push({ ...call, isOk: !isError, end: endOf(content) });
    }
  }
  return ran;
}

function isPlain(command: string): boolean {
  return command.length <= commandMax && !command.includes("\n") && !command.includes("`");
}

/** How a command ended: our own last line of its result (`agent/tools/shell-text.ts`), and nothing that it printed. */
function endOf(content: unknown): string {
  return (
    /\[(exit code \d{1,3}|the command was ended: [a-z-]+)[^\]\n]*\]\s*$/.exec(
      resultInWords(content),
    )?.[1] ?? ""
  );
}

interface Call {
  readonly name: string;
  readonly id: string;
  readonly input: Readonly<Record<string, unknown>>;
}

function callsOf(line: TranscriptLine): readonly Call[] {
  if (line.role !== "assistant") return [];
  return line.content.flatMap((block) => {
    if (block.type !== "tool_use" || typeof block.input !== "object" || block.input === null)
      return [];
    return [{ name: block.name, id: block.id, input: { ...block.input } }];
  });
}

interface Answered {
  readonly id: string;
  readonly isError: boolean;
  readonly content: unknown;
}

function resultsOf(line: TranscriptLine): readonly Answered[] {
  if (line.role !== "user" || line.kind !== "results") return [];
  return line.content.map(({ tool_use_id: id, is_error: isError, content }) => ({
    id,
    isError: isError === true,
    content,
  }));
}
