import { writeFile } from "node:fs/promises";

import { folderAt } from "../../adapters/folder-at.ts";
import { startRun } from "../../app/start-run.ts";
import { outlineOf } from "../../core/plan/outline.ts";
import { printable } from "../../core/printable.ts";
import { failure } from "../../model/failure.ts";
import { err, ok, type Result } from "../../model/result.ts";
import { createGatekeeper } from "../gatekeeper.ts";
import type { Io } from "../io.ts";
import { openModelApi } from "../model-api.ts";
import type { PlanOptions } from "../options.ts";
import { openPlanDoor } from "../plan-door.ts";
import { printFailure } from "../print-failure.ts";
import { readConfigs } from "../read-configs.ts";
import { settingsOf } from "../run-settings.ts";
import { openRunView } from "../run-view.ts";
import { stopSignal } from "../stop-signal.ts";
import { wireAlone } from "../wire-alone.ts";

/** `skein plan`: only the coordinator; writes the plan it made and runs nothing. */
export async function planCommand(options: PlanOptions, io: Io): Promise<number> {
  const made = await plan(options, io);
  if (!made.ok) {
    printFailure(made.error, io);
    const { kind } = made.error;
    return kind === "cancelled" ? 130 : kind === "usage" || kind === "not-a-repository" ? 2 : 1;
  }
  if (options.output === undefined) io.stdout(made.value);
  else {
    await writeFile(options.output, made.value);
    io.stderr(
      `wrote ${options.output}; look: skein show ${options.output}   run it: skein run ${options.output}\n`,
    );
  }
  return 0;
}

async function plan(options: PlanOptions, io: Io): Promise<Result<string>> {
  const there = folderAt(options.repo);
  if (!there.ok) return there;
  const repo = there.value;
  const asked = { allow: [], ask: [], deny: [] };
  const configured = await readConfigs(asked, { repo, plan: undefined }, io);
  if (!configured.ok) return configured;
  const { permissions, hooks, mcpServers } = configured.value;
  const api = await openModelApi(options, io.env);
  if (!api.ok) return api;
  await using openApi = api.value;
  await using view = openRunView({ io, json: false });
  using stop = stopSignal({ tell: view.tell, wallMs: undefined, hasTerminal: io.hasTerminal });
  const wired = await wireAlone(
    {
      repo,
      base: options.base ?? "HEAD",
      api: openApi,
      hooks,
      mcpServers,
      permissions,
      signal: stop.signal,
      onEntry: view.onEntry,
    },
    io,
  );
  if (!wired.ok) return wired;
  await using parts = wired.value;
  const door = openPlanDoor({ io, set: {}, yes: true, json: false });
  let text: string | undefined;
  const finished = await startRun({
    id: parts.id,
    base: parts.base,
    ports: { ...parts.ports, gatekeeper: createGatekeeper({ yes: false, ask: undefined }) },
    settings: settingsOf(options, { plan: undefined, shell: parts.shellMode, permissions }),
    signal: stop.signal,
    offline: openApi.offline,
    memory: parts.memory.index,
    work: { kind: "words", goal: options.goal },
    checkPlan: door.check,
    growPlan: door.grow,
    keepPlan: (accepted) => parts.folder.write("plan.yaml", accepted.text),
    confirm: async (accepted) => {
      text = accepted.text;
      io.stderr(`${printable(outlineOf(accepted.plan))}\n`);
      // Not accepted: the run ends here, before any unit.
      return false;
    },
  });
  if (text !== undefined) return ok(text);
  const why = finished.ok ? finished.value.failure : finished.error;
  return err(why ?? failure("internal", "the coordinator gave no plan and no reason"));
}
