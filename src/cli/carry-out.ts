import { homedir } from "node:os";
import { basename } from "node:path";

import type { Obey } from "../adapters/control/serve-control.ts";
import { attachmentsOf } from "../adapters/run-attachments.ts";
import type { ContextOptions } from "../app/open-context.ts";
import { type PatchToApply, patchScript } from "../core/publish/patch-script.ts";
import type { ReportUnit } from "../core/report/build-report.ts";
import { reportToHtml } from "../core/report/html/report-to-html.ts";
import { sharesIn } from "../core/report/publish-rows.ts";
import { reportToCsv } from "../core/report/report-to-csv.ts";
import { reportToJson } from "../core/report/report-to-json.ts";
import { isStopped } from "../core/resume/is-stopped.ts";
import { knownSecrets } from "../core/secrets/known-secrets.ts";
import type { JournalEntry, RunFinished } from "../model/event.ts";
import type { Permissions } from "../model/permission.ts";
import type { Budget, Plan, ReportAction, Value } from "../model/plan.ts";
import type { Repo } from "../model/repo.ts";
import { ok, type Result } from "../model/result.ts";
import { type ApproverOptions, createApprover } from "./approver.ts";
import { askAboutGate } from "./ask-about-gate.ts";
import { batchOf } from "./batch.ts";
import { createGatekeeper, type OpenGatekeeper } from "./gatekeeper.ts";
import type { Io } from "./io.ts";
import { openModelApi } from "./model-api.ts";
import { openSteering } from "./open-steering.ts";
import type { RunOptions } from "./options.ts";
import type { PlanDoor } from "./plan-door.ts";
import { readConfigs } from "./read-configs.ts";
import { readLineFrom } from "./read-line.ts";
import { agentsMaxOf, commandsMaxOf, settingsOf } from "./run-settings.ts";
import { openRunView, type RunView } from "./run-view.ts";
import { stopSignal } from "./stop-signal.ts";
import { type RunToWire, type WiredRun, wireRun } from "./wire-run.ts";

/** What is to be run, whether it begins or goes on. */
export interface Errand {
  readonly options: Omit<
    RunOptions,
    "what" | "repo" | "base" | "set" | "budgetWall" | "repos" | "only" | "onlyFailed"
  >;
  readonly door: PlanDoor;
  /** Absolute path. */
  readonly repo: string;
  readonly base: string;
  /** As far as there is one before it begins. */
  readonly plan: Plan | undefined;
  readonly vars: Readonly<Record<string, Value>>;
  /** Patterns of the units that are wanted; none: all are. */
  readonly only: readonly string[];
  /** Caps beside the plan's. */
  readonly budget: Budget;
  /** Of a batch run. */
  readonly repos: readonly Repo[];
  /** How long it has been at work, in milliseconds. */
  readonly workedMs: number;
  readonly run: RunToWire;
  /** What happened until now. */
  readonly before: readonly JournalEntry[];
  readonly begin: (context: ContextOptions) => Promise<Result<RunFinished>>;
}

/** Opens what a run needs, has it done, and leaves a report in its folder. */
export async function carryOut(errand: Errand, io: Io): Promise<Result<RunFinished>> {
  const { options, repo, base, plan } = errand;
  const configured = await readConfigs(options, { repo, plan }, io);
  if (!configured.ok) return configured;
  const { permissions, hooks, mcpServers } = configured.value;
  const api = await openModelApi(options, io.env);
  if (!api.ok) return api;
  await using openApi = api.value;
  await using view = openRunView({ io, json: options.json, before: errand.before });
  using stop = stopSignal({
    tell: view.tell,
    wallMs: wallLeft(errand),
    hasTerminal: io.hasTerminal,
  });
  const warn = (text: string): void => view.tell(`skein: ${text}\n`);
  const person = personAt(options, io, view);
  const gatekeeper = gatekeeperOf(options, person);
  const wired = await wireRun({
    run: errand.run,
    repo,
    base,
    unsandboxed: options.unsandboxed,
    setup: plan?.workspace.setup,
    batch: batchOf(plan, { isBatch: errand.repos.length > 0, env: io.env }),
    agentsMax: agentsMaxOf(options, plan),
    commandsMax: commandsMaxOf(options, plan),
    agentsPerThread: options.agentsPerThread,
    api: openApi,
    hooks,
    mcpServers,
    permissions,
    warn,
    approve: person && createApprover({ ...person, permissions, home: homedir() }),
    publishes: options.publish || options.dryRun,
    signal: stop.signal,
    onEntry: (entry) => {
      view.onEntry(entry);
      gatekeeper.onEntry(entry);
    },
  });
  if (!wired.ok) return wired;
  await using parts = wired.value;
  await using steering = await openSteering({
    folder: parts.folder.path,
    pool: parts.ports.pool,
    gatekeeper,
    stop: stop.stop,
    warn,
  });
  const { signal } = stop;
  const { fromTerminal: obey } = steering;
  const { offline } = openApi;
  const at = { parts, gatekeeper, view, permissions, signal, offline, obey, warn };
  const finished = await doErrand(errand, at);
  if (finished.ok) {
    await learn(parts, openApi.apiKey, warn);
    steering.finished(finished.value);
  }
  return finished;
}

/** Loaded at the end: nothing of it is needed before. */
async function learn(
  { id, folder, memory, ports }: WiredRun,
  apiKey: string,
  warn: (text: string) => void,
): Promise<void> {
  const { learnFromRun } = await import("./learn-from-run.ts");
  const known = knownSecrets(apiKey, process.env);
  const { repo } = ports.workspace;
  await learnFromRun({ repo, run: id, folder: folder.path, used: memory.used(), known, warn });
}

interface ErrandPlace extends Pick<ContextOptions, "signal" | "offline"> {
  readonly parts: WiredRun;
  readonly gatekeeper: OpenGatekeeper;
  readonly view: RunView;
  readonly obey: Obey;
  readonly permissions: Permissions;
  readonly warn: (text: string) => void;
}

async function doErrand(errand: Errand, at: ErrandPlace): Promise<Result<RunFinished>> {
  const { options, door, plan, vars, budget, only } = errand;
  const { parts, gatekeeper, view, permissions, signal, offline, obey } = at;
  const { folder, ports, id, base, shellMode, shellReason } = parts;
  view.opened({ folder: folder.path, shellMode, shellReason, obey });
  const settings = settingsOf(options, { plan, shell: shellMode, permissions });
  const finished = await errand.begin({
    id,
    base,
    ports: { ...ports, gatekeeper },
    settings: { ...settings, vars, budget, only, repos: errand.repos },
    signal,
    offline,
    memory: parts.memory.index,
    checkPlan: door.check,
    growPlan: door.grow,
    keepPlan: ({ text }) => folder.write("plan.yaml", text),
    confirm: (accepted) => view.paused(() => door.confirm(accepted)),
  });
  if (!finished.ok) return finished;
  const report = view.finished();
  try {
    const asked = (plan?.tasks ?? []).flatMap(({ action }) =>
      action.kind === "report" ? [action] : [],
    );
    await writeReport(folder, report, {
      formats: asked.flatMap(({ formats }) => formats),
      groupBy: asked.find(({ groupBy }) => groupBy !== undefined)?.groupBy,
    });
    const patches = patchesOf(report.report.units);
    if (patches.length > 0) await folder.write("publish/apply.sh", patchScript(patches));
  } catch (error) {
    // The journal has it all; skein report makes it again.
    at.warn(`the report was not written: ${(error as Error).message}`);
  }
  if (!isStopped(finished.value)) await folder.dropSnapshots();
  return ok(finished.value);
}

/** For programs and in words always; what else, the plan says. */
async function writeReport(
  folder: WiredRun["folder"],
  { report, markdown }: ReturnType<RunView["finished"]>,
  {
    formats,
    groupBy,
  }: Pick<ReportAction, "formats"> & {
    readonly groupBy: ReportAction["groupBy"] | undefined;
  },
): Promise<void> {
  const json = JSON.stringify(reportToJson(report, groupBy), undefined, 2);
  await folder.write("report.json", `${json}\n`);
  await folder.write("report.md", markdown);
  if (formats.includes("csv")) await folder.write("report.csv", reportToCsv(report, groupBy));
  if (!formats.includes("html")) return;
  const files = attachmentsOf(folder.path, report);
  await folder.write("report.html", reportToHtml(report, { ...files, groupBy }));
}

/** What a plan publishes as patch files, which lie beside the script. */
function patchesOf(units: readonly ReportUnit[]): readonly PatchToApply[] {
  return units
    .flatMap(({ publish }) => sharesIn(publish))
    .flatMap(({ patch, branch }) =>
      patch === undefined ? [] : [{ ...patch, branch, file: basename(patch.file) }],
    );
}

type Person = Pick<ApproverOptions, "io" | "paused" | "readLine">;

/** Somebody who can be asked sits at a terminal, and reads no lines of JSON. */
function personAt({ json, yes }: Errand["options"], io: Io, view: RunView): Person | undefined {
  if (json || yes || !io.isTTY) return undefined;
  return { io, paused: (ask) => view.paused(ask), readLine: readLineFrom };
}

function gatekeeperOf({ yes }: Errand["options"], person: Person | undefined): OpenGatekeeper {
  return createGatekeeper({ yes, ask: person && askAboutGate(person) });
}

/** Milliseconds; undefined: as long as it takes. */
function wallLeft({ budget, plan, workedMs }: Errand): number | undefined {
  const all = [budget, plan?.budget].flatMap((caps) => caps?.wallMs ?? []);
  return all.length === 0 ? undefined : Math.max(0, Math.min(...all) - workedMs);
}
