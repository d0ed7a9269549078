import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";

import { readOwnRecord } from "../../../adapters/daemon/record-file.ts";
import { tellDaemon } from "../../../adapters/daemon/tell-daemon.ts";
import { failure } from "../../../model/failure.ts";
import { daemonRepo } from "../../daemon-repo.ts";
import { endWith } from "../../end-with.ts";
import { entryFile, smallProcess } from "../../entry-file.ts";
import type { Io } from "../../io.ts";
import { noteProblems } from "../../memory-facts.ts";
import type { DaemonOptions } from "../../options/daemon-options.ts";
import { printFailure } from "../../print-failure.ts";

const looksMax = 100;
const betweenMs = 100;

/** `skein daemon start`: the daemon in a process of its own, that outlives this one. */
export async function daemonStartCommand(options: DaemonOptions, io: Io): Promise<number> {
  const repo = daemonRepo(options);
  if (!repo.ok) return endWith(repo.error, io);
  const there = await pidOf(repo.value);
  if (there !== undefined) {
    io.stderr(`skein: the daemon is at work already (process ${there})\n`);
    return 0;
  }
  // What is lost with a damaged one, such as a pause, is to be heard before it begins.
  const reader = { tell: (text: string) => noteProblems([text], io), isOwner: false };
  await readOwnRecord(repo.value, reader).catch(() => undefined);
  const child = spawn(
    process.execPath,
    [...smallProcess, entryFile, "daemon", "run", "--repo", repo.value],
    {
      cwd: repo.value,
      detached: true,
      stdio: ["ignore", "ignore", "pipe"],
    },
  );
  let errors = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    errors += text;
  });
  const ended = once(child, "close").then(() => true);
  for (let looks = 0; looks < looksMax; looks += 1) {
    const pid = await pidOf(repo.value);
    if (pid !== undefined) {
      child.stderr.destroy();
      child.unref();
      io.stderr(
        `skein: the daemon is at work (process ${pid}); skein daemon status tells what it does\n`,
      );
      return 0;
    }
    if (await Promise.race([ended, delay(betweenMs, false)])) break;
  }
  printFailure(
    failure("io", "the daemon did not start", {
      hint: "skein daemon run shows why",
      detail: errors.slice(-2_000),
    }),
    io,
  );
  return 1;
}

async function pidOf(repo: string): Promise<number | undefined> {
  const answer = await tellDaemon(repo, { command: "status" });
  return answer?.kind === "status" ? answer.pid : undefined;
}
