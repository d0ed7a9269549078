import type { Fact } from "../../model/memory-fact.ts";

const foundMax = 20;
/** What an agent is given at once, in characters; of more only the names are told. */
const charsMax = 16_000;
/** Who says it, by its evidence. */
export const saidBy = [
  "from outside",
  "inferred by a model",
  "read in a file",
  "seen in a run",
  "said by a person",
] as const;

/** Holds, and waits for nobody: what agents may be shown. */
export function isShown({ status, review }: Pick<Fact, "status" | "review">): boolean {
  return status === "active" && review === null;
}

/** Facts by the path of their file below `.skein/memory`. */
export type FactsByPath = ReadonlyMap<string, Fact>;

/** What an agent reads of facts that it names; what is not there, or not for agents, is told. */
export function recallNamed(
  facts: FactsByPath,
  names: readonly string[],
): { readonly text: string; readonly used: readonly Fact[] } {
  const known = names.flatMap((name) => {
    const fact = facts.get(name);
    return fact !== undefined && isShown(fact) ? [[name, fact] as const] : [];
  });
  const there = new Set(known.map(([name]) => name));
  const missing = names.filter((name) => !there.has(name));
  const told = tell(known);
  const gone = missing.map((name) => `${name}: there is no such note (any more)`);
  return { text: [told.text, ...gone].filter((text) => text !== "").join("\n\n"), used: told.used };
}

/** The facts that hold all of the words, the surest first. */
export function recallWords(
  facts: FactsByPath,
  words: string,
): { readonly text: string; readonly used: readonly Fact[] } {
  const wanted = words.split(/\s+/).filter((word) => word !== "");
  const found = [...facts]
    .filter(([, fact]) => isShown(fact) && holdsWords(fact, wanted))
    .toSorted(([, a], [, b]) => b.confidence - a.confidence || (a.id < b.id ? -1 : 1));
  if (wanted.length === 0 || found.length === 0)
    return { text: `No note holds ${words}.`, used: [] };
  const told = tell(found.slice(0, foundMax));
  const more = found.length - foundMax;
  const rest = more > 0 ? `\n\n[${more} more notes hold that; look for more words]` : "";
  return { text: `${told.text}${rest}`, used: told.used };
}

function tell(facts: readonly (readonly [string, Fact])[]): {
  readonly text: string;
  readonly used: readonly Fact[];
} {
  const shown: string[] = [];
  const used: Fact[] = [];
  let left = charsMax;
  for (const [path, fact] of facts) {
    const whole = factForAgent(path, fact);
    left -= whole.length;
    if (left >= 0) used.push(fact);
    shown.push(left >= 0 ? whole : `${path}: ask for it by itself`);
  }
  return { text: shown.join("\n\n"), used };
}

function factForAgent(path: string, fact: Fact): string {
  const { kind, evidence, confidence, recorded_at: at, qualifiers, text } = fact;
  const head = `${path} (${kind}, ${saidBy[evidence] ?? ""}, confidence ${confidence.toFixed(2)}, ${at.slice(0, 10)})`;
  const holds = Object.entries(qualifiers).map(([name, value]) => `${name} ${value}`);
  return [head, text, ...(holds.length === 0 ? [] : [`holds for: ${holds.join(", ")}`])].join("\n");
}

/** Whether a fact has all of the words, in what it says or what it is about; capitals do not count. */
export function holdsWords(
  { subject, predicate, value, text }: Fact,
  words: readonly string[],
): boolean {
  const all = `${subject} ${predicate} ${value} ${text}`.toLowerCase();
  return words.every((word) => all.includes(word.toLowerCase()));
}
