/** Most words that one word may become. */
const wordsMax = 128;
/** Only letters that mean nothing to any later expansion. */
const plain = /^[\w./:=@%+,-]*$/;

/**
 * The words that a brace expression stands for, `{a,b}` or `{1..3}`, braces inside included. Undefined when it holds
 * quotes, expansions or too much: then nobody says what it becomes.
 */
export function expandBraces(text: string): readonly string[] | undefined {
  const words = expand(text);
  return words !== undefined && words.every((word) => plain.test(word)) ? words : undefined;
}

function expand(text: string): readonly string[] | undefined {
  const open = text.indexOf("{");
  if (open === -1) return text.includes("}") ? undefined : [text];
  const close = closing(text, open);
  if (close === undefined) return undefined;
  const inner = alternatives(text.slice(open + 1, close));
  const rest = expand(text.slice(close + 1));
  if (inner === undefined || rest === undefined) return undefined;
  if (inner.length * rest.length > wordsMax) return undefined;
  const before = text.slice(0, open);
  return inner.flatMap((each) => rest.map((end) => `${before}${each}${end}`));
}

function closing(text: string, open: number): number | undefined {
  let depth = 0;
  for (let at = open; at < text.length; at++) {
    if (text[at] === "{") depth++;
    if (text[at] === "}" && --depth === 0) return at;
  }
  return undefined;
}

function alternatives(inner: string): readonly string[] | undefined {
  const parts = splitAtTop(inner);
  if (parts.length === 1) return range(inner);
  const expanded = parts.map(expand);
  return expanded.includes(undefined) ? undefined : expanded.flatMap((each) => each ?? []);
}

function splitAtTop(inner: string): readonly string[] {
  const parts = [""];
  let depth = 0;
  for (const letter of inner) {
    if (letter === "{") depth++;
    if (letter === "}") depth--;
    if (letter === "," && depth === 0) parts.push("");
    else parts[parts.length - 1] += letter;
  }
  return parts;
}

/** `1..9`, without a step and without leading zeros, and `a..e` of small letters or of capitals. */
function range(inner: string): readonly string[] | undefined {
  const [, from = "", to = ""] =
    /^(0|-?[1-9]\d{0,5})\.\.(0|-?[1-9]\d{0,5})$/.exec(inner) ??
    /^([a-z])\.\.([a-z])$/.exec(inner) ??
    /^([A-Z])\.\.([A-Z])$/.exec(inner) ??
    [];
  if (from === "") return undefined;
  const isLetter = /[a-z]/i.test(from);
  const [first, last] = isLetter
    ? [from.charCodeAt(0), to.charCodeAt(0)]
    : [Number(from), Number(to)];
  const count = Math.abs(last - first) + 1;
  if (count > wordsMax) return undefined;
  const step = last < first ? -1 : 1;
  return Array.from({ length: count }, (_, index) => first + index * step).map((value) =>
    isLetter ? String.fromCharCode(value) : String(value),
  );
}
