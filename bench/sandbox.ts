/** What confining a command costs: `true` in bare bash, unsandboxed, and in bubblewrap, interleaved; medians. */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

import { createShell } from "../src/adapters/sandbox/create-shell.ts";
import type { Shell } from "../src/ports/shell.ts";

const rounds = 60;
const folder = mkdtempSync("/var/tmp/skein-bench-");
const [checkout, cwd, outDir] = ["checkout", "worktrees/u", "out"].map((name) =>
  join(folder, name),
);
if (checkout === undefined || cwd === undefined || outDir === undefined)
  throw new Error("no folder");
for (const path of [checkout, cwd, outDir]) mkdirSync(path, { recursive: true });
execFileSync("git", ["init", "--quiet", checkout]);
writeFileSync(join(cwd, ".git"), `gitdir: ${join(checkout, ".git/worktrees/u")}\n`);

const policy = {
  gitDir: join(checkout, ".git"),
  checkout,
  home: homedir(),
  path: process.env["PATH"] ?? "",
};
const never = new AbortController().signal;
const minimal = ["--unshare-pid", "--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc"];

function commandIn(shell: Shell): () => Promise<unknown> {
  const rest = {
    args: [],
    cwd: cwd ?? "",
    outDir: outDir ?? "",
    env: {},
    projectWritable: true,
    network: false,
  };
  return () => shell.run({ script: "true", timeoutMs: 60_000, ...rest }, never);
}

const ways: Readonly<Record<string, () => unknown>> = {
  "bare bash": () => spawnSync("bash", ["-c", "true"]),
  "bare bwrap": () => spawnSync("bwrap", [...minimal, "bash", "-c", "true"]),
  unsandboxed: commandIn(createShell({ mode: "unsandboxed", policy, parentEnv: process.env })),
  bubblewrap: commandIn(createShell({ mode: "bubblewrap", policy, parentEnv: process.env })),
};

const times = new Map(Object.keys(ways).map((name) => [name, [] as number[]]));
for (let round = 0; round < rounds; round++) {
  for (const [name, work] of Object.entries(ways)) {
    const startedAt = performance.now();
    await work();
    times.get(name)?.push(performance.now() - startedAt);
  }
}
rmSync(folder, { recursive: true, force: true });

const medianOf = (name: string): number =>
  times.get(name)?.toSorted((a, b) => a - b)[rounds / 2] ?? Number.NaN;
const bare = medianOf("bare bash");
const rows = Object.keys(ways).map((name) => ({
  name,
  ms: Number(medianOf(name).toFixed(1)),
  overBashMs: Number((medianOf(name) - bare).toFixed(1)),
  ratio: Number((medianOf(name) / bare).toFixed(1)),
}));
if (process.argv.includes("--json")) console.log(JSON.stringify(rows));
else console.table(rows);
