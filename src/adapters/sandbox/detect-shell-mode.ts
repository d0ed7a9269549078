import type { ShellMode } from "../../model/contract.ts";
import { probeBubblewrap } from "./probe-bubblewrap.ts";

/** How commands can run on this machine, and why. */
export async function detectShellMode(options: {
  readonly unsandboxed: boolean;
}): Promise<{ readonly mode: ShellMode; readonly reason: string }> {
  if (options.unsandboxed) return { mode: "unsandboxed", reason: "--unsandboxed was given" };
  const probed = await probeBubblewrap();
  return probed.works
    ? { mode: "bubblewrap", reason: "bubblewrap works" }
    : { mode: "look-only", reason: probed.reason };
}
