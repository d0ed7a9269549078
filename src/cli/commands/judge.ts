import { homedir } from "node:os";
import { resolve } from "node:path";
import type { Readable } from "node:stream";

import * as z from "zod";

import { loadSecondOpinion } from "../../adapters/shell/load-second-opinion.ts";
import { openShellScene } from "../../adapters/shell/open-shell-scene.ts";
import { decide } from "../../core/permission/decide.ts";
import { parseRule } from "../../core/permission/parse-rule.ts";
import { failure } from "../../model/failure.ts";
import type { Permissions } from "../../model/permission.ts";
import type { Io } from "../io.ts";
import { linesOf } from "../lines-of.ts";
import type { JudgeCommandOptions } from "../options.ts";
import { printFailure } from "../print-failure.ts";

const lineSchema = z.looseObject({
  id: z.union([z.string(), z.number()]),
  command: z.string(),
  cwd: z.string().optional(),
});

/**
 * `skein judge`: a verdict for each line of JSON on standard input, by the code that judges agents' commands. Exit code 0,
 * or 2 when a line was none or a rule is wrong.
 */
export async function judgeCommand(
  options: JudgeCommandOptions,
  io: Io,
  input: Readable = process.stdin,
): Promise<number> {
  const permissions = permissionsOf(options);
  const wrong = permissions.rules.flatMap(({ rule }) => {
    const parsed = parseRule(rule);
    return parsed.ok ? [] : [parsed.error];
  });
  if (wrong.length > 0) {
    printFailure(failure("usage", "a rule is not understood", { detail: wrong.join("\n") }), io);
    return 2;
  }
  const root = resolve(options.root);
  const scene = openShellScene({
    root,
    home: resolve(options.home ?? homedir()),
    path: io.env["PATH"] ?? "",
  });
  const secondOpinion = await loadSecondOpinion();
  let isClean = true;
  for await (const line of linesOf(input)) {
    if (io.isClosed) break;
    if (line.trim() === "") continue;
    const read = readLine(line);
    if (!read.success) {
      isClean = false;
      io.stdout(
        `${JSON.stringify({ error: `not a line of {id, command, cwd?}: ${read.error}` })}\n`,
      );
      continue;
    }
    const { id, command, cwd = "." } = read.data;
    const subject = { kind: "command" as const, command };
    const { decision, rule, reasons } = decide("Bash", subject, {
      permissions,
      scene: { ...scene, cwd: resolve(root, cwd) },
      secondOpinion,
      listed: [],
    });
    io.stdout(`${JSON.stringify({ id, decision, rule: rule?.rule ?? null, reasons })}\n`);
  }
  return isClean ? 0 : 2;
}

function permissionsOf({ allow, ask, deny }: JudgeCommandOptions): Permissions {
  const origin = "command line" as const;
  const rules = [
    ...deny.map((rule) => ({ decision: "deny" as const, rule, origin })),
    ...ask.map((rule) => ({ decision: "ask" as const, rule, origin })),
    ...allow.map((rule) => ({ decision: "allow" as const, rule, origin })),
  ];
  return { mode: "accept-edits", rules };
}

function readLine(
  line: string,
):
  | { readonly success: true; readonly data: z.output<typeof lineSchema> }
  | { readonly success: false; readonly error: string } {
  try {
    const parsed = lineSchema.safeParse(JSON.parse(line));
    return parsed.success
      ? parsed
      : { success: false, error: parsed.error.issues.map(({ message }) => message).join("; ") };
  } catch (error) {
    return { success: false, error: error instanceof Error ? error.message : String(error) };
  }
}
