import { type Ends, keepEnds } from "../keep-ends.ts";

/** How an old result is shortened: its ends stay, and `again` says how to see it whole. */
export function shortenTo(ends: Ends, again: string): (text: string) => string {
  return (text) =>
    keepEnds(text, ends, (left) => `${left} characters of this old result left out; ${again}`);
}

/** For results of a line or two. */
export function keepWhole(text: string): string {
  return text;
}
