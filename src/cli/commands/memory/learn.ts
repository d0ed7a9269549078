import { open } from "node:fs/promises";
import { join } from "node:path";

import { writeLookPlan } from "../../../adapters/daemon/write-look-plan.ts";
import { diskFiles } from "../../../adapters/memory/disk-files.ts";
import { type FailedCommand, learnWords } from "../../../core/extract/learn-words.ts";
import { buildReport } from "../../../core/report/build-report.ts";
import { reportToMarkdown } from "../../../core/report/report-to-markdown.ts";
import { endWith } from "../../end-with.ts";
import type { Io } from "../../io.ts";
import { type OpenedRun, openRun } from "../../open-run.ts";
import { runOptionsSchema } from "../../options.ts";
import type { MemoryLearnOptions } from "../../options/memory-options.ts";
import { runCommand } from "../run.ts";

/** The end of a command's output that is shown, in bytes. */
const outputMax = 800;
const turnsMax = 30;

/**
 * `skein memory learn`: one agent that may only look reads what a run did, and notes what it teaches. It is a run of its own, with
 * a journal and a price; its notes are in the inbox at its end, as any agent's. Gives that run's exit code.
 */
export async function memoryLearnCommand(options: MemoryLearnOptions, io: Io): Promise<number> {
  const run = await openRun(options, io);
  if (!run.ok) return endWith(run.error, io);
  const { repo, id, entries } = run.value;
  const report = reportToMarkdown(buildReport(entries));
  const words = learnWords(report, await failedCommands(run.value));
  const budget = { usd: options.budgetUsd, minutes: 20, turns: turnsMax };
  const task = { words, budget };
  const what = await writeLookPlan(`learn-${id}`, task, { files: diskFiles(repo), repo });
  return runCommand(
    runOptionsSchema.parse({
      ...options,
      repo,
      what,
      permissionMode: "read-only",
      budgetWall: `${budget.minutes}m`,
      yes: true,
    }),
    io,
  );
}

/** Each command once, with the end of what it printed. */
async function failedCommands({ entries, folder }: OpenedRun): Promise<readonly FailedCommand[]> {
  const failed = new Map<string, FailedCommand>();
  for (const { event } of entries) {
    if (event.kind !== "command-finished" || event.exitCode === 0) continue;
    const { command, exitCode, log } = event;
    failed.set(command, { command, exitCode, output: await endOf(folder, log) });
  }
  return [...failed.values()];
}

async function endOf(folder: string, log: string): Promise<string> {
  if (log === "") return "";
  try {
    await using handle = await open(join(folder, log));
    const { size } = await handle.stat();
    const from = Math.max(0, size - outputMax);
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(outputMax), 0, outputMax, from);
    return buffer.toString("utf8", 0, bytesRead).trim();
  } catch {
    // What it printed was cleared away; that it failed is still worth telling.
    return "";
  }
}
