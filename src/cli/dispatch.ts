import type * as z from "zod";

import { briefPerson } from "./brief-person.ts";
import type { CommandName } from "./command-name.ts";
import type { Io } from "./io.ts";
import {
  applyOptionsSchema,
  cacheGcOptionsSchema,
  cacheLsOptionsSchema,
  approveOptionsSchema,
  cancelOptionsSchema,
  checkOptionsSchema,
  cleanOptionsSchema,
  closeOptionsSchema,
  compactOptionsSchema,
  demoOptionsSchema,
  diffOptionsSchema,
  initOptionsSchema,
  judgeOptionsSchema,
  logOptionsSchema,
  offlineOptionsSchema,
  parseOptions,
  planOptionsSchema,
  reportOptionsSchema,
  reposOptionsSchema,
  resumeOptionsSchema,
  retryOptionsSchema,
  runOptionsSchema,
  runsOptionsSchema,
  showOptionsSchema,
  statusOptionsSchema,
} from "./options.ts";
import {
  daemonDismissOptionsSchema,
  daemonInstallOptionsSchema,
  daemonLogsOptionsSchema,
  daemonOptionsSchema,
  daemonRunNowOptionsSchema,
  daemonStatusOptionsSchema,
} from "./options/daemon-options.ts";
import {
  dreamOptionsSchema,
  memoryAddOptionsSchema,
  memoryEditOptionsSchema,
  memoryExportOptionsSchema,
  memoryForgetOptionsSchema,
  memoryHistoryOptionsSchema,
  memoryImportOptionsSchema,
  memoryLearnOptionsSchema,
  memoryLsOptionsSchema,
  memoryRestoreOptionsSchema,
  memoryReviewOptionsSchema,
  memoryShowOptionsSchema,
  memoryUndoOptionsSchema,
} from "./options/memory-options.ts";
import { printFailure } from "./print-failure.ts";
import { tellOfActivity } from "./tell-of-activity.ts";

type Start = (raw: object, io: Io) => Promise<number>;

/** The door for argv: a command gets its options parsed, or the person hears what is wrong with them (exit code 2). */
export async function dispatch(name: CommandName, raw: object, io: Io): Promise<number> {
  if (!name.startsWith("daemon-")) {
    tellOfActivity(raw, io);
    await briefPerson(raw, io);
  }
  return commands[name](raw, io);
}

function command<Schema extends z.ZodType>(
  schema: Schema,
  load: () => Promise<(options: z.output<Schema>, io: Io) => Promise<number>>,
): Start {
  return async (raw, io) => {
    const options = parseOptions(schema, raw);
    if (options.ok) return (await load())(options.value, io);
    printFailure(options.error, io);
    return 2;
  };
}

/** Only the code of the command that was named is loaded. */
const commands: Readonly<Record<CommandName, Start>> = {
  run: command(runOptionsSchema, async () => (await import("./commands/run.ts")).runCommand),
  resume: command(
    resumeOptionsSchema,
    async () => (await import("./commands/resume.ts")).resumeCommand,
  ),
  retry: command(
    retryOptionsSchema,
    async () => (await import("./commands/resume.ts")).retryCommand,
  ),
  plan: command(planOptionsSchema, async () => (await import("./commands/plan.ts")).planCommand),
  check: command(
    checkOptionsSchema,
    async () => (await import("./commands/check.ts")).checkCommand,
  ),
  show: command(showOptionsSchema, async () => (await import("./commands/show.ts")).showCommand),
  repos: command(
    reposOptionsSchema,
    async () => (await import("./commands/repos.ts")).reposCommand,
  ),
  "cache ls": command(
    cacheLsOptionsSchema,
    async () => (await import("./commands/cache.ts")).cacheLsCommand,
  ),
  "cache gc": command(
    cacheGcOptionsSchema,
    async () => (await import("./commands/cache.ts")).cacheGcCommand,
  ),
  approve: command(
    approveOptionsSchema,
    async () => (await import("./commands/approve.ts")).approveCommand,
  ),
  cancel: command(
    cancelOptionsSchema,
    async () => (await import("./commands/cancel.ts")).cancelCommand,
  ),
  compact: command(
    compactOptionsSchema,
    async () => (await import("./commands/compact.ts")).compactCommand,
  ),
  close: command(
    closeOptionsSchema,
    async () => (await import("./commands/close.ts")).closeCommand,
  ),
  runs: command(runsOptionsSchema, async () => (await import("./commands/runs.ts")).runsCommand),
  status: command(
    statusOptionsSchema,
    async () => (await import("./commands/status.ts")).statusCommand,
  ),
  init: command(initOptionsSchema, async () => (await import("./commands/init.ts")).initCommand),
  judge: command(
    judgeOptionsSchema,
    async () => (await import("./commands/judge.ts")).judgeCommand,
  ),
  "memory-ls": command(
    memoryLsOptionsSchema,
    async () => (await import("./commands/memory/ls.ts")).memoryLsCommand,
  ),
  "memory-show": command(
    memoryShowOptionsSchema,
    async () => (await import("./commands/memory/show.ts")).memoryShowCommand,
  ),
  "memory-add": command(
    memoryAddOptionsSchema,
    async () => (await import("./commands/memory/add.ts")).memoryAddCommand,
  ),
  "memory-edit": command(
    memoryEditOptionsSchema,
    async () => (await import("./commands/memory/edit.ts")).memoryEditCommand,
  ),
  "memory-history": command(
    memoryHistoryOptionsSchema,
    async () => (await import("./commands/memory/history.ts")).memoryHistoryCommand,
  ),
  "memory-forget": command(
    memoryForgetOptionsSchema,
    async () => (await import("./commands/memory/forget.ts")).memoryForgetCommand,
  ),
  "memory-learn": command(
    memoryLearnOptionsSchema,
    async () => (await import("./commands/memory/learn.ts")).memoryLearnCommand,
  ),
  "memory-import": command(
    memoryImportOptionsSchema,
    async () => (await import("./commands/memory/import.ts")).memoryImportCommand,
  ),
  "memory-export": command(
    memoryExportOptionsSchema,
    async () => (await import("./commands/memory/export.ts")).memoryExportCommand,
  ),
  "memory-undo": command(
    memoryUndoOptionsSchema,
    async () => (await import("./commands/memory/undo.ts")).memoryUndoCommand,
  ),
  "memory-restore": command(
    memoryRestoreOptionsSchema,
    async () => (await import("./commands/memory/restore.ts")).memoryRestoreCommand,
  ),
  "memory-review": command(
    memoryReviewOptionsSchema,
    async () => (await import("./commands/memory/review.ts")).memoryReviewCommand,
  ),
  dream: command(
    dreamOptionsSchema,
    async () => (await import("./commands/dream.ts")).dreamCommand,
  ),
  "daemon-start": command(
    daemonOptionsSchema,
    async () => (await import("./commands/daemon/start.ts")).daemonStartCommand,
  ),
  "daemon-run": command(
    daemonOptionsSchema,
    async () => (await import("./commands/daemon/run.ts")).daemonRunCommand,
  ),
  "daemon-stop": command(
    daemonOptionsSchema,
    async () => (await import("./commands/daemon/tell.ts")).daemonStopCommand,
  ),
  "daemon-status": command(
    daemonStatusOptionsSchema,
    async () => (await import("./commands/daemon/status.ts")).daemonStatusCommand,
  ),
  "daemon-schedules": command(
    daemonStatusOptionsSchema,
    async () => (await import("./commands/daemon/schedules.ts")).daemonSchedulesCommand,
  ),
  "daemon-pause": command(
    daemonOptionsSchema,
    async () => (await import("./commands/daemon/tell.ts")).daemonPauseCommand,
  ),
  "daemon-resume": command(
    daemonOptionsSchema,
    async () => (await import("./commands/daemon/tell.ts")).daemonResumeCommand,
  ),
  "daemon-run-now": command(
    daemonRunNowOptionsSchema,
    async () => (await import("./commands/daemon/tell.ts")).daemonRunNowCommand,
  ),
  "daemon-dismiss": command(
    daemonDismissOptionsSchema,
    async () => (await import("./commands/daemon/dismiss.ts")).daemonDismissCommand,
  ),
  "daemon-logs": command(
    daemonLogsOptionsSchema,
    async () => (await import("./commands/daemon/logs.ts")).daemonLogsCommand,
  ),
  "daemon-install": command(
    daemonInstallOptionsSchema,
    async () => (await import("./commands/daemon/install.ts")).daemonInstallCommand,
  ),
  log: command(logOptionsSchema, async () => (await import("./commands/log.ts")).logCommand),
  report: command(
    reportOptionsSchema,
    async () => (await import("./commands/report.ts")).reportCommand,
  ),
  diff: command(diffOptionsSchema, async () => (await import("./commands/diff.ts")).diffCommand),
  apply: command(
    applyOptionsSchema,
    async () => (await import("./commands/apply.ts")).applyCommand,
  ),
  clean: command(
    cleanOptionsSchema,
    async () => (await import("./commands/clean.ts")).cleanCommand,
  ),
  demo: command(demoOptionsSchema, async () => (await import("./commands/demo.ts")).demoCommand),
  offline: command(
    offlineOptionsSchema,
    async () => (await import("./commands/offline.ts")).offlineCommand,
  ),
};
