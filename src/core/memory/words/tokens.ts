import { remembered } from "./remembered.ts";

export type TokenKind = "word" | "name" | "code" | "number" | "date" | "url";

export interface Token {
  readonly kind: TokenKind;
  /** As it is written, without the marks around it. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const units =
  "milliseconds?|millis|msecs?|ms|seconds?|secs?|minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?|[kmgt]ib?|kb|mb|gb|tb|(?:kilo|mega|giga|tera)?bytes?|percent|rpm|rps|rph|qps|px|[mkg]?hz|fps|[kmg]bps|[mck]m|[mk]g|[µμu]a|mah?|[µμ]s|[mk]?v|kwh?|iops|spaces?|s|m|h|d|k|g|%|x";
/** `0x48`, `10.20.0.0/16`, `10.0.0.1:8080`, `17.9.4a`: one word each. */
const addresses =
  "0x[0-9A-Fa-f]+(?![A-Za-z0-9])|\\d{1,3}(?:\\.\\d{1,3}){3}(?:/\\d{1,2}|:\\d{1,5})?(?![\\w.]*\\w)|v?\\d+(?:\\.\\d+){2,}[a-z](?![A-Za-z0-9])";
const shapes: readonly (readonly [TokenKind, string])[] = [
  [
    "code",
    "`[^`\\n]{1,400}`|\"[^\"\\n]{1,400}\"|“[^”\\n]{1,400}”|(?<![A-Za-z0-9])'[^'\\n]{2,200}'(?![A-Za-z])",
  ],
  ["url", "[a-z][a-z0-9+.-]{1,15}:\\/\\/[^\\s)>\\]\"'`]*[^\\s)>\\]\"'`.,;:!?]"],
  ["date", "\\d{4}-\\d{2}-\\d{2}(?:T[\\d:.]+(?:Z|[+-]\\d\\d:?\\d\\d)?)?"],
  [
    "name",
    "(?:@?[A-Za-z][A-Za-z0-9]*(?:[-_./:@+#][A-Za-z0-9]+)+(?:\\(\\))?|[.~]?\\/[\\w.@/-]+|\\.[a-z][\\w.-]+(?:\\/[\\w.@-]+)*|--?[A-Za-z][\\w-]+(?:=\\S+)?|#[A-Za-z][\\w-]*|[A-Za-z_]+\\d[A-Za-z0-9]*|[a-z]+[A-Z]\\w*|[A-Z]\\w*_\\w+)(?:['’]s(?![A-Za-z]))?",
  ],
  [
    "number",
    `${addresses}|[<>=~^]{0,2}v?\\d+(?:[.,:]\\d+|\\.x)*(?:[-_.][a-z]+\\.?\\d*)?(?:\\s?(?i:${units})(?![A-Za-z0-9]))?(?:%)?`,
  ],
  ["word", "[\\p{L}][\\p{L}\\p{N}]*(?:['’](?:s|t|ve|re|ll|d|m)(?![A-Za-z]))?"],
];
const shape = new RegExp(shapes.map(([kind, of]) => `(?<${kind}>${of})`).join("|"), "gu");

const numberWords = new Map(
  "zero one two three four five six seven eight nine ten eleven twelve"
    .split(" ")
    .map((word, value) => [word, String(value)]),
);
numberWords
  .set("twenty", "20")
  .set("thirty", "30")
  .set("sixty", "60")
  .set("hundred", "100")
  .set("twice", "2");
const counted = new RegExp(
  `\\b(${[...numberWords.keys()].join("|")})([- ](?:${units}|spaces?|times|workers?|retries|attempts|replicas?)(?![A-Za-z]))`,
  "gi",
);

/** "150 requests per second", "150 req/s" */
const rates =
  /\b(\d[\d.,]*)\s?(?:requests?|reqs?|calls?)(?:\s?\/\s?| per | an? | every )(s|sec|m|min|h|hr)(?:ond|ute|our)?s?\b/gi;

const joined = new RegExp(`\\b(\\d+)-(${units}|spaces?)\\b`, "gi");

/** Numbers in words become digits where they count something; nothing else of the text changes. */
export const withDigits = remembered((text: string): string => {
  return text
    .replaceAll(
      counted,
      (_, word: string, rest: string) => `${numberWords.get(word.toLowerCase()) ?? word}${rest}`,
    )
    .replaceAll(joined, "$1 $2");
});

/** The same rate in one way. */
export function withRates(text: string): string {
  return text.replaceAll(
    rates,
    (_, count: string, time: string) => `${count} rp${time.slice(0, 1).toLowerCase()}`,
  );
}

/** A number word alone is a number, too. */
export function numberOf(word: string): string | undefined {
  return numberWords.get(word.toLowerCase());
}

/** The same the other way: how a text said what its digits say now. */
export function asWritten(digits: string, text: string): string {
  if (text.includes(digits)) return digits;
  const words = digits.replace(
    /^\d+/,
    (number) => [...numberWords].find(([, value]) => value === number)?.[0] ?? number,
  );
  const found = text.toLowerCase().indexOf(words.toLowerCase());
  return found === -1 ? digits : text.slice(found, found + words.length);
}

/** The words, names, numbers and quoted pieces of a text, in order. Punctuation is between them. */
export const tokensOf = remembered((text: string): readonly Token[] => {
  return [...text.matchAll(shape)].map((match) => {
    const kind = shapes.find(([name]) => match.groups?.[name] !== undefined)?.[0] ?? "word";
    const raw = match[0];
    const plain =
      kind === "code" ? raw.slice(1, -1).trim() : raw.replace(/['’](?:s|ve|re|ll|d|m)$/, "");
    return { kind, text: plain, start: match.index, end: match.index + raw.length };
  });
});

/** The words in a name such as `auth-service`, `parseAmount` or `src/routes.ts`. */
export const partsOf = remembered((name: string): readonly string[] => {
  return name
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replaceAll(/([A-Z]+)([A-Z][a-z])/g, "$1 $2")
    .split(/[^\p{L}\p{N}]+/u)
    .filter((part) => part !== "");
});
