/**
 * What judging one command costs, over the corpus: `npx node bench/judge.ts`. Whole judgement: reading, policies, second
 * parser, deny search, for commands under 1 kB; and `skein judge` over the corpus as a file, in one process, against
 * the start of node.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { loadSecondOpinion } from "../src/adapters/shell/load-second-opinion.ts";
import { judgeScript } from "../src/core/shell/judge-script.ts";
import { createCorpusProject } from "../test/core/shell/corpus/corpus-project.ts";
import { readCorpus } from "../test/core/shell/corpus/read-corpus.ts";
import { print } from "./support/print.ts";

const rounds = 3;
const project = createCorpusProject();
const secondOpinion = await loadSecondOpinion();
const kinds = ["benign", "ordinary", "hostile"] as const;
const lines = kinds.flatMap((kind) =>
  readCorpus(kind).map((line) => ({ kind, command: project.fill(line), cwd: line.cwd })),
);
const short = lines.filter(({ command }) => command.length < 1_000);

const times = new Map<string, number[]>(kinds.map((kind) => [kind, []]));
for (let round = 0; round <= rounds; round += 1) {
  for (const { kind, command, cwd } of short) {
    const scene = project.scene(cwd);
    const start = performance.now();
    judgeScript(command, { scene, secondOpinion });
    // The first round warms up.
    if (round > 0) times.get(kind)?.push(performance.now() - start);
  }
}
const rows = [...times, ["all", [...times.values()].flat()] as const].map(([kind, each]) => {
  const sorted = each.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.floor(sorted.length * share)] ?? Number.NaN;
  return { lines: kind, count: each.length / rounds, "median ms": at(0.5), "p99 ms": at(0.99) };
});
print("one judgement, commands under 1 kB (targets: median 0.5 ms, p99 10 ms)", rows);

const folder = mkdtempSync(join(tmpdir(), "skein-bench-"));
const file = join(folder, "commands.jsonl");
writeFileSync(
  file,
  lines.map(({ command }, id) => `${JSON.stringify({ id, command })}\n`).join(""),
);
const floor = secondsOf(["-e", "0"], "");
const all = secondsOf(
  ["src/cli/main.ts", "judge", "--root", project.root, "--home", project.scene().home],
  file,
);
print("skein judge over the corpus, in one process (target: 2,000 lines/s)", [
  {
    lines: lines.length,
    "node start s": floor,
    "all s": all,
    "lines/s": Math.round(lines.length / all),
  },
]);
rmSync(folder, { recursive: true });
project.remove();

function secondsOf(args: readonly string[], input: string): number {
  const start = performance.now();
  const from = input === "" ? "/dev/null" : input;
  execFileSync("sh", ["-c", 'exec "$0" "$@" < "$FILE" > /dev/null', process.execPath, ...args], {
    env: { ...process.env, FILE: from },
  });
  return (performance.now() - start) / 1_000;
}
