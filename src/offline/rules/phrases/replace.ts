import type { Change } from "../change.ts";
import { isIdentifier } from "../identifier.ts";
import { type Phrase, valueOf } from "./phrase.ts";

const replace =
  /^(?:replace|convert|change|turn|migrate|swap|rewrite|substitute|update)\s+(?:(?:all|every|each|the|any|of|to|calls?|usages?|uses?|occurrences?|instances?|literal|exact|pattern|code|expressions?)\s+)*(?:(text|string|word|phrase|methods?|matcher)\s+)?(.+?)(?:\s+calls)?(?:\s+(?:with|by|to|into|for)\s+|\s*(?:->|=>|→)\s*)(.+)$/i;
const useInstead = /^(?:use|call|prefer)\s+(.+?)\s+(?:instead of|in place of|rather than)\s+(.+)$/i;

/** "replace assert.equal($A, $B) with expect($A).toBe($B)", "replace .toEqual( with .toStrictEqual(", "replace text `a` with `b`". */
export const readReplace: Phrase = (clause, quoted) => {
  const found = replace.exec(clause);
  if (found !== null) {
    const [from, to] = [valueOf(found[2] ?? "", quoted), valueOf(found[3] ?? "", quoted)];
    const change = changeFor(found[1]?.toLowerCase(), from, strip(to));
    return change === undefined ? undefined : [change];
  }
  const instead = useInstead.exec(clause);
  if (instead === null) return undefined;
  const change = changeFor(
    undefined,
    valueOf(instead[2] ?? "", quoted),
    valueOf(instead[1] ?? "", quoted),
  );
  return change === undefined ? undefined : [change];
};

function strip(to: string): string {
  return to.replace(/^(?:the\s+)?(?:text|string|word|phrase)\s+/i, "").replaceAll(/^`|`$/g, "");
}

function changeFor(noun: string | undefined, from: string, to: string): Change | undefined {
  if (from === "" || from === to) return undefined;
  if (noun !== undefined && /^(?:text|string|word|phrase)$/.test(noun))
    return { kind: "replace-text", from, to };
  const [method, newMethod] = [methodOf(from, noun), methodOf(to, noun)];
  if (method !== undefined && newMethod !== undefined) {
    return {
      kind: "rename-method",
      from: method,
      to: newMethod,
      callsOnly: noun !== undefined || from.includes("("),
    };
  }
  if (isIdentifier(from) && isIdentifier(to)) return { kind: "rename", from, to, mentions: true };
  return /\$|[(.]/.test(from) && !/^\s|\s$/.test(from) && looksLikeCode(from) && looksLikeCode(to)
    ? { kind: "replace-pattern", pattern: from, replacement: to }
    : undefined;
}

function methodOf(text: string, noun: string | undefined): string | undefined {
  const name =
    /^\.([^().]+?)(?:\((?:\)|\.{3}\))?)?$/.exec(text)?.[1] ??
    (noun === undefined ? undefined : text);
  return name !== undefined && isIdentifier(name) ? name : undefined;
}

/** Brackets that pair up and no run of plain words: prose is not a pattern. */
function looksLikeCode(text: string): boolean {
  const pairs = ["(", ")", "[", "]", "{", "}"].map((bracket) => text.split(bracket).length - 1);
  return (
    pairs[0] === pairs[1] &&
    pairs[2] === pairs[3] &&
    pairs[4] === pairs[5] &&
    !/^[a-z]+ [a-z]+ [a-z]+/i.test(text) &&
    !text.includes("\uE000")
  );
}
