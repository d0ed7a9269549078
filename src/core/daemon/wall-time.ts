const day = 86_400_000;

/** Clocks are put forward and back at full quarters of an hour, everywhere: within one the offset is the same. */
const quarter = 900_000;
const offsetsMax = 20_000;

const formats = new Map<string, Intl.DateTimeFormat>();
/** By zone and quarter: asking the machine's tables costs a thousand times as much. */
const offsets = new Map<string, number>();

/** Whether the machine knows a time zone of that name. */
export function isTimeZone(tz: string): boolean {
  try {
    formatOf(tz);
    return true;
  } catch {
    return false;
  }
}

/**
 * What clocks on the wall show at a moment, as milliseconds that would be that in UTC. Moments are milliseconds since the
 * epoch.
 */
export function wallOf(tz: string, moment: number): number {
  return moment + offsetAt(tz, moment);
}

/**
 * The moment at which clocks show that. When they do so twice, because they are put back, the first; when they never do,
 * because they are put forward, the moment at which that happens.
 */
export function momentOf(tz: string, wall: number): number {
  const before = offsetAt(tz, wall - day);
  const after = offsetAt(tz, wall + day);
  const fits = [before, after]
    .map((offset) => wall - offset)
    .filter((moment) => wallOf(tz, moment) === wall);
  if (fits.length > 0) return Math.min(...fits);
  // Somewhere in between the offset changes; the clocks never showed this.
  let at = Math.ceil((wall - Math.max(before, after)) / quarter) * quarter;
  while (offsetAt(tz, at) === before) at += quarter;
  return at;
}

function offsetAt(tz: string, moment: number): number {
  const start = Math.floor(moment / quarter) * quarter;
  const key = `${tz} ${start}`;
  const held = offsets.get(key);
  if (held !== undefined) return held;
  if (offsets.size >= offsetsMax) offsets.clear();
  const offset = readOffset(tz, start);
  offsets.set(key, offset);
  return offset;
}

function readOffset(tz: string, moment: number): number {
  const parts = new Map(
    formatOf(tz)
      .formatToParts(moment)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const part = (name: Intl.DateTimeFormatPartTypes): number => parts.get(name) ?? 0;
  const wall = Date.UTC(
    part("year"),
    part("month") - 1,
    part("day"),
    part("hour"),
    part("minute"),
    part("second"),
  );
  return wall - moment;
}

function formatOf(tz: string): Intl.DateTimeFormat {
  const held = formats.get(tz);
  if (held !== undefined) return held;
  const made = new Intl.DateTimeFormat("en-US", {
    timeZone: tz,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  formats.set(tz, made);
  return made;
}
