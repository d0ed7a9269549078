/**
 * What the engine adds to a unit: a plan of no-op `run` tasks through `skein run`, against starting bash as often. Both
 * as whole process trees; the fixed cost of a run is taken off by a second run with one unit. `--units N` (1,000).
 */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
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
const skein = fileURLToPath(new URL("../src/cli/main.ts", import.meta.url));

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
function run(folder: string, count: number, mode: readonly string[]): Promise<TreeCost> {
  const file = join(folder, `${count}.yaml`);
  const options = ["--repo", join(folder, "repo"), "--base-url", "http://127.0.0.1:9", "--json"];
  return treeCost([process.execPath, skein, "run", file, ...options, ...mode], { cwd: folder });
}

function bash(folder: string): Promise<TreeCost> {
  const loop = `for ((i = 0; i < ${units}; i++)); do bash -c true; done`;
  return treeCost(["bash", "-c", loop], { cwd: folder });
}

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
  const floor: TreeCost[] = [];
  const each: Record<string, TreeCost[]> = { "bubblewrap (default)": [], "--unsandboxed": [] };
  for (let round = 0; round < rounds; round += 1) {
    floor.push(await bash(folder));
    for (const [name, costs] of Object.entries(each)) {
      const mode = name.startsWith("--") ? [name] : [];
      const one = await run(folder, 1, mode);
      const all = await run(folder, units, mode);
      costs.push({ wallMs: all.wallMs - one.wallMs, cpuMs: all.cpuMs - one.cpuMs });
    }
  }
  const perUnit = (costs: readonly TreeCost[], key: keyof TreeCost): number =>
    median(costs.map((cost) => cost[key])) / units;
  const spawn = perUnit(floor, "cpuMs");
  print(`${units} no-op units (medians of ${rounds}; target: under 3 ms CPU beyond the spawn)`, [
    {
      what: "bash -c true",
      "cpu ms/unit": spawn,
      "wall ms/unit": perUnit(floor, "wallMs"),
      "cpu ms beyond": 0,
    },
    ...Object.entries(each).map(([name, costs]) => ({
      what: `skein run, ${name}`,
      "cpu ms/unit": perUnit(costs, "cpuMs"),
      "wall ms/unit": perUnit(costs, "wallMs"),
      "cpu ms beyond": perUnit(costs, "cpuMs") - spawn,
    })),
  ]);
} finally {
  await rm(folder, { recursive: true });
}
