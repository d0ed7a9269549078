/** Most words that one written word is taken apart into; the search needs some of them, not all. */
const wordsMax = 256;

/** Brace expansion on written text, quotes left as they are: `a{b,"c d"}` becomes `ab` and `a"c d"`. */
export function expandBraces(text: string): readonly string[] {
  const done: string[] = [];
  const open = [text];
  for (
    let next = open.pop();
    next !== undefined && done.length + open.length < wordsMax;
    next = open.pop()
  ) {
    const group = firstGroup(next);
    if (group === undefined) done.push(next);
    else {
      const { front, members, rest } = group;
      open.push(...members.map((member) => front + member + rest).toReversed());
    }
  }
  return done;
}

interface Group {
  readonly front: string;
  readonly members: readonly string[];
  readonly rest: string;
}

function firstGroup(text: string): Group | undefined {
  for (let start = 0; start < text.length; start += 1) {
    start = afterQuoted(text, start);
    if (text[start] !== "{" || text[start - 1] === "$") continue;
    const group = groupAt(text, start);
    if (group !== undefined) return group;
  }
  return undefined;
}

function groupAt(text: string, start: number): Group | undefined {
  const members: string[] = [];
  let depth = 0;
  let from = start + 1;
  for (let at = start; at < text.length; at += 1) {
    at = afterQuoted(text, at);
    if (text[at] === "{") depth += 1;
    if (text[at] === "}") depth -= 1;
    if (depth === 1 && text[at] === ",") {
      members.push(text.slice(from, at));
      from = at + 1;
    }
    if (depth !== 0) continue;
    members.push(text.slice(from, at));
    const all = members.length > 1 ? members : range(members[0] ?? "");
    return all === undefined
      ? undefined
      : { front: text.slice(0, start), members: all, rest: text.slice(at + 1) };
  }
  return undefined;
}

function afterQuoted(text: string, at: number): number {
  if (text[at] === "\\") return at + 2;
  if (text[at] !== "'" && text[at] !== '"') return at;
  const end = text.indexOf(text[at] ?? "", at + 1);
  return end === -1 ? text.length : end + 1;
}

function range(text: string): readonly string[] | undefined {
  const match = /^(-?\d+|[a-zA-Z])\.\.(-?\d+|[a-zA-Z])(?:\.\.(-?\d+))?$/.exec(text);
  if (match === null) return undefined;
  const [, from = "", to = "", step = "1"] = match;
  const isLetter = /[a-zA-Z]/.test(from);
  const [first, last] = isLetter
    ? [from.charCodeAt(0), to.charCodeAt(0)]
    : [Number(from), Number(to)];
  if (Number.isNaN(first) || Number.isNaN(last)) return undefined;
  const size = Math.max(1, Math.abs(Number(step)));
  const count = Math.min(wordsMax, Math.floor(Math.abs(last - first) / size) + 1);
  return Array.from({ length: count }, (_, index) => {
    const value = first + (last < first ? -1 : 1) * size * index;
    return isLetter ? String.fromCharCode(value) : String(value);
  });
}
