import { resolve } from "node:path";

import { touchActivity } from "../adapters/daemon/daemon-folder.ts";
import { byDaemon } from "../adapters/daemon/spawn-skein.ts";
import { findTop } from "../adapters/find-top.ts";
import type { Io } from "./io.ts";

/** Whoever gives a command in a repository is there: its daemon waits, and what it has at work gives way. */
export function tellOfActivity(raw: object, io: Pick<Io, "env">): void {
  if (io.env[byDaemon] !== undefined) return;
  const repo = "repo" in raw && typeof raw.repo === "string" ? raw.repo : ".";
  touchActivity(findTop(resolve(repo)), Date.now());
}
