/**
 * A batch run as it ships (build first). "scale": `--repos N` (1,000) small bare repositories whose own commands do next
 * to nothing: peak memory of the coordinator over that of a run of 10, and what `skein status` takes afterwards.
 * "overhead": `--working N` (48) repositories whose commands take time, `--work-ms N` (2,000) each, `--parallel N` (8) at
 * once, against the same clones and commands from plain bash, as many at once.
 */
import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs, promisify } from "node:util";

import { execa } from "execa";

import { median } from "./support/measure.ts";
import { print } from "./support/print.ts";
import { treeCost } from "./support/tree-cost.ts";

const { values } = parseArgs({
  options: {
    repos: { type: "string", default: "1000" },
    working: { type: "string", default: "48" },
    "work-ms": { type: "string", default: "2000" },
    parallel: { type: "string", default: "8" },
    json: { type: "boolean" },
  },
});
const many = Number(values.repos);
const working = Number(values.working);
const workMs = Number(values["work-ms"]);
const parallel = Number(values.parallel);
const skein = fileURLToPath(new URL("../bin/skein.js", import.meta.url));
const run = promisify(execFile);

const mebibyte = 1_048_576;
/** Small enough that everything of it is base. */
const fewRepos = 10;

/** One repository, copied: what counts is how many there are. */
async function servers(folder: string, count: number): Promise<readonly string[]> {
  const work = join(folder, "work");
  const identity = ["-c", "user.name=bench", "-c", "user.email=bench@localhost"];
  await execa("git", ["init", "--quiet", "--initial-branch=main", work]);
  for (let file = 0; file < 20; file += 1) await writeFile(join(work, `${file}.txt`), "old\n");
  await execa("git", ["add", "."], { cwd: work });
  await execa("git", [...identity, "commit", "--quiet", "-m", "start"], { cwd: work });
  const first = join(folder, "first.git");
  await execa("git", ["clone", "--quiet", "--bare", work, first]);
  await mkdir(join(folder, "srv"));
  const paths = Array.from({ length: count }, (_, at) => join(folder, "srv", `repo-${at}.git`));
  for (const path of paths) await cp(first, path, { recursive: true });
  return paths.map((path) => `file://${path}`);
}

/** Setup, base, change, check: the commands that a repository's own time goes into. */
const commandsOf = (ms: number): readonly string[] => {
  const wait = ms === 0 ? "" : `sleep ${ms / 1_000}; `;
  return [`${wait}true`, `${wait}test -s 0.txt`, "sed -i s/old/new/ 0.txt", `${wait}test -s 0.txt`];
};

function planOf(ms: number): string {
  const [setup = "", base = "", change = ""] = commandsOf(ms);
  return `version: 1
name: fleet
clone: { depth: 1, cache: ./cache }
tasks:
  each:
    strategy: { matrix: { repo: "\${{ repos }}" }, max-parallel: ${parallel}, max-size: ${Math.max(many, working)} }
    workspace: { repo: "\${{ matrix.repo }}", setup: "${setup}" }
    steps: [{ run: "${change}" }]
    verify: [{ run: "${base}" }]
`;
}

interface FleetRun {
  readonly wallMs: number;
  readonly cpuMs: number;
  readonly peakBytes: number;
  readonly folder: string;
}

/** A run in a folder of its own, with an empty cache. */
async function fleetRun(
  folder: string,
  of: { readonly urls: readonly string[]; readonly workMs: number },
): Promise<FleetRun> {
  const cwd = await mkdtemp(join(folder, "run-"));
  await writeFile(join(cwd, "plan.yaml"), planOf(of.workMs));
  await writeFile(join(cwd, "repos.txt"), `${of.urls.join("\n")}\n`);
  const options = ["--repos", "repos.txt", "--max-agents", String(parallel), "--json"];
  const command = [process.execPath, skein, "run", "plan.yaml", ...options];
  const peak = watchPeak(cwd);
  const cost = await treeCost(command, { cwd });
  return { ...cost, peakBytes: await peak.stop(), folder: cwd };
}

/** The most that the coordinator had in memory: the kernel keeps it, and it is read as long as there is a process. */
function watchPeak(cwd: string): { readonly stop: () => Promise<number> } {
  let most = 0;
  const ended = new AbortController();
  const watched = (async () => {
    while (!ended.signal.aborted) {
      for (const pid of await coordinators(cwd)) most = Math.max(most, await peakOf(pid));
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  })();
  return {
    stop: async () => {
      ended.abort();
      await watched;
      return most;
    },
  };
}

/** Node processes that were started in this folder: the coordinator, and the small one that starts commands for it. */
async function coordinators(cwd: string): Promise<readonly string[]> {
  const { stdout } = await run("pgrep", ["-f", `skein.js run plan.yaml`]).catch(() => ({
    stdout: "",
  }));
  const pids = stdout.trim().split("\n");
  const places = await Promise.all(
    pids.map(async (pid) =>
      (await run("readlink", [`/proc/${pid}/cwd`]).catch(() => ({ stdout: "" }))).stdout.trim(),
    ),
  );
  return pids.filter((_, at) => places[at] === cwd);
}

async function peakOf(pid: string): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) * 1_024;
}

async function statusMs(cwd: string): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < 7; round += 1) {
    const start = performance.now();
    await execa(process.execPath, [skein, "status"], { cwd });
    times.push(performance.now() - start);
  }
  return median(times);
}

async function journalBytes(cwd: string): Promise<number> {
  const runs = join(cwd, ".skein/runs");
  const [id = ""] = (await readdir(runs)).filter((name) => /^\d/.test(name));
  return (await stat(join(runs, id, "journal.jsonl"))).size;
}

/** The same clones and commands from bash, as many at once. */
async function floor(folder: string, urls: readonly string[]): Promise<FleetRun> {
  const cwd = await mkdtemp(join(folder, "floor-"));
  const [setup = "", base = "", change = "", check = ""] = commandsOf(workMs);
  const script = `git clone --quiet --depth=1 "$1" "$2" && cd "$2" || exit 1
${[setup, base, change, check].map((command) => `bash -c '${command}' || exit 1`).join("\n")}
git -c user.name=bench -c user.email=bench@localhost commit --quiet --all --message=change`;
  await writeFile(join(cwd, "one.sh"), script);
  const pairs = urls.map((url, at) => `${url} clone-${at}`).join("\n");
  await writeFile(join(cwd, "pairs"), `${pairs}\n`);
  const all = `xargs --max-args=2 --max-procs=${parallel} bash one.sh < pairs`;
  const cost = await treeCost(["bash", "-c", all], { cwd });
  return { ...cost, peakBytes: 0, folder: cwd };
}

const folder = await mkdtemp(join(tmpdir(), "skein-bench-"));
try {
  const urls = await servers(folder, Math.max(many, working));
  const few = await fleetRun(folder, { urls: urls.slice(0, fewRepos), workMs: 0 });
  const all = await fleetRun(folder, { urls: urls.slice(0, many), workMs: 0 });
  print("scale (targets: at most 300 MiB over the base, status under 300 ms)", [
    {
      repositories: many,
      seconds: all.wallMs / 1_000,
      "ms each": all.wallMs / many,
      "cpu ms each": all.cpuMs / many,
      "peak MiB": all.peakBytes / mebibyte,
      "over the base": (all.peakBytes - few.peakBytes) / mebibyte,
      "status ms": await statusMs(all.folder),
      "status ms, few": await statusMs(few.folder),
      "journal MiB": (await journalBytes(all.folder)) / mebibyte,
    },
  ]);
  const of = urls.slice(0, working);
  const plain = await floor(folder, of);
  const fleet = await fleetRun(folder, { urls: of, workMs });
  const own = working * 3 * workMs;
  print("overhead (targets: at most 0.05 of the own time, 1.1 of the bound)", [
    {
      repositories: working,
      parallel,
      "own s": own / 1_000,
      "bound s": own / parallel / 1_000,
      "bash s": plain.wallMs / 1_000,
      "skein s": fleet.wallMs / 1_000,
      "skein/bound": (fleet.wallMs * parallel) / own,
      "skein/bash": fleet.wallMs / plain.wallMs,
      "cpu beyond bash, of own": (fleet.cpuMs - plain.cpuMs) / own,
    },
  ]);
} finally {
  await rm(folder, { recursive: true, force: true });
}
