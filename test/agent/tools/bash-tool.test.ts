import { expect, test } from "vitest";

import { createBackgroundCommands } from "../../../src/agent/tools/background-commands.ts";
import { bashTool } from "../../../src/agent/tools/bash-tool.ts";
import type { Shell, ShellCommand, ShellOutcome } from "../../../src/ports/shell.ts";
import { agentContract } from "../../support/agent-contract.ts";
import { use } from "./tool-rig.ts";

const contract = agentContract("/tree", { outDir: "/out", env: { CI: "1" } });

/** What the tool says when the shell answers so, and what it asked the shell for. */
async function bash(
  outcome: ShellOutcome,
  input: object = { command: "make" },
): Promise<{ readonly said: unknown; readonly asked: readonly ShellCommand[] }> {
  const asked: ShellCommand[] = [];
  const shell: Shell = {
    run: (command) => {
      asked.push(command);
      return Promise.resolve(outcome);
    },
  };
  const said = await use(bashTool(contract, shell, createBackgroundCommands(shell)))(input);
  return { said, asked };
}

const ran = (exitCode: number, output: string): ShellOutcome => ({
  kind: "exited",
  exitCode,
  output,
  durationMs: 1,
});

test("a command runs in the worktree, without network, no longer than the contract allows", async () => {
  const { asked } = await bash(ran(0, ""), { command: "make", timeout_ms: 99_999_999 });
  expect(asked).toEqual([
    {
      script: "make",
      args: [],
      cwd: "/tree",
      outDir: "/out",
      env: { CI: "1" },
      timeoutMs: contract.limits.commandMs,
      projectWritable: true,
      network: false,
    },
  ]);
});

test("the result is the output with the exit code; any code but 0 is an error", async () => {
  expect((await bash(ran(0, "built\n"))).said).toEqual({
    text: "built\n[exit code 0]",
    isError: false,
  });
  expect((await bash(ran(2, "no rule\n"))).said).toEqual({
    text: "no rule\n[exit code 2]",
    isError: true,
  });
});

test.each<[ShellOutcome, RegExp]>([
  [{ kind: "refused", reason: "there is no sandbox on this machine" }, /not run: there is no/],
  [{ kind: "timed-out", output: "so far", durationMs: 1 }, /so far\n\[.*timed-out/],
  [{ kind: "out-of-memory", output: "so far", durationMs: 1 }, /so far\n\[.*out-of-memory/],
  [{ kind: "cancelled", output: "so far", durationMs: 1 }, /so far\n\[.*cancelled/],
])("what kept a command from its end is said: %o", async (outcome, text) => {
  expect((await bash(outcome)).said).toEqual({ text: expect.stringMatching(text), isError: true });
});
