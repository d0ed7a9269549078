import { z } from "zod";

import type { Contract } from "../../model/contract.ts";
import type { Shell } from "../../ports/shell.ts";
import { defineTool, type Tool, toolError, toolOk, type ToolOutcome } from "../tool.ts";

const input = z.strictObject({ command: z.string().min(1), timeout_ms: z.int().min(1).optional() });
const outputCharsMax = 30_000;

/** Each command starts fresh in the worktree's top folder: no state is carried over, so no call depends on a hidden one. */
export function bashTool(contract: Contract, shell: Shell): Tool {
  return defineTool({
    name: "Bash",
    description:
      "Runs a bash command in the worktree's top folder, in a sandbox without network. Nothing but files is kept from one command to the next.",
    input,
    writes: true,
    run: async ({ command, timeout_ms: timeoutMs }, signal) => {
      const outcome = await shell.run(
        {
          script: command,
          args: [],
          cwd: contract.root,
          outDir: contract.outDir,
          env: contract.env,
          timeoutMs: Math.min(timeoutMs ?? contract.limits.commandMs, contract.limits.commandMs),
          network: false,
        },
        signal,
      );
      return told(outcome);
    },
  });
}

function told(outcome: Awaited<ReturnType<Shell["run"]>>): ToolOutcome {
  switch (outcome.kind) {
    case "refused":
      return toolError(`The command was not run: ${outcome.reason}.`);
    case "exited": {
      const text = `${clip(outcome.output)}\n[exit code ${outcome.exitCode}]`;
      return outcome.exitCode === 0 ? toolOk(text) : toolError(text);
    }
    default:
      return toolError(`${clip(outcome.output)}\n[the command was ended: ${outcome.kind}]`);
  }
}

function clip(text: string): string {
  if (text.length <= outputCharsMax) return text.trimEnd();
  const half = outputCharsMax / 2;
  return `${text.slice(0, half)}\n… ${text.length - outputCharsMax} characters cut …\n${text.slice(-half)}`;
}
