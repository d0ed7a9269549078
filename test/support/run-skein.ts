import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

import { execa } from "execa";
import { stringify } from "yaml";

import type { RunEvent } from "../../src/model/event.ts";

export interface SkeinResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  /** With `--json`: the events of the run. */
  readonly events: readonly RunEvent[];
}

const main = resolve("bin/skein.js");

/** The command line as a user runs it, in a process of its own, with a clean environment. */
export async function skein(
  args: readonly string[],
  options: {
    readonly cwd?: string;
    readonly env?: Readonly<Record<string, string>>;
    readonly cancelSignal?: AbortSignal;
  } = {},
): Promise<SkeinResult> {
  const { PATH = "", HOME = "" } = process.env;
  const done = await execa(process.execPath, [main, ...args], {
    cwd: options.cwd ?? tmpdir(),
    env: { PATH, HOME, CI: "1", ...options.env },
    extendEnv: false,
    reject: false,
    stdin: "ignore",
    ...(options.cancelSignal === undefined
      ? {}
      : { cancelSignal: options.cancelSignal, forceKillAfterDelay: 20_000 }),
  });
  const events =
    args.includes("--json") && ["run", "resume", "retry"].includes(args[0] ?? "")
      ? done.stdout
          .split("\n")
          .filter((line) => line.startsWith("{"))
          .map((line) => JSON.parse(line) as RunEvent)
      : [];
  return { exitCode: done.exitCode ?? -1, stdout: done.stdout, stderr: done.stderr, events };
}

/** Writes a value as a YAML file in a folder of its own. */
export function yamlFile(name: string, value: unknown): string {
  const file = join(mkdtempSync(join(tmpdir(), "skein-test-")), name);
  writeFileSync(file, stringify(value));
  return file;
}

/** A scripted conversation: what the agent whose first message holds `when` answers, turn by turn. */
export function conversation(when: string, ...turns: readonly (readonly Block[])[]): object {
  return { when, turns: turns.map((content) => ({ content })) };
}

type Block =
  | { readonly type: "tool_use"; readonly name: string; readonly input: object }
  | { readonly type: "text"; readonly text: string };

export function call(name: string, input: object): Block {
  return { type: "tool_use", name, input };
}

export function submit(more: object = {}): Block {
  return call("Submit", { status: "done", summary: "finished", ...more });
}

/** The last event of a run. */
export function finishedOf(result: SkeinResult): Extract<RunEvent, { kind: "run-finished" }> {
  const last = result.events.at(-1);
  if (last?.kind !== "run-finished")
    throw new Error(`the run did not finish:\n${result.stderr}\n${result.stdout}`);
  return last;
}
