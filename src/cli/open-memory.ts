import { hash } from "node:crypto";
import { join } from "node:path";

import { findTop } from "../adapters/find-top.ts";
import { folderAt } from "../adapters/folder-at.ts";
import { broughtBelow, type IsBrought } from "../adapters/git/brought-below.ts";
import { look } from "../adapters/memory/look.ts";
import { openMemoryStore } from "../adapters/memory/open-store.ts";
import { systemClock } from "../adapters/system-clock.ts";
import type { DreamWorld } from "../app/consolidate-record.ts";
import { redactProse } from "../core/memory/safety/redact-prose.ts";
import { knownSecrets } from "../core/secrets/known-secrets.ts";
import { cleanWith } from "../core/secrets/redact-value.ts";
import { ok, type Result } from "../model/result.ts";
import type { Clock } from "../ports/clock.ts";
import type { Io } from "./io.ts";

/** The memory of the repository that a command means, wired to the world. */
export function openMemory(
  options: { readonly repo: string },
  io: Pick<Io, "env">,
  clock: Pick<Clock, "now"> = systemClock,
): Result<DreamWorld> {
  const from = folderAt(options.repo);
  if (!from.ok) return from;
  const repo = findTop(from.value);
  const known = knownSecrets(io.env["ANTHROPIC_API_KEY"] ?? "", io.env);
  const clean = cleanWith(known);
  // Asked of the store and of every file of the inbox: git is asked once.
  let found: Promise<IsBrought> | undefined;
  const brought = (): Promise<IsBrought> => (found ??= broughtBelow(repo, ".skein"));
  return ok({
    store: openMemoryStore(repo, { clock, known, brought }),
    clock,
    hash: (text) => hash("sha256", text),
    clean: (text) => redactProse(clean(text)),
    isTracked: async (path) => (await brought())(join("memory", path)),
    probe: (probe) => look(repo, probe),
  });
}
