import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

import { execa } from "execa";

import { yamlFile } from "./run-skein.ts";
import { git, tempRepo } from "./temp-repo.ts";

/** Where one run is killed: after a journal entry, by its number or a text in it, or after a time in milliseconds. */
export type KillPoint =
  | { readonly kind: "entry"; readonly number: number }
  | { readonly kind: "line"; readonly text: string }
  | { readonly kind: "time"; readonly ms: number };

const lines = Array.from({ length: 20 }, (_, at) => `line ${at}\n`).join("");
const files = Object.fromEntries([1, 2, 3, 4, 5, 6].map((n) => [`f${n}.txt`, lines]));

/** Twelve units: one before, a matrix, a merge in the middle, work on top of it, an output that is passed on. */
const plan = {
  version: 1,
  name: "twelve units",
  tasks: {
    first: { run: "echo first > first.txt" },
    edit: {
      needs: ["first"],
      strategy: { matrix: { n: [1, 2, 3, 4, 5, 6] } },
      env: { N: "${{ matrix.n }}" },
      run: 'sed -i "s/^line 10$/ten of $N/" "f$N.txt"',
    },
    list: { needs: ["first"], run: "ls > listing.txt" },
    merge: { needs: ["edit", "list"], reduce: { from: ["edit", "list"], "on-conflict": "fail" } },
    after: { needs: ["merge"], run: "cat f*.txt | sort > all.txt" },
    look: {
      needs: ["merge"],
      run: 'cat f*.txt | wc -l > "$SKEIN_OUT/count.txt"',
      outputs: { count: { text: "count.txt" } },
    },
    last: {
      needs: ["after", "look"],
      env: { COUNT: "${{ needs.look.outputs.count }}" },
      run: 'echo "$COUNT" > last.txt',
    },
  },
};

const main = resolve("bin/skein.js");
const killer = resolve("test/support/kill-at-entry.mjs");

/** A repository and a plan of twelve units, to be run to the end however often its process is killed. */
export function killableRun(): { readonly repo: string; readonly planFile: string } {
  return { repo: tempRepo(files), planFile: yamlFile("plan.yaml", plan) };
}

/** Runs the command line, kills it where it is told to, and gives its exit code; undefined: it was killed. */
export async function runKilled(
  args: readonly string[],
  at: KillPoint | undefined,
  env: Readonly<Record<string, string>> = {},
  cwd = process.cwd(),
): Promise<{
  readonly exitCode: number | undefined;
  readonly entries: number;
  readonly stderr: string;
}> {
  const { PATH = "", HOME = "" } = process.env;
  const run = execa(process.execPath, ["--import", killer, main, ...args, "--json"], {
    cwd,
    env: {
      PATH,
      HOME,
      CI: "1",
      ...env,
      ...(at?.kind === "entry" ? { SKEIN_TEST_KILL_AT: String(at.number) } : {}),
      ...(at?.kind === "line" ? { SKEIN_TEST_KILL_WHEN: at.text } : {}),
    },
    extendEnv: false,
    reject: false,
    stdin: "ignore",
  });
  const timer = at?.kind === "time" ? setTimeout(() => run.kill("SIGKILL"), at.ms) : undefined;
  const done = await run;
  clearTimeout(timer);
  const entries = done.stdout.split("\n").filter((line) => line.startsWith("{")).length;
  return { exitCode: done.exitCode, entries, stderr: done.stderr };
}

/** What a run has left behind, for comparing one that was killed with one that was not. */
export interface Left {
  readonly tree: string;
  /** Subjects of the result's commits: each unit's once. */
  readonly commits: readonly string[];
  /** Units whose commits are kept, one each. */
  readonly refs: readonly string[];
  readonly worktrees: number;
  readonly folders: readonly string[];
  readonly processes: readonly string[];
  readonly status: string;
}

export function leftBy(repo: string): Left {
  // One that was killed before it wrote its first word was begun anew.
  const runs = readdirSync(join(repo, ".skein", "runs")).filter((name) => /^\d/.test(name));
  const run = runs.toSorted().at(-1) ?? "";
  const parent = process.env["SKEIN_WORKTREES"] ?? "/var/tmp";
  const folder = join(parent, `skein-${process.getuid?.() ?? 0}`, run);
  const branch = `skein/${run}`;
  return {
    tree: git(repo, "rev-parse", `${branch}^{tree}`).trim(),
    commits: git(repo, "log", "--format=%s", `main..${branch}`).trim().split("\n").toSorted(),
    refs: git(repo, "for-each-ref", "--format=%(refname)", "refs/skein")
      .trim()
      .split("\n")
      .map((ref) => ref.split("/").slice(3, -1).join("/")),
    worktrees: git(repo, "worktree", "list").trim().split("\n").length,
    folders: existsSync(folder) ? readdirSync(folder) : [],
    processes: processesAbout([...runs, repo]),
    status: git(repo, "status", "--porcelain"),
  };
}

function processesAbout(names: readonly string[]): readonly string[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && name !== String(process.pid))
    .flatMap((pid) => {
      try {
        const command = readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
        return names.some((name) => command.includes(name)) ? [command] : [];
      } catch {
        // It has ended meanwhile.
        return [];
      }
    });
}
