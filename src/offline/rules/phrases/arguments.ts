import type { Change } from "../change.ts";
import { type Phrase, valueOf } from "./phrase.ts";

const calls = String.raw`(?:(?:all|every|each|the|any)\s+)*(?:(?:calls?|invocations?)\s+(?:of|to)\s+)?(\S+?)(?:\(\))?(?:\s+calls?)?`;
const add = new RegExp(
  String.raw`^(?:add|append|prepend|pass)\s+(?:(?:the|an?|extra|new|additional)\s+)*(?:(first|last|leading|trailing)\s+)?(?:argument|parameter)\s+(.+?)\s+(?:to|in)\s+${calls}$`,
  "i",
);
const pass = new RegExp(
  String.raw`^(?:add|append|prepend|pass)\s+(.+?)\s+as\s+(?:(?:the|an?|extra|new|additional)\s+)*(?:(first|last|leading|trailing)\s+)?argument\s+(?:to|of|in)\s+${calls}$`,
  "i",
);
const removeText = new RegExp(
  String.raw`^(?:remove|drop|delete)\s+(?:the\s+)?(?:argument\s+(.+?)|(\S+)\s+argument)\s+(?:from|of|to|in)\s+${calls}$`,
  "i",
);
const places = ["first", "second", "third", "fourth", "fifth", "sixth"];

/** "add argument `{ strict: true }` to calls of parse", "remove the second argument from calls to f". */
export const readArguments: Phrase = (clause, quoted) => {
  const added = add.exec(clause);
  if (added !== null) {
    return adding(clause, {
      at: added[1],
      argument: valueOf(added[2] ?? "", quoted),
      callee: valueOf(added[3] ?? "", quoted),
    });
  }
  const passed = pass.exec(clause);
  if (passed !== null) {
    return adding(clause, {
      at: passed[2],
      argument: valueOf(passed[1] ?? "", quoted),
      callee: valueOf(passed[3] ?? "", quoted),
    });
  }
  const removed = removeText.exec(clause);
  if (removed === null) return undefined;
  const callee = calleeOf(valueOf(removed[3] ?? "", quoted));
  const argument = whichArgument(valueOf(removed[1] ?? removed[2] ?? "", quoted));
  return callee === undefined || argument === undefined
    ? undefined
    : [{ kind: "remove-argument", callee, argument }];
};

function adding(
  clause: string,
  words: { readonly at: string | undefined; readonly argument: string; readonly callee: string },
): readonly Change[] | undefined {
  const callee = calleeOf(words.callee);
  if (callee === undefined || words.argument === "") return undefined;
  const first = /^(?:first|leading)$/i.test(words.at ?? "") || /^prepend/i.test(clause);
  return [{ kind: "add-argument", callee, argument: words.argument, at: first ? "first" : "last" }];
}

function calleeOf(text: string): string | undefined {
  const callee = text.replace(/\(\)?$/, "");
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*(?:\.[\p{ID_Start}$_][\p{ID_Continue}$]*)*$/u.test(
    callee,
  )
    ? callee
    : undefined;
}

/** A place by number is clear; "the last" is not: a second look would take another one. */
function whichArgument(words: string): string | number | undefined {
  const place = places.indexOf(words.toLowerCase());
  if (place >= 0) return place + 1;
  const numbered = /^(\d)(?:st|nd|rd|th)$/.exec(words);
  if (numbered !== null) return Number(numbered[1]);
  return words === "" || /^(?:last|final|unused|only)$/i.test(words) ? undefined : words;
}
