/**
 * What the engine adds to a unit: a plan of no-op `run` tasks through `skein run` as it ships (build first), against a
 * bare Node loop that starts the same kind of process as often. Both as whole process trees; the fixed cost of a run is
 * taken off by a second run with one unit. "coordinator" is the part that schedules, without the process that starts
 * commands and without the commands. `--units N` (1,000), `--rounds N` (3).
 */
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

import { execa } from "execa";

import { median } from "./support/measure.ts";
import { print } from "./support/print.ts";
import { type TreeCost, treeCost } from "./support/tree-cost.ts";

const { values } = parseArgs({
  options: {
    units: { type: "string", default: "1000" },
    rounds: { type: "string", default: "3" },
    json: { type: "boolean" },
  },
});
const units = Number(values.units);
const rounds = Number(values.rounds);
const skein = fileURLToPath(new URL("../bin/skein.js", import.meta.url));

interface RunCost extends TreeCost {
  readonly coordinatorMs: number;
}

function plan(count: number): string {
  return `version: 1
name: noop
tasks:
  list:
    run: seq ${count} > "$SKEIN_OUT/numbers"
    outputs: { numbers: { lines: numbers } }
  each:
    needs: [list]
    strategy: { matrix: { number: "\${{ needs.list.outputs.numbers }}" }, max-size: ${count} }
    run: "true"
`;
}

/** A run without agents needs no model; the address is never called. */
async function run(folder: string, count: number, mode: readonly string[]): Promise<RunCost> {
  const file = join(folder, `${count}.yaml`);
  const options = ["--repo", join(folder, "repo"), "--base-url", "http://127.0.0.1:9", "--json"];
  const command = [process.execPath, skein, "run", file, ...options, ...mode];
  const cost = await treeCost(command, { cwd: folder });
  return { ...cost, coordinatorMs: await coordinatorMs(join(folder, "repo/.skein/runs")) };
}

/** The run's own log ends with what its process has used. */
async function coordinatorMs(runs: string): Promise<number> {
  const last = (await readdir(runs)).toSorted().at(-1) ?? "";
  const lines = (await readFile(join(runs, last, "skein.log"), "utf8")).trim().split("\n");
  const { cpu } = JSON.parse(lines.at(-1) ?? "") as { cpu: NodeJS.CpuUsage };
  await rm(join(runs, last), { recursive: true });
  return (cpu.user + cpu.system) / 1_000;
}

/** One process after the other from a small Node process: what starting them costs whoever schedules them. */
function spawnLoop(folder: string, command: readonly string[]): Promise<TreeCost> {
  const loop = `
    const { spawn } = require("node:child_process");
    const [file, ...args] = process.argv.slice(1);
    const once = () => new Promise((done) => spawn(file, args).on("close", done));
    (async () => { for (let i = 0; i < ${units}; i++) await once(); })();`;
  return treeCost([process.execPath, "-e", loop, "--", ...command], { cwd: folder });
}

const bwrap = ["bwrap", "--unshare-all", "--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc"];
const modes = [
  { name: "unsandboxed", options: ["--unsandboxed"], process: ["bash", "-c", "true"] },
  { name: "bubblewrap", options: [], process: [...bwrap, "bash", "-c", "true"] },
] as const;

async function repository(folder: string): Promise<void> {
  const repo = join(folder, "repo");
  const identity = ["-c", "user.name=bench", "-c", "user.email=bench@localhost"];
  await execa("git", ["init", "--quiet", repo]);
  await writeFile(join(repo, "README.md"), "# bench\n");
  await execa("git", ["add", "."], { cwd: repo });
  await execa("git", [...identity, "commit", "--quiet", "-m", "start"], { cwd: repo });
  for (const count of [1, units]) await writeFile(join(folder, `${count}.yaml`), plan(count));
}

const folder = await mkdtemp(join(tmpdir(), "skein-bench-"));
try {
  await repository(folder);
  const costs = modes.map((mode) => ({ ...mode, floor: [] as TreeCost[], run: [] as RunCost[] }));
  for (let round = 0; round < rounds; round += 1) {
    for (const mode of costs) {
      mode.floor.push(await spawnLoop(folder, mode.process));
      const one = await run(folder, 1, mode.options);
      const all = await run(folder, units, mode.options);
      mode.run.push({
        wallMs: all.wallMs - one.wallMs,
        cpuMs: all.cpuMs - one.cpuMs,
        coordinatorMs: all.coordinatorMs - one.coordinatorMs,
      });
    }
  }
  const perUnit = <Key extends string>(all: readonly Record<Key, number>[], key: Key): number =>
    median(all.map((cost) => cost[key])) / units;
  print(
    `${units} no-op units (medians of ${rounds}; target: under 3 ms CPU beyond the spawn)`,
    costs.map((mode) => ({
      mode: mode.name,
      "spawn, cpu ms": perUnit(mode.floor, "cpuMs"),
      "unit, cpu ms": perUnit(mode.run, "cpuMs"),
      "beyond, cpu ms": perUnit(mode.run, "cpuMs") - perUnit(mode.floor, "cpuMs"),
      "coordinator, cpu ms": perUnit(mode.run, "coordinatorMs"),
      "unit, wall ms": perUnit(mode.run, "wallMs"),
    })),
  );
} finally {
  await rm(folder, { recursive: true });
}
