/**
 * What the daemon costs while it has nothing to do, and how fast it gives way. A repository with memory, runs' worth of
 * schedules and nothing due: CPU and memory of its process over some minutes. Then a dream, held in the middle of its commit,
 * and somebody who gives a command: from the moment the command tells of itself to the dream's end on the disk. Needs
 * `npm run build`. Options: `--minutes N --rounds N`.
 */
import { execFile, execFileSync } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { parseArgs, promisify } from "node:util";

import { type DaemonRecord, daemonRecordSchema } from "../src/model/daemon.ts";
import { print } from "./support/print.ts";

const { values } = parseArgs({
  options: {
    minutes: { type: "string", default: "3" },
    rounds: { type: "string", default: "5" },
    json: { type: "boolean" },
  },
});
const run = promisify(execFile);
const ticksPerSecond = Number(execFileSync("getconf", ["CLK_TCK"], { encoding: "utf8" }));
const folder = await mkdtemp("/var/tmp/skein-bench-");
const repo = join(folder, "repo");
const hold = join(folder, "hold");
const env = {
  ...process.env,
  XDG_CONFIG_HOME: join(folder, "config"),
  XDG_CACHE_HOME: join(folder, "cache"),
  NODE_OPTIONS: `--import=${resolve("test/support/hold-dream.mjs")}`,
  SKEIN_HOLD_DREAM: hold,
};

const skein = (...args: readonly string[]): ReturnType<typeof run> =>
  run(process.execPath, [resolve("bin/skein.js"), ...args, "--repo", repo], { env });

async function makeRepository(): Promise<void> {
  for (const dir of [".skein/schedules", ".skein/drop"])
    await mkdir(join(repo, dir), { recursive: true });
  await mkdir(join(env.XDG_CONFIG_HOME, "skein"), { recursive: true });
  await writeFile(
    join(env.XDG_CONFIG_HOME, "skein/config.yaml"),
    "daemon: { idle-minutes: 0.02, session-idle-minutes: 0, hours-between-dreams: 0 }\n",
  );
  execFileSync("git", ["init", "-q", repo]);
  for (let at = 0; at < 1_000; at += 1) await writeFile(join(repo, `f${at}.txt`), "text\n");
  for (let at = 0; at < 5; at += 1) {
    const text = `---\ncron: "${at} 4 1 1 *"\ntz: Europe/Berlin\n---\nLook.\n`;
    await writeFile(join(repo, `.skein/schedules/s${at}.md`), text);
  }
}

let imports = 0;
async function observe(): Promise<void> {
  imports += 1;
  const lines = Array.from({ length: 500 }, (_, seq) =>
    JSON.stringify({
      session: `s-${imports}-${seq % 5}`,
      seq,
      at: "2026-10-01T10:00:00Z",
      origin: "user",
      text: `Service number ${imports}-${seq} listens on port ${10_000 + seq}`,
    }),
  );
  await writeFile(join(folder, "lines.jsonl"), lines.join("\n"));
  await skein("memory", "import", join(folder, "lines.jsonl"));
}

async function record(): Promise<DaemonRecord | undefined> {
  const text = await readFile(join(repo, ".skein/daemon/state.json"), "utf8").catch(
    () => undefined,
  );
  return text === undefined ? undefined : daemonRecordSchema.parse(JSON.parse(text));
}

async function until(holds: (record: DaemonRecord) => boolean): Promise<DaemonRecord> {
  for (;;) {
    const now = await record();
    if (now !== undefined && holds(now)) return now;
    await delay(50);
  }
}

const hasEnded =
  (job: string, count: number) =>
  ({ ended }: DaemonRecord): boolean =>
    ended.filter((end) => end.job === job && end.outcome === "done").length >= count;

interface Usage {
  readonly cpuMs: number;
  readonly rssMb: number;
  readonly peakMb: number;
}

async function usageOf(pid: number): Promise<Usage> {
  const line = await readFile(`/proc/${pid}/stat`, "utf8");
  const fields = line.slice(line.lastIndexOf(")") + 2).split(" ");
  const status = await readFile(`/proc/${pid}/status`, "utf8");
  const mb = (name: string): number =>
    Number(new RegExp(`^${name}:\\s+(\\d+)`, "m").exec(status)?.[1] ?? 0) / 1_024;
  const ticks = Number(fields[11]) + Number(fields[12]);
  return { cpuMs: (ticks / ticksPerSecond) * 1_000, rssMb: mb("VmRSS"), peakMb: mb("VmHWM") };
}

async function idle(pid: number): Promise<void> {
  const before = await usageOf(pid);
  const startedAt = performance.now();
  let rssMax = 0;
  while (performance.now() - startedAt < Number(values.minutes) * 60_000) {
    await delay(5_000);
    rssMax = Math.max(rssMax, (await usageOf(pid)).rssMb);
  }
  const after = await usageOf(pid);
  const wallMs = performance.now() - startedAt;
  print("idle", [
    {
      minutes: wallMs / 60_000,
      "CPU %": (100 * (after.cpuMs - before.cpuMs)) / wallMs,
      "RSS MB, most": rssMax,
      "RSS MB since its start": after.peakMb,
    },
  ]);
}

/** Milliseconds between a command's sign of life and the end of the dream, on the disk. */
async function givesWay(): Promise<number> {
  await writeFile(hold, "");
  await observe();
  await until(({ running }) => running?.job === "dream" && running.child !== undefined);
  await delay(1_000);
  const { ended } = await until(() => true);
  await skein("memory", "ls");
  const told = (await stat(join(repo, ".skein/daemon/activity"))).mtimeMs;
  const now = await until((later) => later.ended.length > ended.length);
  await rm(hold);
  const dreams = now.ended.filter(({ outcome }) => outcome === "done").length;
  await until((later) => later.ended.filter(({ outcome }) => outcome === "done").length > dreams);
  return (now.ended.at(-1)?.endedAt ?? 0) - told;
}

try {
  await makeRepository();
  await observe();
  await skein("daemon", "start");
  await until(hasEnded("dream", 1));
  await until(hasEnded("tidy", 1));
  const { stdout } = await skein("daemon", "status", "--json");
  const { pid } = JSON.parse(String(stdout)) as { readonly pid: number };
  await idle(pid);
  const times: number[] = [];
  for (let round = 0; round < Number(values.rounds); round += 1) times.push(await givesWay());
  print("gives way", [{ rounds: times.length, "ms, most": Math.max(...times) }]);
} finally {
  await skein("daemon", "stop");
  await rm(folder, { recursive: true, force: true });
}
