import { stripVTControlCharacters } from "node:util";

/** Text from a repository or a model, without anything a terminal would obey. Line breaks and tabs stay. */
export function printable(text: string): string {
  return stripVTControlCharacters(text).replaceAll(/[^\P{Cc}\n\t]/gu, "");
}

/** The same on one line. */
export function printableLine(text: string): string {
  return printable(text).replaceAll(/\s+/g, " ").trim();
}
