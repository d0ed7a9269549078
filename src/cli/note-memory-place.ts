import { existsSync } from "node:fs";
import { join, resolve } from "node:path";

import { findTop } from "../adapters/find-top.ts";
import type { Io } from "./io.ts";
import { noteProblems } from "./memory-facts.ts";

/** Outside of any repository memory begins where somebody is; they are told, since they may have meant another folder. */
export function noteMemoryPlace(options: { readonly repo: string }, io: Io): void {
  const top = findTop(resolve(options.repo));
  if (existsSync(join(top, ".git")) || existsSync(join(top, ".skein"))) return;
  noteProblems([`${top} is in no git repository; what is remembered is kept in its .skein`], io);
}
