import { callsIn, type MadeCall, outcomeLine } from "./calls.ts";
import type { ContextEntry, Epoch } from "./entry.ts";
import type { Spill } from "./fold.ts";
import type { Ledger } from "./ledger.ts";
import { lastResults } from "./protected-tail.ts";

export interface ClearOptions {
  readonly tail: number;
  readonly ledger: Ledger;
  readonly tailResults: number;
  readonly tokensOf: (text: string) => number;
  readonly idOf: (text: string) => string;
}

/** A result shorter than this costs about what its placeholder would. */
const resultTokensMin = 150;
const inputTokensMin = 1_000;
/** Results the agent works by: short, and of use for as long as it works. */
const never: ReadonlySet<string> = new Set(["TodoWrite", "Remember", "Submit"]);

/**
 * Stage CLEAR: old results give way to a line that says what they were and where they are kept; so do large inputs of
 * old calls. All of them at once, since one rewrite costs the same however much goes.
 */
export function clearOld(
  entries: readonly ContextEntry[],
  before: Pick<Epoch, "cleared" | "inputs">,
  options: ClearOptions,
): Pick<Epoch, "cleared" | "inputs"> & { readonly spills: readonly Spill[] } {
  const newest = lastResults(entries, options.tailResults);
  const lastReads = readsOfEdited(entries, options);
  const cleared: Record<string, string> = { ...before.cleared };
  const inputs: Record<string, Readonly<Record<string, unknown>>> = { ...before.inputs };
  const spills: Spill[] = [];
  const keep = (text: string): string => {
    const id = options.idOf(text);
    spills.push({ id, text });
    return id;
  };
  for (const call of callsIn(entries, { from: 0, to: options.tail - 1 })) {
    if (inputs[call.id] === undefined) {
      const short = shortInput(call, options, keep);
      if (short !== undefined) inputs[call.id] = short;
    }
    const isKept = never.has(call.tool) || newest.has(call.id) || lastReads.has(call.id);
    if (isKept || cleared[call.id] !== undefined || holdsOpenError(call, options.ledger)) continue;
    if (options.tokensOf(call.text) < resultTokensMin) continue;
    const artifact = call.result.artifact ?? keep(call.text);
    cleared[call.id] =
      `[cleared: ${call.tool} ${call.about}: ${outcomeLine(call.text)}; whole in ${artifact}, see it with ArtifactRead]`;
  }
  return { cleared, inputs, spills };
}

function holdsOpenError({ at, about }: MadeCall, { openErrors }: Ledger): boolean {
  return openErrors.some((error) => error.at === at && error.command === about);
}

/** Of a file that was changed, what was read of it last is what the agent goes by. */
function readsOfEdited(
  entries: readonly ContextEntry[],
  { ledger, tail }: ClearOptions,
): ReadonlySet<string> {
  const edited = new Set(ledger.edited.map(({ path }) => path));
  const last = new Map<string, string>();
  for (const { tool, about, id } of callsIn(entries, { from: 0, to: entries.length - 1 }))
    if (tool === "Read" && edited.has(about)) last.set(about, id);
  // Only of files changed lately: of others it would hold on to everything that was ever changed.
  const recent = new Set(ledger.edited.filter(({ at }) => at >= tail).map(({ path }) => path));
  return new Set([...last].filter(([path]) => recent.has(path)).map(([, id]) => id));
}

function shortInput(
  { input, about }: MadeCall,
  { tokensOf }: ClearOptions,
  keep: (text: string) => string,
): Readonly<Record<string, unknown>> | undefined {
  const text = JSON.stringify(input);
  if (tokensOf(text) < inputTokensMin) return undefined;
  return { cleared: `${about}: ${text.length} characters, whole in ${keep(text)}` };
}
