import type { Change } from "../change.ts";
import { isIdentifier } from "../identifier.ts";
import type { Quoted } from "../quoted.ts";
import { type Phrase, valueOf } from "./phrase.ts";

const kinds =
  "identifier|symbol|name|function|helper|hook|variable|const|constant|class|type|interface|enum|component|import|export|type alias";
const memberKinds = "method|property|prop|field|member|getter|setter";
const opening = new RegExp(
  String.raw`^(?:rename|change the name of|refactor|call)\s+(?:(?:all|every|each|the|any|occurrences|usages|uses|references|of|to|exported|public|internal|private|global|local|shared)\s+)*(?:(${kinds}|${memberKinds})s?\s+)?(?:(?:called|named)\s+)?(.+)$`,
  "i",
);
const pair =
  /^(\S+?)(?:\(\))?(?:\s+(?:to|into|as|should become|becomes)\s+|\s*(?:->|=>|→)\s*)(?:be\s+)?(\S+?)(?:\(\))?$/i;

/** "rename X to Y", "rename the method a to b and c to d". */
export const readRename: Phrase = (clause, quoted) => {
  const [, noun, rest] = opening.exec(clause) ?? [undefined, undefined, clause];
  const pairs = (rest ?? "").split(/\s*,\s*(?:and\s+)?|\s+and\s+/);
  const changes = pairs.map((words) => readPair(words, { noun, quoted }));
  return changes.every((change) => change !== undefined) ? changes : undefined;
};

function readPair(
  words: string,
  how: { readonly noun: string | undefined; readonly quoted: Quoted },
): Change | undefined {
  const found = pair.exec(words.trim().replace(/\s+instead$/i, ""));
  if (found === null) return undefined;
  const [from, to] = [found[1], found[2]].map((word) =>
    valueOf(word ?? "", how.quoted).replace(/\(\)$/, ""),
  );
  if (from === undefined || to === undefined || from === to) return undefined;
  if (!isIdentifier(from) || !isIdentifier(to)) return undefined;
  return how.noun !== undefined && new RegExp(`^(?:${memberKinds})$`, "i").test(how.noun)
    ? { kind: "rename-method", from, to, callsOnly: false }
    : { kind: "rename", from, to, mentions: true };
}
