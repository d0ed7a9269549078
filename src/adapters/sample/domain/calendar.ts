import { gives, type ModuleSpec, type PackageSpec } from "../spec.ts";

/** Holidays on fixed days, month-day. */
const holidays: Readonly<Record<string, readonly string[]>> = {
  AT: ["01-01", "01-06", "05-01", "08-15", "10-26", "11-01", "12-08", "12-25", "12-26"],
  BE: ["01-01", "05-01", "07-21", "08-15", "11-01", "11-11", "12-25"],
  DE: ["01-01", "05-01", "10-03", "12-25", "12-26"],
  FR: ["01-01", "05-01", "05-08", "07-14", "08-15", "11-01", "11-11", "12-25"],
  NL: ["01-01", "04-27", "05-05", "12-25", "12-26"],
};

export const calendar: PackageSpec = {
  name: "calendar",
  about: "Days as whole numbers since 1970, working days and due dates.",
  modules: [
    {
      name: "day",
      about: "Days: numbers inside, ISO text outside.",
      body: `
const DAY_MS = 86_400_000;

/** "2026-02-28" as the number of days since 1970-01-01. */
export function parseDay(text) {
  const ms = Date.parse(\`\${text}T00:00:00Z\`);
  if (!/^\\d{4}-\\d\\d-\\d\\d$/.test(text) || Number.isNaN(ms)) {
    throw new SyntaxError(\`not a day: \${text}\`);
  }
  return ms / DAY_MS;
}

export function formatDay(day) {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}`,
      cases: [
        gives("the count starts in 1970", 'parseDay("1970-01-02")', "1"),
        gives("leap days exist", 'formatDay(parseDay("2024-02-28") + 1)', '"2024-02-29"'),
        gives("other formats are refused", 'parseDay("28.2.2026")', /not a day/),
      ],
    },
    {
      name: "weekday",
      about: "Days of the week.",
      body: `
/** 1 is Monday, 7 is Sunday, as in ISO 8601. */
export function weekdayOf(day) {
  return ((((day + 3) % 7) + 7) % 7) + 1;
}

export function isWeekend(day) {
  return weekdayOf(day) > 5;
}`,
      cases: [
        gives("1970 began on a Thursday", "weekdayOf(0)", "4"),
        gives("Saturday is weekend", 'isWeekend(parseDay("2026-11-21"))', "true"),
      ],
    },
    {
      name: "range",
      about: "Runs of days.",
      body: `
export function daysBetween(from, to) {
  return Math.abs(to - from);
}

/** All days of a range, both ends included. */
export function* eachDay(from, to) {
  for (let day = from; day <= to; day += 1) yield day;
}

export function monthOf(day) {
  return formatDay(day).slice(0, 7);
}`,
      cases: [
        gives(
          "a month has its days",
          'daysBetween(parseDay("2026-03-01"), parseDay("2026-04-01"))',
          "31",
        ),
        gives("both ends count", 'monthOf(parseDay("2026-03-31"))', '"2026-03"'),
      ],
    },
    {
      name: "quarter",
      about: "Quarters, for the tax return.",
      body: `
/** "2026-Q4" for a day in November. */
export function quarterOf(day) {
  const [year, month] = monthOf(day).split("-");
  return \`\${year}-Q\${Math.ceil(Number(month) / 3)}\`;
}`,
      cases: [gives("November is in Q4", 'quarterOf(parseDay("2026-11-23"))', '"2026-Q4"')],
    },
    ...Object.entries(holidays).map(holidayModule),
    {
      name: "business-days",
      about: "Days on which a depot is open.",
      body: `
const CALENDARS = { ${Object.keys(holidays)
        .map((country) => `${country}: isHoliday${country}`)
        .join(", ")} };

export function isBusinessDay(day, country) {
  return !isWeekend(day) && CALENDARS[country]?.(day) !== true;
}

/** The day that lies \`count\` working days later. */
export function addBusinessDays(day, count, country) {
  let left = count;
  let at = day;
  while (left > 0) {
    at += 1;
    if (isBusinessDay(at, country)) left -= 1;
  }
  return at;
}`,
      cases: [
        gives(
          "weekends do not count",
          'formatDay(addBusinessDays(parseDay("2026-11-20"), 1, "DE"))',
          '"2026-11-23"',
        ),
        gives(
          "the first of November is free in France",
          'isBusinessDay(parseDay("2027-11-01"), "FR")',
          "false",
        ),
        gives("but not in the Netherlands", 'isBusinessDay(parseDay("2027-11-01"), "NL")', "true"),
      ],
    },
    {
      name: "due-date",
      about: "When an invoice is to be paid.",
      body: `
/** Terms are days after the issue; a due day on a weekend moves to the next working day. */
export function dueDay(issued, terms, country) {
  const day = issued + terms;
  return isBusinessDay(day, country) ? day : addBusinessDays(day, 1, country);
}

export function isOverdue(due, today) {
  return today > due;
}`,
      cases: [
        gives(
          "thirty days that end on a holiday move on",
          'formatDay(dueDay(parseDay("2026-11-25"), 30, "DE"))',
          '"2026-12-28"',
        ),
        gives("the due day itself is in time", "isOverdue(10, 10)", "false"),
      ],
    },
  ],
};

function holidayModule([country, days]: [string, readonly string[]]): ModuleSpec {
  return {
    name: `holidays-${country.toLowerCase()}`,
    about: `Holidays on fixed days in ${country}.`,
    body: `
const DAYS = new Set([
${days.map((day) => `  "${day}",`).join("\n")}
]);

export function isHoliday${country}(day) {
  return DAYS.has(formatDay(day).slice(5));
}`,
  };
}
