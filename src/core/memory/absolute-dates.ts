const day = 86_400_000;
const names = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];
const small =
  "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen";
const tens = "twenty thirty forty fifty sixty seventy eighty ninety";
const counts = new Map([
  ["a", 1],
  ["an", 1],
  ...tens.split(" ").map((word, at): [string, number] => [word, 10 * (at + 2)]),
  ...small.split(" ").map((word, at): [string, number] => [word, at + 1]),
]);
const words = [...counts.keys()].toSorted((a, b) => b.length - a.length).join("|");
const count = `(?:\\d{1,3}|(?:(?:${tens.replaceAll(" ", "|")})[- ])?(?:${words})|a couple of|a few)`;
const unit = "(days?|weeks?|fortnights?|months?|quarters?|years?|hours?)\\b";
const weekday = `(${names.join("|")})`;

interface Day {
  readonly date: string;
  /** The words name a stretch of time and not a day. */
  readonly isAbout: boolean;
}
type Rule = readonly [RegExp, (match: readonly string[], today: Date) => Day | undefined];

const exact = (at: Date): Day => ({ date: iso(at), isAbout: false });
const about = (at: Date): Day => ({ date: iso(at), isAbout: true });

/** Longer phrases first. Each ends as a day, counted from the day of the observation. */
const rules: readonly Rule[] = [
  [
    new RegExp(`\\b(${count}) ${unit} from (?:now|today)\\b(?! on\\b)`, "gi"),
    ([, n, of], today) => shifted(today, n, of, 1),
  ],
  [/\b(?:the )?day before yesterday\b/gi, (_, today) => exact(plusDays(today, -2))],
  [/\b(?:the )?day after tomorrow\b/gi, (_, today) => exact(plusDays(today, 2))],
  [
    /\b(?:late |early )?(?:yesterday|last night)(?: (?:morning|afternoon|evening|night))?\b/gi,
    (_, today) => exact(plusDays(today, -1)),
  ],
  [
    /\btomorrow(?: (?:morning|afternoon|evening|night))?\b/gi,
    (_, today) => exact(plusDays(today, 1)),
  ],
  [
    /\b(?:earlier |later )?today\b|\bthis (?:morning|afternoon|evening)\b|\btonight\b/gi,
    (_, today) => exact(today),
  ],
  [
    new RegExp(
      `\\b(?:about |around |exactly |roughly )?(${count}) ${unit} (?:ago|earlier|back)\\b`,
      "gi",
    ),
    ([, n, of], today) => shifted(today, n, of, -1),
  ],
  [
    new RegExp(
      `\\bin (?:about |exactly |roughly |around )?(${count}) ${unit}(?:['’] time)?(?! (?:of|a|each|per)\\b)`,
      "gi",
    ),
    ([, n, of], today) => (/hour/.test(of ?? "") ? undefined : shifted(today, n, of, 1)),
  ],
  [
    new RegExp(`\\b(${count}) ${weekday}s (?:ago|back)\\b`, "gi"),
    ([, n, of], today) => weeksOn(onWeekday(today, of, false), 1 - countOf(n)),
  ],
  [
    /\b(?:the )?end of (the|this|next|last) (week|month|year)\b/gi,
    ([, which, of], today) => endOf(movedBy(today, which, of), of),
  ],
  [
    /\b(?:the )?(week|month|quarter|year) after next\b/gi,
    ([, of], today) => aroundUnit(today, of, 2),
  ],
  [
    /\b(?:earlier )?(last|past|previous|next|coming|this) (week|month|quarter|year|weekend)\b/gi,
    ([, which, of], today) => stretch(today, which, of),
  ],
  [
    new RegExp(`\\b(last|past|previous|next|coming|this)(?: week['’]?s?)? ${weekday}\\b`, "gi"),
    ([, which, of], today) => onWeekday(today, of, /^(?:next|coming|this)$/i.test(which ?? "")),
  ],
  [
    new RegExp(
      `(?<=\\b(?:by|until|before|due|starting|from|starts|begins) (?:on )?)${weekday}\\b(?! (?:to|until|till|through)\\b)`,
      "gi",
    ),
    ([, of], today) => onWeekday(today, of, true),
  ],
  [
    new RegExp(`(?<=\\b(?:on|since) )${weekday}\\b`, "gi"),
    ([, of], today) => onWeekday(today, of, false),
  ],
];
/** What is done on a day of every week is done on no day of the calendar. */
const habit = new RegExp(
  `\\b(?:usually|always|normally|typically|generally|mostly|regularly|often|sometimes|weekly|every|each|tends? to|acts? up)\\b|\\b(?:is|are|gets?) \\w+(?:ed|t|n) on ${weekday}\\b|${weekday} (?:morning|noon|afternoon|evening|night)s\\b`,
  "i",
);
/** "Friday", "the end of the month": there is one again and again. */
const comesBack =
  /^(?!(?:yester|to)day$)\w+day$|\b(?:end|start|beginning|middle) of (?:the|each|every) (?:week|month|quarter|year)$/i;
const future =
  /\b(?:will|going to|is due|are due|starts?|begins?|expires?|ships?|goes|planned|scheduled|deadline|upcoming)\b/i;
const opening = /\b(?:on|since|until|by|from|before|after|of|around|about|starting|due)\s*$/i;

/** What every phrase below has a word of; most texts have none. */
const dated = new RegExp(
  `\\b(?:now|(?:yester|to)day|tomorrow|(?:to)?night|morning|afternoon|evening|days?|weeks?|fortnights?|months?|quarters?|years?|hours?|weekend|${names.join("s?|")}s?)\\b`,
  "i",
);

/**
 * The text with "yesterday", "in two weeks", "last Friday" written as days, counted from the observation's own day (in its
 * own zone). A week or a month becomes "around" a day. A weekday that is the `value` of a key is one of every week, and what has a
 * `value` in it says how long something takes.
 */
export function absoluteDates(text: string, at: string, value = ""): string {
  if (!dated.test(text)) return text;
  const today = dayOf(at);
  let clean = text;
  const isHabit = habit.test(text) || weekdaysIn(text) > 1 || weekdaysIn(value) > 0;
  for (const [pattern, read] of rules) {
    clean = clean.replaceAll(pattern, (...given: unknown[]) => {
      const match = given.filter((part) => typeof part === "string");
      const whole = String(given[0]);
      const offset = Number(given.find((part) => typeof part === "number"));
      if ((isHabit && comesBack.test(whole)) || isAmountOf(value, whole)) return whole;
      const isAhead = future.test(clean) && names.includes(whole.toLowerCase());
      const found = isAhead ? onWeekday(today, whole, true) : read(match, today);
      if (found === undefined) return whole;
      const before = clean.slice(0, offset);
      const isOpened = opening.test(before);
      const word = found.isAbout
        ? "around "
        : isOpened || before.trim() === "" || /["'`(]$/.test(before)
          ? ""
          : "on ";
      const lead = /^(?:the )?end of/i.test(whole) ? "" : word;
      return `${before.trim() === "" && lead === "" ? "On " : lead}${found.date}`;
    });
  }
  return clean;
}

/** "settles refunds in 3 days", of 3 settlement days */
function isAmountOf(value: string, phrase: string): boolean {
  const [, count] = /^(\d+)(?: [a-z]+)?$/i.exec(value.trim()) ?? [];
  return count !== undefined && new RegExp(`\\b${count} `).test(phrase);
}

/** "On Tuesday instead of Wednesday": two days that are held against each other are days of every week. */
function weekdaysIn(text: string): number {
  const named = text.matchAll(
    new RegExp(`(?<!\\b(?:last|past|previous|next|coming|this) )\\b${weekday}\\b`, "gi"),
  );
  return new Set([...named].map(([name]) => name.toLowerCase())).size;
}

/** Midnight (UTC) of the day that the observer's clock showed. */
function dayOf(at: string): Date {
  const [, date] = /^(\d{4}-\d\d-\d\d)/.exec(at) ?? [];
  return new Date(`${date ?? new Date(at).toISOString().slice(0, 10)}T00:00:00Z`);
}

function iso(date: Date): string {
  return date.toISOString().slice(0, 10);
}

function plusDays(date: Date, days: number): Date {
  return new Date(date.getTime() + days * day);
}

function plusMonths(date: Date, months: number): Date {
  const first = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1));
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  return new Date(first.getTime() + (Math.min(date.getUTCDate(), last) - 1) * day);
}

function shifted(today: Date, n = "", of = "", sign: 1 | -1): Day | undefined {
  const moved = byUnit(today, of.toLowerCase(), countOf(n) * sign);
  return moved === undefined ? undefined : /couple|few/i.test(n) ? about(moved) : exact(moved);
}

function countOf(n = ""): number {
  const lower = n.toLowerCase();
  if (lower.includes("couple")) return 2;
  if (/^\d/.test(lower)) return Number(lower);
  const parts = lower.split(/[- ]/).map((word) => counts.get(word));
  return parts.every((part) => part !== undefined) ? parts.reduce((sum, part) => sum + part, 0) : 3;
}

function weeksOn(at: Day | undefined, weeks: number): Day | undefined {
  return at === undefined
    ? undefined
    : exact(plusDays(new Date(`${at.date}T00:00:00Z`), 7 * weeks));
}

function aroundUnit(today: Date, of = "", n = 0): Day | undefined {
  const moved = byUnit(today, of.toLowerCase(), n);
  return moved === undefined ? undefined : about(moved);
}

/** The same day of the next or the last one; of "the" one it is today. */
function movedBy(today: Date, which = "", of = ""): Date {
  const n = /next/i.test(which) ? 1 : /last/i.test(which) ? -1 : 0;
  return byUnit(today, of.toLowerCase(), n) ?? today;
}

function byUnit(today: Date, of: string, n: number): Date | undefined {
  if (of.startsWith("day")) return plusDays(today, n);
  if (of.startsWith("week")) return plusDays(today, 7 * n);
  if (of.startsWith("fortnight")) return plusDays(today, 14 * n);
  if (of.startsWith("month")) return plusMonths(today, n);
  if (of.startsWith("quarter")) return plusMonths(today, 3 * n);
  if (of.startsWith("year")) return plusMonths(today, 12 * n);
  return of.startsWith("hour") && Math.abs(n) < 24 ? today : undefined;
}

function stretch(today: Date, which = "", of = ""): Day | undefined {
  const sign = /^(?:last|past|previous)$/i.test(which) ? -1 : /^this$/i.test(which) ? 0 : 1;
  if (/weekend/i.test(of)) return about(weekdayFrom(today, 6, sign >= 0));
  return aroundUnit(today, of, sign);
}

function endOf(today: Date, of = ""): Day {
  if (/week/i.test(of)) return exact(weekdayFrom(plusDays(today, -1), 0, true));
  const month = /year/i.test(of) ? 12 : today.getUTCMonth() + 1;
  return exact(new Date(Date.UTC(today.getUTCFullYear(), month, 0)));
}

function onWeekday(today: Date, of = "", isAhead: boolean): Day | undefined {
  const wanted = names.indexOf(of.toLowerCase());
  return wanted === -1 ? undefined : exact(weekdayFrom(today, wanted, isAhead));
}

/** The nearest such day strictly ahead, or strictly behind. */
function weekdayFrom(today: Date, wanted: number, isAhead: boolean): Date {
  const ahead = (wanted - today.getUTCDay() + 7) % 7 || 7;
  return plusDays(today, isAhead ? ahead : ahead - 7 === 0 ? -7 : ahead - 7);
}
