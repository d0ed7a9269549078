import * as z from "zod";

import type { Contract } from "../../model/contract.ts";
import type { Shell, ShellCommand } from "../../ports/shell.ts";
import { defineTool, type Grant, type Tool, toolError, toolOk } from "../tool.ts";
import type { BackgroundCommands } from "./background-commands.ts";
import { shellText } from "./shell-text.ts";

const input = z.strictObject({
  command: z.string().min(1).max(100_000),
  timeout_ms: z.int().min(1).optional(),
  background: z.boolean().optional(),
});
/** A server may run as long as its agent; this only bounds one that was forgotten. */
const backgroundMs = 60 * 60 * 1_000;

/** Each command starts fresh in the worktree's top folder: no state is carried over, so no call depends on a hidden one. */
export function bashTool(contract: Contract, shell: Shell, background: BackgroundCommands): Tool {
  return defineTool({
    name: "Bash",
    description:
      "Runs a bash command in the worktree's top folder, in a sandbox without network. Nothing but files is kept from one command to the next. With background: true it goes on beside your other work until it ends, KillBash ends it, or you deliver; read its output with BashOutput.",
    input,
    effect: "executes",
    prepare: (fields) => ({
      subjects: [
        { kind: "command", command: fields.command, background: fields.background === true },
      ],
      run: async (grant, signal) => {
        const command = shellCommand(contract, fields, grant);
        if (fields.background !== true) return shellText(await shell.run(command, signal));
        const started = background.start(command);
        return started.ok
          ? toolOk(`Started in the background as ${started.value}. See it with BashOutput.`)
          : toolError(started.error);
      },
    }),
  });
}

function shellCommand(
  contract: Contract,
  fields: z.output<typeof input>,
  grant: Grant,
): ShellCommand {
  const longest = fields.background === true ? backgroundMs : contract.limits.commandMs;
  return {
    script: grant.command ?? fields.command,
    args: contract.files,
    cwd: contract.root,
    outDir: contract.outDir,
    env: { ...contract.env, ...grant.env },
    timeoutMs: Math.min(fields.timeout_ms ?? longest, longest),
    projectWritable: grant.projectWritable,
    network: false,
  };
}
