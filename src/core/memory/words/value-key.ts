import { remembered } from "./remembered.ts";
import { numberOf, withDigits, withRates } from "./tokens.ts";

export type ValueKind = "number" | "duration" | "size" | "version" | "path" | "flag" | "words";

const inMs: readonly (readonly [RegExp, number])[] = [
  [/^(?:ns|nanoseconds?)$/, 1e-6],
  [/^(?:[uµμ]s|microseconds?)$/, 1e-3],
  [/^(?:ms|msecs?|millis|milliseconds?)$/, 1],
  [/^(?:s|secs?|seconds?)$/, 1_000],
  [/^(?:m|mins?|minutes?)$/, 60_000],
  [/^(?:h|hrs?|hours?)$/, 3_600_000],
  [/^(?:d|days?)$/, 86_400_000],
  [/^weeks?$/, 604_800_000],
];
const inBytes: readonly (readonly [RegExp, number])[] = [
  [/^bytes?$/, 1],
  [/^ki?b$|^ki$|^kilobytes?$/, 1_024],
  [/^mi?b$|^mi$|^megabytes?$/, 1_048_576],
  [/^gi?b$|^gi$|^gigabytes?$/, 1_073_741_824],
  [/^ti?b$|^ti$|^terabytes?$/, 1_099_511_627_776],
];
const flags: ReadonlyMap<string, string> = new Map(
  (
    [
      ["on", "enabled true yes active on allowed"],
      ["off", "disabled false no inactive off forbidden"],
    ] as const
  ).flatMap(([key, words]) => words.split(" ").map((word): [string, string] => [word, key])),
);
/** Other names of what has a well-known one. */
const names: ReadonlyMap<string, string> = new Map(
  [
    ["postgresql", "postgres"],
    ["javascript", "js"],
    ["typescript", "ts"],
    ["kubernetes", "k8s"],
    ["go", "golang"],
    ["mongodb", "mongo"],
    ["node.js", "nodejs"],
    [
      "1209600000 ms",
      "fortnightly",
      "every fortnight",
      "biweekly",
      "every other week",
      "every two weeks",
    ],
    ["every 30 minutes", "every half hour", "every half an hour"],
    ["hourly", "every hour", "once an hour", "each hour"],
    ["daily", "every day", "once a day", "each day"],
    ["weekly", "every week", "once a week", "each week"],
    ["monthly", "every month", "once a month", "each month"],
    ["yearly", "every year", "once a year", "annually", "each year"],
    ["quarterly", "every quarter", "every 3 months", "every three months"],
    ["nightly", "every night", "each night"],
    ["30000 ms", "half a minute"],
    ["1800000 ms", "half an hour", "half hour"],
  ].flatMap(([name = "", ...others]) => others.map((other): [string, string] => [other, name])),
);
/** "every 6 hours" is how long it takes from one to the next. */
const every = /^every (?=\d)/i;
/** "160k tokens" */
const thousands = /(?<![\w.])(\d+(?:\.\d+)?)k(?= [a-z]|$)/;
const amount = /^([<>=~^]{0,2})v?(\d+(?:[.,]\d+)*)\s*([a-zµμ%]+)?$/i;

/** Values that are the same in other words have one key: `30s`, `30 seconds`, `v20` and `20`, `"main"` and main. */
export const valueKey = remembered((value: string): string => {
  const plain = withoutMarks(withRates(withDigits(value))).replace(thousands, (_, count: string) =>
    String(round(Number(count) * 1_000)),
  );
  const [, word = "", noun] = /^([a-z]+) ([a-z]+)$/i.exec(plain) ?? [];
  const count = noun === undefined ? undefined : numberOf(word);
  // "three approvals"
  const said = (count === undefined ? plain : `${count} ${noun}`).toLowerCase();
  const lower = names.has(said) ? said : said.replace(every, "");
  const name = names.get(lower);
  if (name !== undefined) return name;
  const counted = numberOf(lower);
  if (counted !== undefined) return counted;
  const flag = flags.get(lower);
  if (flag !== undefined) return `flag ${flag}`;
  // "retries=8" is 8
  const [, compare = "", digits = "", unit = ""] =
    amount.exec(lower.replace(/^==?(?=\d)/, "")) ?? [];
  if (digits === "") return lower.replace(/^v(?=\d)/, "").replace(/\.x$/, "");
  const number = digits.replace(/,(?=\d{3}(?:\D|$))/g, "");
  const time = inMs.find(([name]) => name.test(unit));
  if (time !== undefined) return `${compare}${round(Number(number) * time[1])} ms`;
  const size = inBytes.find(([name]) => name.test(unit));
  if (size !== undefined) return `${compare}${round(Number(number) * size[1])} bytes`;
  const plainUnit =
    unit === "percent"
      ? "%"
      : unit
          .replace(/^[µμ]/, "u")
          .replace(/s$/, "")
          .replace(/^(?:([kmg])(?:ilo|ega|iga))?hertz$/, "$1hz");
  return `${compare}${number}${unit === "" ? "" : ` ${plainUnit}`}`;
});

export function valueKindOf(value: string): ValueKind {
  const key = valueKey(value);
  if (key.startsWith("flag ")) return "flag";
  if (/^[<>=~^]*[\d.e+]+ ms$/.test(key)) return "duration";
  if (/^[<>=~^]*[\d.e+]+ bytes$/.test(key)) return "size";
  if (/^[<>=~^]*\d+$/.test(key)) return "number";
  if (/^[<>=~^]*\d+(?:\.\w+)+/.test(key)) return "version";
  if (/^[~.]?\/|^[\w.@-]+\/[\w./@-]+$|^[\w-]+\.[a-z]{1,5}$/.test(key)) return "path";
  return "words";
}

/** "30 minutes instead of 20": what was before has the unit of what is now. */
export function withUnitOf(value: string, before: string): string {
  const [, , , unit] = amount.exec(withoutMarks(withDigits(value))) ?? [];
  return unit !== undefined && /^\W?\d[\d.,]*$/.test(before.trim())
    ? `${before.trim()} ${unit}`
    : before;
}

function round(value: number): number {
  return Number(value.toPrecision(12));
}

function withoutMarks(value: string): string {
  return (
    value
      .normalize("NFKC")
      .trim()
      .replaceAll(/\s+/g, " ")
      .replace(/^(?:the|a|an|our|its) /i, "")
      // "is called next"
      .replace(/^called (?=\S)/i, "")
      .replace(/^[`"'“”‘’(]+|[`"'“”‘’)]+$/g, "")
      .replace(/[.,;:!]+$/, "")
      .trim()
  );
}

/** Whether a value's key is an amount, with its unit or without. */
export function isAmountKey(key: string): boolean {
  return /^[<>=~^]*[\d.]+(?: \w+)?$/.test(key);
}
