/** Kinds of text that tokenizers treat differently. */
export const textClasses = ["prose", "code", "json", "wide"] as const;
export type TextClass = (typeof textClasses)[number];

/** Raw estimate by class, in tokens, before calibration. */
export type ClassSizes = Readonly<Record<TextClass, number>>;

export const noSizes: ClassSizes = { prose: 0, code: 0, json: 0, wide: 0 };

/** Characters a token, to start with: current tokenizers yield up to 1.35 times the tokens of older ones (context.md, B.7). */
const charsPerToken: ClassSizes = { prose: 3, code: 2.8, json: 2.4, wide: 1 };
/** Of a long text, so many characters at its start, middle and end say what it is. */
const sampleChars = 1_500;

/** Raw size of a text. Wide characters (CJK, emoji) count by themselves; the rest counts as what most of it looks like. */
export function sizesOf(text: string): ClassSizes {
  const sample = sampleOf(text);
  let wide = 0;
  let marks = 0;
  let quotes = 0;
  for (let index = 0; index < sample.length; index += 1) {
    const code = sample.charCodeAt(index);
    if (code >= 0x2e80) wide += 1;
    else if (code === 0x22 || code === 0x3a) quotes += 1;
    else if (isMark(code)) marks += 1;
  }
  const share = sample.length === 0 ? 0 : wide / sample.length;
  const wideChars = share * text.length;
  const rest = text.length - wideChars;
  const kind = kindOf({ marks, quotes, of: sample.length });
  return { ...noSizes, wide: wideChars / charsPerToken.wide, [kind]: rest / charsPerToken[kind] };
}

function sampleOf(text: string): string {
  if (text.length <= 3 * sampleChars) return text;
  const middle = Math.floor((text.length - sampleChars) / 2);
  return (
    text.slice(0, sampleChars) +
    text.slice(middle, middle + sampleChars) +
    text.slice(text.length - sampleChars)
  );
}

/** Brackets, operators, slashes: what code has many of and prose few. */
function isMark(code: number): boolean {
  return (
    (code >= 0x23 && code <= 0x2b) ||
    code === 0x2f ||
    (code >= 0x3b && code <= 0x40) ||
    (code >= 0x5b && code <= 0x60) ||
    (code >= 0x7b && code <= 0x7e)
  );
}

function kindOf({
  marks,
  quotes,
  of,
}: {
  readonly marks: number;
  readonly quotes: number;
  readonly of: number;
}): TextClass {
  if (quotes > of * 0.06 && quotes > marks) return "json";
  return marks + quotes > of * 0.045 ? "code" : "prose";
}

export function addSizes(a: ClassSizes, b: ClassSizes): ClassSizes {
  return {
    prose: a.prose + b.prose,
    code: a.code + b.code,
    json: a.json + b.json,
    wide: a.wide + b.wide,
  };
}
