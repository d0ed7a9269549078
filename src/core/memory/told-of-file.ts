import type { Clean } from "../secrets/redact-value.ts";
import { cleanPath } from "./clean-path.ts";

/** Something that a person is told of a file of memory. */
export interface ToldOfFile {
  /** Below `.skein/memory`. */
  readonly path: string;
  /** Which of the facts in it is meant, where there may be several. */
  readonly id?: string | undefined;
  readonly why: string;
  /** What becomes of it. */
  readonly end?: string;
}

export function tellOfFile({ path, id, why, end = "" }: ToldOfFile): string {
  const which = id === undefined ? "" : ` (${id.slice(-8).toLowerCase()})`;
  return `memory/${path}${which}: ${why}${end}`;
}

/** What is told of a file names what stands in it, and that may be a secret. */
export function cleanTold(told: ToldOfFile, clean: Clean): ToldOfFile {
  const { path, why, end = "" } = told;
  return { ...told, path: cleanPath(path, clean), why: clean(why), end: clean(end) };
}
