import { remembered } from "./remembered.ts";

const irregular: ReadonlyMap<string, string> = new Map(
  Object.entries({
    written: "write",
    wrote: "write",
    built: "build",
    ran: "run",
    kept: "keep",
    held: "hold",
    sent: "send",
    chose: "choose",
    chosen: "choose",
    took: "take",
    taken: "take",
    went: "go",
    goes: "go",
    gone: "go",
    done: "do",
    did: "do",
    made: "make",
    has: "have",
    had: "have",
    got: "get",
    gotten: "get",
    bound: "bind",
    found: "find",
    is: "be",
    are: "be",
    was: "be",
    were: "be",
    been: "be",
    repos: "repo",
    indices: "index",
    broke: "break",
    broken: "break",
    fell: "fall",
    rose: "rise",
    grew: "grow",
    led: "lead",
    rewritten: "rewrite",
    rewrote: "rewrite",
    overridden: "override",
    used: "use",
    using: "use",
  }),
);

/**
 * What the forms of an English word have in common: `caches`, `cached` and `caching` all give `cach`. No word is meant
 * to be read again; only that forms of one word agree, and that different words do not, counts.
 */
export const stem = remembered((word: string): string => {
  const lower = word.toLowerCase();
  const known = irregular.get(lower);
  if (known !== undefined) return withoutEnd(known);
  if (lower.length < 4 || !/^[a-z]+$/.test(lower)) return withoutEnd(lower);
  if (/ies$|ied$/.test(lower) && lower.length > 4) return `${lower.slice(0, -3)}y`;
  if (["sses", "xes", "ches", "shes", "zes"].some((end) => lower.endsWith(end)))
    return lower.slice(0, -2);
  if (lower.endsWith("ing")) return unDoubled(lower, lower.slice(0, -3));
  if (/[^e]ed$/.test(lower)) return unDoubled(lower, lower.slice(0, -2));
  if (/[^suio]s$/.test(lower)) return withoutEnd(lower.slice(0, -1));
  return withoutEnd(lower);
});

/** `running` without its end is `runn`; what has no vowel left was never a form (`string`). */
function unDoubled(whole: string, cut: string): string {
  if (cut.length < 3 || !/[aeiouy]/.test(cut)) return withoutEnd(whole);
  return withoutEnd(/([bdfgklmnprt])\1$/.test(cut) && !cut.endsWith("ll") ? cut.slice(0, -1) : cut);
}

function withoutEnd(word: string): string {
  return word.length > 3 && word.endsWith("e") ? word.slice(0, -1) : word;
}

export function stems(words: string): ReadonlySet<string> {
  return new Set(words.split(/\s+/).filter(Boolean).map(stem));
}
