import { spawn } from "node:child_process";

import { createBoundedOutput } from "../sandbox/bounded-output.ts";
import { signalGroup } from "../signal-group.ts";

export interface HookProcess {
  readonly command: string;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly stdin: string;
  readonly timeoutMs: number;
}

/** How a hook ended; `said` is what it wrote on its standard error. */
export type HookEnd =
  | { readonly kind: "exited"; readonly exitCode: number; readonly said: string }
  | { readonly kind: "ended"; readonly why: string; readonly said: string };

const headBytes = 8 * 1024;
const tailBytes = 8 * 1024;
/** How long its output may stay open after it has ended, in milliseconds; only a stray process holds it. */
const drainMs = 500;

/** Runs one hook to its end, with all it started; nothing of it is left when this resolves. */
export function runHook(hook: HookProcess, signal: AbortSignal): Promise<HookEnd> {
  if (signal.aborted) return Promise.resolve({ kind: "ended", why: "was cancelled", said: "" });
  return new Promise((resolve) => {
    const errors = createBoundedOutput({ headBytes, tailBytes });
    const child = spawn("/bin/sh", ["-c", hook.command], {
      cwd: hook.cwd,
      env: hook.env,
      detached: true,
      stdio: ["pipe", "ignore", "pipe"],
    });
    let why: string | undefined;
    let draining: NodeJS.Timeout | undefined;
    const end = (because: string): void => {
      why ??= because;
      signalGroup(child.pid, "SIGKILL");
    };
    const onAbort = (): void => end("was cancelled");
    const timer = setTimeout(
      () => end(`took longer than ${hook.timeoutMs / 1000} s`),
      hook.timeoutMs,
    );
    const done = (result: HookEnd): void => {
      clearTimeout(timer);
      clearTimeout(draining);
      signal.removeEventListener("abort", onAbort);
      resolve(result);
    };
    signal.addEventListener("abort", onAbort, { once: true });
    child.stderr.on("data", (chunk: Buffer) => errors.add(chunk));
    // A hook need not read what it is told.
    child.stdin.on("error", () => undefined);
    child.stdin.end(hook.stdin);
    child.on("error", ({ message }) =>
      done({ kind: "ended", why: `could not be started: ${message}`, said: "" }),
    );
    child.on("exit", () => {
      signalGroup(child.pid, "SIGKILL");
      draining = setTimeout(() => child.stderr.destroy(), drainMs);
    });
    child.on("close", (code, endSignal) => {
      const said = errors.text().trim();
      if (why === undefined && code !== null) done({ kind: "exited", exitCode: code, said });
      else done({ kind: "ended", why: why ?? `was ended by ${endSignal ?? "a signal"}`, said });
    });
  });
}
