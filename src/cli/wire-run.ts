import { homedir } from "node:os";
import { join } from "node:path";

import { createCheckSurroundings } from "../adapters/check-surroundings.ts";
import { openWorkspace, type OpenedWorkspace } from "../adapters/git/open-workspace.ts";
import type { HelperProcess } from "../adapters/helper/helper-process.ts";
import { helperShell } from "../adapters/helper/helper-shell.ts";
import { createHooks } from "../adapters/hooks/create-hooks.ts";
import { hostTurns } from "../adapters/host-turns.ts";
import { openJsonlJournal } from "../adapters/journal/jsonl-journal.ts";
import type { Mcp } from "../adapters/mcp/open-mcp.ts";
import { openRunMemory, type RunMemory } from "../adapters/memory/run-memory.ts";
import { createModelWindows } from "../adapters/model/model-windows.ts";
import { createPiscinaPool } from "../adapters/pool/piscina-pool.ts";
import { openHome } from "../adapters/repos/open-home.ts";
import { openRepositories } from "../adapters/repos/open-repositories.ts";
import type { RunFolder } from "../adapters/run-folder.ts";
import type { RunLog } from "../adapters/run-log.ts";
import type { SandboxPolicy } from "../adapters/sandbox/bubblewrap-args.ts";
import { detectShellMode } from "../adapters/sandbox/detect-shell-mode.ts";
import { openStepCache } from "../adapters/step-cache/open-step-cache.ts";
import { systemClock } from "../adapters/system-clock.ts";
import type { GovernorOptions, RequestGovernor } from "../app/govern-requests.ts";
import type { ContextOptions } from "../app/open-context.ts";
import { runSetup } from "../app/setup.ts";
import { isNamed } from "../core/permission/is-named.ts";
import { runIdFor } from "../core/run-id.ts";
import { knownSecrets } from "../core/secrets/known-secrets.ts";
import { cleanWith } from "../core/secrets/redact-value.ts";
import { baseGone } from "../core/surroundings/base-gone.ts";
import type { ShellMode } from "../model/contract.ts";
import type { JournalEntry } from "../model/event.ts";
import type { OwnedHook } from "../model/hooks.ts";
import type { CommitId, RunId } from "../model/ids.ts";
import type { McpTool, OwnedMcpServer } from "../model/mcp.ts";
import type { Permissions } from "../model/permission.ts";
import { err, ok, type Result } from "../model/result.ts";
import type { AgentPool } from "../ports/agent-pool.ts";
import type { Shell } from "../ports/shell.ts";
import type { Workspace, Worktree } from "../ports/workspace.ts";
import { answerAgents } from "./answer-agents.ts";
import type { Approver } from "./approver.ts";
import type { Batch } from "./batch.ts";
import { claimRunFolder } from "./claim-run-folder.ts";
import { entryOf } from "./entry-of.ts";
import type { ModelApi } from "./model-api.ts";
import { openGovernor } from "./open-governor.ts";
import { openHelper } from "./open-helper.ts";
import { logTrouble, openLog } from "./open-log.ts";
import { openPublishing } from "./open-publishing.ts";
import { openServers } from "./open-servers.ts";
import { sweepDeadRuns } from "./sweep-dead-runs.ts";
import { worktreesOf } from "./worktrees-of.ts";

export interface WiredRun extends AsyncDisposable {
  readonly id: RunId;
  readonly base: CommitId;
  readonly folder: RunFolder;
  readonly memory: RunMemory;
  readonly shellMode: ShellMode;
  /** Why the shell is as it is, for people. */
  readonly shellReason: string;
  readonly ports: Omit<ContextOptions["ports"], "gatekeeper">;
  /** What the API said last of its limits, by model. */
  readonly allowances: RequestGovernor["allowances"];
}

/** Which run it is, and what earlier processes of it left. */
export interface RunToWire {
  readonly id: RunId;
  /** Entries in its journal. */
  readonly entries: number;
  /** What was spent, under the names of caps. */
  readonly spent: GovernorOptions["spent"];
}

/** A run that begins. */
export function newRun(): RunToWire {
  const id = runIdFor(systemClock.now(), systemClock.randomId(4));
  return { id, entries: 0, spent: new Map() };
}

export interface WireOptions {
  readonly run: RunToWire;
  readonly repo: string;
  readonly base: string;
  readonly unsandboxed: boolean;
  readonly setup: string | undefined;
  readonly batch: Batch;
  readonly agentsMax: number;
  /** Commands of the plan that run at a time; undefined: as many as there are processors. */
  readonly commandsMax?: number;
  readonly agentsPerThread: number;
  readonly api: ModelApi;
  readonly hooks: readonly OwnedHook[];
  readonly mcpServers: readonly OwnedMcpServer[];
  readonly permissions: Permissions;
  readonly warn: (text: string) => void;
  /** Undefined: nobody is there to ask. */
  readonly approve: Approver | undefined;
  /** Work is to leave the machine, or it is to be said what would. */
  readonly publishes: boolean;
  readonly signal: AbortSignal;
  readonly onEntry: (entry: JournalEntry) => void;
}

/** What a bug report needs first. */
const machine = { versions: process.versions.node, platform: process.platform };

/**
 * Opens everything a run needs, in order; what was opened is closed again when a later part fails, and in reverse
 * order when the run ends.
 */
export async function wireRun(options: WireOptions): Promise<Result<WiredRun>> {
  await using stack = new AsyncDisposableStack();
  const known = knownSecrets(options.api.apiKey, process.env);
  const { id } = options.run;
  const worktreesDir = await worktreesOf(id);
  if (!worktreesDir.ok) return worktreesDir;
  const helper = openHelper(stack);
  const started = options.batch.isBatch ? await openHome(options.repo) : ok(options.repo);
  if (!started.ok) return started;
  const turnAt = hostTurns(options.batch.clone.perHost);
  const where = { run: id, worktreesDir: worktreesDir.value, clock: systemClock, turnAt };
  const opened = await openWorkspace({ repo: started.value, ...where });
  if (!opened.ok) return opened;
  const workspace = stack.use(opened.value);
  const swept = await sweepDeadRuns(workspace.repo, workspace.commonDir, worktreesDir.value);
  stack.defer(() => swept.gone);
  const base = await workspace.resolve(options.base);
  if (!base.ok) return options.run.entries > 0 ? err(baseGone(options.base)) : base;
  const shell = await openShell(helper, workspace, options);
  const runsIn = started.value === options.repo ? workspace.repo : options.repo;
  const claimed = await claimRunFolder(runsIn, { id, known });
  if (!claimed.ok) return claimed;
  const folder = claimed.value;
  const log = openLog(folder, known, stack);
  log.info(
    { ...machine, shell: shell.mode, why: shell.reason, agentsMax: options.agentsMax },
    "run opened",
  );
  const memory = await openMemoryFor(options, { runsIn, runFolder: folder.path, known });
  const { mode: shellMode, reason: shellReason } = shell;
  const wired = { id, base: base.value, folder, memory, shellMode, shellReason };
  const installed = await install(options, { workspace, shell, base: base.value, folder });
  if (!installed.ok) return installed;
  stack.use(installed.value);
  const mcp = stack.use(await openServers(options, shell.policy));
  const { mirrors: cache, clone } = options.batch;
  const snapshots = join(folder.path, "snapshots");
  const repositories = openRepositories({ ...where, snapshots, cache, clone });
  const worktreeAt: Workspace["at"] = (path) => workspace.at(path) ?? repositories.at(path);
  const governor = openGovernor(options, stack);
  const pool = stack.use(openPool(options, { shell, known, mcp, memory, worktreeAt, governor }));
  const journal = stack.use(await openJournal(options, { folder, known, log }));
  const { checkout: cwd, home, path } = shell.policy;
  const runHooks = createHooks({ hooks: options.hooks, cwd, home, path, clean: cleanWith(known) });
  const stepCache = openStepCache({ env: process.env, repo: workspace.repo, known });
  const at = { ...options, ...where, runsIn, checkout: workspace };
  const publishing = stack.use(await openPublishing(at));
  const made = { pool, workspace, repositories, publishing, stepCache, runHooks, journal };
  const modelWindow = createModelWindows(options.api);
  const tools = { ...made, modelWindow, shell: shell.shell, files: folder };
  const places = [folder.path, workspace.commonDir, where.worktreesDir] as const;
  const surroundings = createCheckSurroundings(...places);
  const ports = { ...tools, clock: systemClock, surroundings };
  const owned = stack.move();
  const { allowances } = governor;
  return ok({ ...wired, ports, allowances, [Symbol.asyncDispose]: () => owned.disposeAsync() });
}

function openMemoryFor(
  { run, warn }: WireOptions,
  at: { readonly runsIn: string; readonly runFolder: string; readonly known: readonly string[] },
): Promise<RunMemory> {
  const { runsIn, runFolder, known } = at;
  const isNew = run.entries === 0;
  return openRunMemory(runsIn, {
    runFolder,
    isNew,
    clock: systemClock,
    clean: cleanWith(known),
    warn,
  });
}

/** The worktree that dependencies are in, as long as it is open; undefined: there are none to install. */
async function install(
  { setup, signal }: WireOptions,
  at: {
    readonly workspace: OpenedWorkspace;
    readonly shell: OpenedShell;
    readonly base: CommitId;
    readonly folder: RunFolder;
  },
): Promise<Result<Worktree | undefined>> {
  if (setup === undefined) return ok(undefined);
  const { workspace, base, folder } = at;
  const set = await runSetup(
    { open: (commit, how) => workspace.open(commit, how), shell: at.shell.shell },
    { command: setup, base, outDir: folder.path, timeoutMs: 30 * 60_000, signal },
  );
  if (set.ok) workspace.useDependenciesOf(set.value.path);
  return set;
}

/** A tool that can only be refused is not offered. */
function permittedTools({ permissions, approve }: WireOptions, mcp: Mcp): readonly McpTool[] {
  const isOpen = approve !== undefined || permissions.mode === "trusted";
  return mcp.tools.filter(({ name }) => isOpen || isNamed(permissions, name));
}

function openPool(
  options: WireOptions,
  parts: {
    readonly shell: OpenedShell;
    readonly known: readonly string[];
    readonly mcp: Mcp;
    readonly memory: RunMemory;
    readonly worktreeAt: Workspace["at"];
    readonly governor: RequestGovernor;
  },
): AgentPool {
  const { shell, known, mcp, memory, worktreeAt, governor } = parts;
  const { baseUrl, apiKey, silenceMs } = options.api;
  return createPiscinaPool({
    workerFile: entryOf("agent.worker"),
    threadsMax: Math.ceil(options.agentsMax / options.agentsPerThread),
    agentsPerThread: options.agentsPerThread,
    answer: answerAgents({
      mcp,
      memory,
      worktreeAt,
      approve: options.approve,
      governor,
    }),
    setup: {
      asksPerson: options.approve !== undefined,
      mcpTools: [...permittedTools(options, mcp)],
      api: { baseUrl, apiKey, silenceMs },
      known,
      hooks: [...options.hooks],
      shell: { mode: shell.mode, ...shell.policy },
    },
  });
}

function openJournal(
  { run, onEntry }: WireOptions,
  at: { readonly folder: RunFolder; readonly known: readonly string[]; readonly log: RunLog },
): ReturnType<typeof openJsonlJournal> {
  return openJsonlJournal({
    file: at.folder.journalFile,
    firstSeq: run.entries,
    clock: systemClock,
    known: at.known,
    onEntry: (entry) => {
      logTrouble(at.log, entry);
      onEntry(entry);
    },
  });
}

interface OpenedShell {
  readonly mode: ShellMode;
  readonly reason: string;
  readonly policy: SandboxPolicy;
  readonly shell: Shell;
}

async function openShell(
  helper: HelperProcess,
  workspace: OpenedWorkspace,
  { unsandboxed, commandsMax }: Pick<WireOptions, "unsandboxed" | "commandsMax">,
): Promise<OpenedShell> {
  const { mode, reason } = await detectShellMode({ unsandboxed });
  const policy = {
    gitDir: workspace.commonDir,
    checkout: workspace.repo,
    home: homedir(),
    path: process.env["PATH"] ?? "",
  };
  const more = commandsMax === undefined ? {} : { commandsMax };
  const options = { mode, policy, parentEnv: process.env, ...more };
  return { mode, reason, policy, shell: helperShell(helper, options) };
}
