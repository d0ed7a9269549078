import { partsOf, tokensOf } from "../words/tokens.ts";

/** So many texts must write the name in one word. */
const usesMin = 2;
/** So many names must begin with what is another word for a thing: "pipeline" of `pipeline.scans`. */
const kindsMin = 3;
/** Longest name, in words. */
const wordsMax = 4;
const oneWord = /^[a-z\d]{2,}(?:[-_.][a-z\d]{2,}){1,3}$/;
/** "per-user", "built-in", "do-not-deploy" are no names of things. */
const grammar =
  /^(?:no|not|non|do|don|per|in|on|of|to|by|up|out|off|at|as|for|with|without|and|or|is|are|end|built|read|write|only|self|re|un|pre|post|sub|multi|well|long|short|high|low|so|real|like|based|wide|free|level|time)$/;
const article = /(?:^|[:,;.] |\b(?:the|our|of|for|in|on|by|to|from|at|with|and|than) )["'`]?$/i;

/** "ci:e2e" is of a kind, whatever that is called elsewhere. */
const ofKind = /^([a-z]{2,}):([a-z][\w-]*(?:\.[\w-]+)*)$/;

/**
 * Names as they are written in one word where any text does so: "the staging cluster" is `staging-cluster`, "the scans pipeline"
 * `pipeline.scans`, "the e2e pipeline" `ci:e2e`. Gives a text with its names in one word.
 */
export function inOneWord(texts: readonly string[]): (text: string) => string {
  const names = namesIn(texts);
  return (text) => {
    let said = text;
    const tokens = tokensOf(text);
    // From behind, so that places in front of what was changed stay the same.
    for (let last = tokens.length - 1; last > 0; last -= 1) {
      for (let first = Math.max(0, last - wordsMax + 1); first < last; first += 1) {
        const [from, to] = [tokens[first]?.start ?? 0, tokens[last]?.end ?? 0];
        const name = names.get(text.slice(from, to).toLowerCase());
        if (name === undefined || !article.test(text.slice(0, from))) continue;
        said = `${said.slice(0, from)}${name}${said.slice(to)}`;
        last = first;
        break;
      }
    }
    return said;
  };
}

/** By how they are written in several words. */
function namesIn(texts: readonly string[]): ReadonlyMap<string, string> {
  const uses = new Map<string, number>();
  /** "the e2e pipeline": what stands between an article and a plain word, and that word. */
  const called = new Map<string, Set<string>>();
  for (const text of new Set(texts)) {
    const tokens = tokensOf(text);
    for (const [at, { kind, text: name }] of tokens.entries()) {
      const isName = kind === "name" && (oneWord.test(name) || ofKind.test(name));
      if (isName && !partsOf(name).some((part) => grammar.test(part)))
        uses.set(name, (uses.get(name) ?? 0) + 1);
      const [before, after] = [tokens[at - 1]?.text ?? "", tokens[at + 1]];
      if (/^(?:the|our)$/i.test(before) && after?.kind === "word")
        called.set(name, (called.get(name) ?? new Set()).add(after.text));
    }
  }
  const known = [...uses].filter(([, count]) => count >= usesMin).map(([name]) => name);
  const kinds = Map.groupBy(
    known.filter((name) => name.includes(".")),
    (name) => partsOf(name)[0] ?? "",
  );
  const wordOf = wordsForKinds(known, called);
  const spaced = known.flatMap((name): readonly (readonly [string, string])[] => {
    const [, kind = "", own = ""] = ofKind.exec(name) ?? [];
    if (own !== "") {
      const word = wordOf.get(kind);
      return word === undefined ? [] : [[`${own} ${word}`.toLowerCase(), name]];
    }
    const parts = partsOf(name);
    if (!name.includes(".")) return [[parts.join(" "), name]];
    const isOfKind = (kinds.get(parts[0] ?? "")?.length ?? 0) >= kindsMin;
    return isOfKind ? [[parts.toReversed().join(" "), name]] : [];
  });
  // The most usual spelling is the last to be set.
  return new Map(
    spaced.toSorted(([, a], [, b]) => (uses.get(a) ?? 0) - (uses.get(b) ?? 0) || (a < b ? 1 : -1)),
  );
}

/** "the web server" is not `ci:web`, however many servers there are. */
const wordsFor: Readonly<Record<string, string>> = {
  ci: "pipeline workflow job build",
  db: "database db store schema",
  pkg: "package library module",
  lib: "library package",
  svc: "service api",
  app: "app application",
  repo: "repository repo",
  host: "host server machine box",
  vm: "machine vm host",
  fn: "function lambda",
  env: "environment env",
};

function isWordFor(kind: string, word: string): boolean {
  return word.startsWith(kind) || (wordsFor[kind] ?? "").split(" ").includes(word);
}

/** What things of a kind are called in sentences: "pipeline" of "ci", where most of them stand in front of that word. */
function wordsForKinds(
  names: readonly string[],
  called: ReadonlyMap<string, ReadonlySet<string>>,
): ReadonlyMap<string, string> {
  const byKind = Map.groupBy(
    names.flatMap((name) => {
      const [, kind, own] = ofKind.exec(name) ?? [];
      return kind === undefined || own === undefined ? [] : [{ kind, own }];
    }),
    ({ kind }) => kind,
  );
  return new Map(
    [...byKind].flatMap(([kind, held]) => {
      const counts = new Map<string, number>();
      for (const { own } of held)
        for (const word of called.get(own) ?? []) counts.set(word, (counts.get(word) ?? 0) + 1);
      const [most] = [...counts].toSorted(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
      if (most === undefined) return [];
      const [word, count] = most;
      const isMost = count >= kindsMin && count * 2 > held.length;
      return isMost && isWordFor(kind, word.toLowerCase()) ? [[kind, word] as const] : [];
    }),
  );
}
