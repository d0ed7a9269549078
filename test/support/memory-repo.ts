import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { Io } from "../../src/cli/io.ts";
import { runCli } from "../../src/cli/run-cli.ts";
import type { Fact } from "../../src/model/memory-fact.ts";
import { fakeIo } from "./fake-io.ts";

interface Said {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A folder with a memory, and the command line on it. */
export interface MemoryRepo {
  readonly repo: string;
  readonly run: (...args: readonly string[]) => Promise<Said>;
  readonly runAs: (io: Partial<Io>, ...args: readonly string[]) => Promise<Said>;
  readonly facts: () => Promise<readonly Fact[]>;
  readonly take: (...lines: readonly object[]) => Promise<Said>;
}

export function memoryRepo(repo = mkdtempSync(join(tmpdir(), "skein-memory-"))): MemoryRepo {
  const runAs: MemoryRepo["runAs"] = async (more, ...args) => {
    const io = fakeIo(more);
    const exitCode = await runCli(["node", "skein", ...args, "--repo", repo], io);
    return { exitCode, stdout: io.out(), stderr: io.err() };
  };
  const run: MemoryRepo["run"] = (...args) => runAs({}, ...args);
  return {
    repo,
    run,
    runAs,
    facts: async () => {
      const { stdout } = await run("memory", "export", "--json");
      return stdout
        .split("\n")
        .filter(Boolean)
        .map((one) => JSON.parse(one) as Fact);
    },
    take: (...lines) => {
      const file = join(mkdtempSync(join(tmpdir(), "skein-lines-")), "lines.jsonl");
      writeFileSync(file, lines.map((one) => JSON.stringify(one)).join("\n"));
      return run("memory", "import", file);
    },
  };
}

/** Something that was said on a day of October. */
export function saidOn(day: number, text: string, more: object = {}): object {
  const at = `2026-10-${String(day).padStart(2, "0")}T10:00:00Z`;
  return { session: "s-1", seq: day, at, origin: "user", text, ...more };
}
