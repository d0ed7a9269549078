import { mkdirSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

import { printable } from "../core/printable.ts";
import { redact } from "../core/secrets/redact.ts";
import type { Io } from "./io.ts";
import { paintFor } from "./paint.ts";

/** The last resort: something threw that no code expected. The stack goes to a file; people get to know where. */
export function reportBug(
  error: unknown,
  { io, debug }: { readonly io: Io; readonly debug: boolean },
): void {
  const paint = paintFor(io);
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const message = error instanceof Error ? error.message : String(error);
  const file = keep(stack, io.env);
  io.stderr(
    `${paint.error("skein:")} this is a bug in Skein: ${printable(message)}\n` +
      `  ${paint.strong("next:")} please report it${file === undefined ? "" : ` with ${file}`}\n` +
      (debug || file === undefined ? `${printable(stack)}\n` : ""),
  );
}

/** The file's path; undefined where nothing can be written, and then the stack is better shown than lost. */
function keep(stack: string, env: Io["env"]): string | undefined {
  const state = env["XDG_STATE_HOME"] ?? join(env["HOME"] ?? homedir(), ".local", "state");
  const folder = join(state, "skein");
  const file = join(folder, `bug-${new Date().toISOString().replaceAll(/[:.]/g, "-")}.log`);
  const facts = `node ${process.version}, ${process.platform} ${process.arch}\n${process.argv.slice(2).join(" ")}\n`;
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    writeFileSync(file, redact(`${facts}${stack}\n`), { mode: 0o600 });
    return file;
  } catch {
    // A bug's report must not fail on a full disk.
    return undefined;
  }
}
