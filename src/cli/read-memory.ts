import { resolve } from "node:path";

import { findTop } from "../adapters/find-top.ts";
import { readLimits } from "../adapters/model/limits-file.ts";
import { systemClock } from "../adapters/system-clock.ts";
import { type DreamWorld, ownSegments } from "../app/consolidate-record.ts";
import { factsOf } from "../app/dream.ts";
import { type ProseRead, readProse } from "../app/read-prose.ts";
import { whyNoRequest } from "../core/governor/limit-left.ts";
import { estimateUsd } from "../core/memory/reading/estimate-usd.ts";
import { knownNames } from "../core/memory/reading/known-names.ts";
import { batchesOf, textsToRead } from "../core/memory/reading/texts-to-read.ts";
import { defaultModels } from "../core/models.ts";
import type { DreamConfig } from "../model/config.ts";
import { failure } from "../model/failure.ts";
import type { Permissions } from "../model/permission.ts";
import { err, ok, type Result } from "../model/result.ts";
import { createGatekeeper } from "./gatekeeper.ts";
import type { Io } from "./io.ts";
import { type ModelApi, openModelApi } from "./model-api.ts";
import type { DreamOptions } from "./options/memory-options.ts";
import { settingsOf } from "./run-settings.ts";
import { stopSignal } from "./stop-signal.ts";
import { wireAlone } from "./wire-alone.ts";
import type { WiredRun } from "./wire-run.ts";

/** What a model is to read, and what that is likely to cost. */
export interface ReadingDue {
  readonly model: string;
  readonly texts: readonly string[];
  readonly names: string;
  readonly most: { readonly usd: number; readonly requests: number };
  /** Of as many requests as may be made. */
  readonly requests: number;
  readonly usd: number;
}

/** Looks what is to be read; sends nothing. */
export async function readingDue(
  world: DreamWorld,
  options: DreamOptions,
  config: DreamConfig,
): Promise<Result<ReadingDue>> {
  const snapshot = await world.store.snapshot();
  if (!snapshot.ok) return snapshot;
  const { own } = await ownSegments(snapshot.value, world);
  const entries = own.flatMap((segment) => segment.entries);
  const texts = textsToRead(entries, world.hash);
  const names = knownNames(factsOf(snapshot.value.files));
  const model = options.model ?? config.model ?? defaultModels.reader;
  const most = {
    usd: options.budgetUsd ?? config.usd,
    requests: options.requests ?? config.requests,
  };
  const asked = batchesOf(texts).slice(0, most.requests);
  const usd = asked.reduce((sum, batch) => sum + estimateUsd(model, batch, names), 0);
  return ok({ model, texts, names, most, requests: asked.length, usd });
}

/**
 * Has readers say what the texts say, in a run of its own, and puts that into memory's record. `stopped`: a person ended it. Its
 * failures are told, and keep no dream from going on without.
 */
export async function readMemoryProse(
  world: DreamWorld,
  due: ReadingDue,
  at: {
    readonly options: DreamOptions;
    readonly io: Io;
    readonly onRead: (read: ProseRead) => void;
  },
): Promise<Result<ProseRead> | "stopped"> {
  const { options, io } = at;
  const api = await openModelApi(options, io.env);
  if (!api.ok) return api;
  await using openApi = api.value;
  if (openApi.offline && options.script === undefined) return err(cannotRead);
  using stop = stopSignal({ tell: io.stderr, wallMs: undefined, hasTerminal: io.hasTerminal });
  const read = await readIn(world, due, { ...at, api: openApi, signal: stop.signal });
  return stop.signal.aborted ? "stopped" : read;
}

const cannotRead = failure("usage", "the offline model cannot read prose", {
  hint: "set ANTHROPIC_API_KEY, or give --base-url",
});

interface ReadingAt {
  readonly options: DreamOptions;
  readonly io: Io;
  readonly onRead: (read: ProseRead) => void;
  readonly api: ModelApi;
  readonly signal: AbortSignal;
}

const permissions: Permissions = { mode: "read-only", rules: [] };

/** Readers have nothing that a hook could be told of, or a server of tools be asked. */
function wireReaders({ options, io, api, signal }: ReadingAt): Promise<Result<WiredRun>> {
  const repo = findTop(resolve(options.repo));
  const nothing = { hooks: [], mcpServers: [], onEntry: () => undefined };
  return wireAlone({ ...nothing, repo, base: "HEAD", api, permissions, signal }, io);
}

async function readIn(
  world: DreamWorld,
  { model, texts, names, most }: ReadingDue,
  at: ReadingAt,
): Promise<Result<ProseRead>> {
  const { options, io, api, signal } = at;
  const wired = await wireReaders(at);
  if (!wired.ok) return wired;
  await using parts = wired.value;
  const { id, base, ports, shellMode: shell } = parts;
  const asked = { model, budgetUsd: most.usd };
  const before = await readLimits(io.env, api.baseUrl);
  const gatekeeper = createGatekeeper({ yes: true, ask: undefined });
  return await readProse(
    {
      id,
      base,
      ports: { ...ports, gatekeeper },
      settings: settingsOf(asked, { plan: undefined, shell, permissions }),
      signal,
      offline: api.offline,
      growPlan: () => err("readers add no tasks"),
    },
    {
      texts,
      names,
      most,
      hash: world.hash,
      onRead: at.onRead,
      keep: (entries) => world.store.takeIn(entries, "read"),
      whyStop: (requests) =>
        whyNoRequest(parts.allowances().get(model) ?? before.get(model), {
          least: options.limitLeft / 100,
          now: systemClock.now(),
          // A server of one's own that tells of no limits is taken to have none.
          isTold: requests > 0 && api.baseUrl === undefined,
        }),
    },
  );
}
