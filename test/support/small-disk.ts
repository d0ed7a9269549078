import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

import { execa } from "execa";
import { onTestFinished } from "vitest";

import type { RunEvent } from "../../src/model/event.ts";

/** A disk of its own that a test may fill, in namespaces of its own: any user may mount there, and nothing is left behind. */
export interface SmallDisk {
  /** Absolute path; there for whatever is run here, an empty folder for everybody else. */
  readonly path: string;
  readonly sh: (script: string) => Promise<string>;
  readonly skein: (args: readonly string[]) => Promise<OnDisk>;
}

export interface OnDisk {
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
  /** With `--json`. */
  readonly events: readonly RunEvent[];
}

const main = resolve("bin/skein.js");

/** `size` is tmpfs' own: "24m". What is run there has its worktrees there, too. */
export async function smallDisk(size: string): Promise<SmallDisk> {
  const path = mkdtempSync(join(tmpdir(), "skein-disk-"));
  const hold = `mount -t tmpfs -o size=${size} none "$1" && echo ready && exec sleep infinity`;
  const holder = spawn(
    "unshare",
    ["--user", "--map-root-user", "--mount", "sh", "-c", hold, "sh", path],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  onTestFinished(() => endOf(holder));
  await once(holder.stdout, "data");
  const inside = ["--target", String(holder.pid), "--user", "--mount", "--preserve-credentials"];
  const { PATH = "" } = process.env;
  const env = { PATH, HOME: join(path, "home"), CI: "1", SKEIN_WORKTREES: path };
  const run = (args: readonly string[]) =>
    execa("nsenter", [...inside, "--", ...args], {
      env,
      extendEnv: false,
      cwd: "/",
      reject: false,
    });
  return {
    path,
    sh: async (script) => {
      const done = await run(["sh", "-ec", script]);
      if (done.exitCode !== 0) throw new Error(`${script}: ${done.stderr}`);
      return done.stdout;
    },
    skein: async (args) => {
      const { exitCode, stdout, stderr } = await run([process.execPath, main, ...args]);
      const lines = args.includes("--json") ? stdout.split("\n") : [];
      const events = lines
        .filter((line) => line.startsWith("{"))
        .map((line) => JSON.parse(line) as RunEvent);
      return { exitCode, stdout, stderr, events };
    },
  };
}

async function endOf(holder: ChildProcess): Promise<void> {
  const ended = once(holder, "exit");
  holder.kill();
  await ended;
}
