import { shownTime } from "../report/figures.ts";
import { wallOf } from "./wall-time.ts";

const utc = /\b(\d{4}-\d\d-\d\d) (\d\d:\d\d) UTC\b/g;

/**
 * A text with its times as the reader's clocks show them. What is kept, sent and logged tells of UTC: whoever wrote it may have
 * had other clocks than whoever reads it.
 */
export function localTimes(text: string, timeZone: string): string {
  return text.replaceAll(utc, (told, date: string, time: string) => {
    const moment = Date.parse(`${date}T${time}Z`);
    return Number.isNaN(moment) ? told : `${shownTime(wallOf(timeZone, moment))} ${timeZone}`;
  });
}
