import type { ListedFile } from "../../ports/memory-files.ts";

/** Longest name of a file that a job is called after, in characters. */
const nameMax = 120;

/** Why something that lies in a folder of schedules or plans is no job; undefined: it is one. */
export function whyNotTaken(
  { name, kind }: ListedFile,
  endings: readonly string[],
): string | undefined {
  if (kind === "dir") return "it is a folder; files in it are not looked at";
  if (kind === "other") return "it is a link, or no plain file; a copy of it would be taken";
  if (!endings.some((ending) => name.endsWith(ending) && name !== ending))
    return `its name does not end in ${endings[0]}`;
  // Characters that nobody sees, or that are no line's.
  if (/[\p{C}\p{Zl}\p{Zp}\\]/u.test(name)) return "its name has characters that cannot be shown";
  return name.length > nameMax ? `its name has more than ${nameMax} characters` : undefined;
}
