import { matchesTool } from "../../core/hooks/matches-tool.ts";
import { printable } from "../../core/printable.ts";
import { type Clean, redactValue } from "../../core/secrets/redact-value.ts";
import type { HookCall, OwnedHook } from "../../model/hooks.ts";
import type { RunHooks } from "../../ports/hooks.ts";
import { type HookEnd, runHook } from "./run-hook.ts";

export interface HooksOptions {
  /** In the order they run. */
  readonly hooks: readonly OwnedHook[];
  /** Absolute path of the user's repository: where hooks run. */
  readonly cwd: string;
  /** All of the environment that hooks get, so that no key of the user is in it. */
  readonly home: string;
  readonly path: string;
  readonly clean: Clean;
  readonly timeoutMs?: number;
}

/** Longer than this, a hook holds up agents for nothing. */
const timeoutDefaultMs = 60_000;
const reasonCharsMax = 2_000;

/**
 * The person's own commands around what agents do. Exit code 0 goes on, 2 blocks with standard error as the reason,
 * any other is a warning and goes on; but in front of a tool everything but 0 blocks: a check that broke checked nothing.
 */
export function createHooks(options: HooksOptions): RunHooks {
  const { timeoutMs = timeoutDefaultMs, clean, cwd, home, path } = options;
  return async (call, signal) => {
    const asked = options.hooks.filter(({ hook }) => isFor(hook, call));
    if (asked.length === 0) return { warnings: [] };
    const stdin = `${JSON.stringify(redactValue(call, clean))}\n`;
    const env = { PATH: path, HOME: home, LANG: "C.UTF-8", SKEIN_EVENT: call.event };
    const warnings: string[] = [];
    for (const owned of asked) {
      const { command } = owned.hook;
      const end = await runHook({ command, cwd, env, stdin, timeoutMs }, signal);
      if (end.kind === "exited" && end.exitCode === 0) continue;
      const said = clean(printable(end.said)).slice(0, reasonCharsMax).toWellFormed();
      const how = `${nameOf(owned)} ${howOf(end)}${said === "" ? "" : `: ${said}`}`;
      const means = end.kind === "exited" && end.exitCode === 2;
      if (means) return { blocked: said === "" ? how : said, warnings };
      if (call.event === "pre-tool") return { blocked: how, warnings };
      warnings.push(how);
    }
    return { warnings };
  };
}

function isFor({ event, matcher }: OwnedHook["hook"], call: HookCall): boolean {
  if (event !== call.event) return false;
  return matcher === undefined || !("tool" in call) || matchesTool(matcher, call.tool);
}

function nameOf({ hook, origin }: OwnedHook): string {
  const line = printable(hook.command.split("\n")[0] ?? "")
    .slice(0, 100)
    .toWellFormed();
  return `the ${hook.event} hook of the ${origin} (${line})`;
}

function howOf(end: HookEnd): string {
  return end.kind === "exited" ? `exited with ${end.exitCode}` : end.why;
}
