/** Looking at another place is no better way to do the same. */
const looking = new Set(
  "cat cd echo find git grep head jq less ls pwd rg sed stat tail test tree wc which".split(" "),
);

/** Asking a program what it is, or would do, is none either. */
const asking = /^(?:--help|-h|--version|--dry-run)$/;

/** A command without what is set before it: `cd web && PORT=0 npm test` is `npm test`. */
interface Words {
  readonly words: readonly string[];
  /** Those that are no flags. */
  readonly named: readonly string[];
}

/** Whether a command is tried again in another way by the second one: with what was missing, or with a word put right. */
export function isSaidOtherwise(before: string, after: string): boolean {
  const [a, b] = [wordsOf(before), wordsOf(after)];
  if (isLooking(a) || isLooking(b)) return false;
  return isAdded(a, b) || isMended(a, b) || isSameJob(a, b);
}

function isLooking({ words }: Words): boolean {
  const [program = ""] = words;
  return program === "" || looking.has(program) || words.some((word) => asking.test(word));
}

function wordsOf(command: string): Words {
  const words = command
    .replace(/^(?:(?:cd|export|source|\.) [^\s;&|]+\s*(?:&&|;)\s*)+/, "")
    .split(/\s+/)
    .filter((word) => word !== "");
  const first = words.findIndex((word) => !/^\w+=/.test(word));
  const own = first === -1 ? [] : words.slice(first);
  return { words: own, named: own.filter((word) => !word.startsWith("-")) };
}

/** All of its words, in their order, and more: a flag with its value, or a program that starts it, as in `npx vitest`. */
function isAdded({ words: a }: Words, { words: b }: Words): boolean {
  if (a.length > b.length) return false;
  const isBehind = a.every((word, at) => b[b.length - a.length + at] === word);
  if (isBehind) return true;
  let at = 0;
  for (const [place, word] of b.entries()) {
    if (word === a[at]) at += 1;
    else if (![word, b[place - 1]].some((one) => one?.startsWith("-") === true)) return false;
  }
  return at === a.length;
}

/** As many words, and each is the same or was written wrongly. */
function isMended({ words: a }: Words, { words: b }: Words): boolean {
  return (
    a.length === b.length && a.every((word, at) => word === b[at] || isSlip(word, b[at] ?? ""))
  );
}

const letter = /^\p{L}?$/u;

/** One letter more, less or another, or two that changed places: `biuld` for `build`. */
function isSlip(wrong: string, right: string): boolean {
  if (Math.min(wrong.length, right.length) < 3) return false;
  let start = 0;
  while (start < wrong.length && wrong[start] === right[start]) start += 1;
  const same = (end: number): boolean =>
    end < Math.min(wrong.length, right.length) - start && wrong.at(-1 - end) === right.at(-1 - end);
  let end = 0;
  while (same(end)) end += 1;
  const [a, b] = [wrong, right].map((word) => word.slice(start, word.length - end));
  if (a === undefined || b === undefined) return false;
  const isSwapped = a.length === 2 && b.length === 2 && a[0] === b[1] && a[1] === b[0];
  return isSwapped || (letter.test(a) && letter.test(b));
}

/** The same script or part of a program, with other arguments: `npm test`, `npm run lint`, `node check.mjs`. */
function isSameJob({ named: a }: Words, { named: b }: Words): boolean {
  return a.length > 1 && jobOf(a) === jobOf(b);
}

function jobOf(named: readonly string[]): string {
  return named.slice(0, /^(?:run|exec)$/.test(named[1] ?? "") ? 3 : 2).join(" ");
}
