import type { Call } from "./call.ts";
import { destruction } from "./rules/destruction.ts";
import { devices } from "./rules/devices.ts";
import { escape } from "./rules/escape.ts";
import { exfiltration } from "./rules/exfiltration.ts";
import { laterExecution } from "./rules/later-execution.ts";
import { oneLiners } from "./rules/one-liners.ts";
import { processes } from "./rules/processes.ts";
import { reverseShell } from "./rules/reverse-shell.ts";
import { traces } from "./rules/traces.ts";

const rules = [
  destruction,
  devices,
  laterExecution,
  reverseShell,
  exfiltration,
  escape,
  processes,
  traces,
  oneLiners,
] as const;

/** Everything that no rule may allow about one call. */
export function denialsOf(call: Call): readonly string[] {
  return rules.flatMap((rule) => rule(call) ?? []);
}
