import { execa } from "execa";

import type { ShellMode } from "../../model/contract.ts";

/** How commands can run on this machine, and why. bubblewrap may be installed and yet forbidden: it is tried. */
export async function detectShellMode(options: {
  readonly unsandboxed: boolean;
}): Promise<{ readonly mode: ShellMode; readonly reason: string }> {
  if (options.unsandboxed) return { mode: "unsandboxed", reason: "--unsandboxed was given" };
  const tried = await execa(
    "bwrap",
    [
      "--unshare-user-try",
      "--unshare-pid",
      "--unshare-net",
      "--ro-bind",
      "/",
      "/",
      "--proc",
      "/proc",
      "--dev",
      "/dev",
      "true",
    ],
    { reject: false, stdin: "ignore" },
  );
  if (tried.exitCode === 0) return { mode: "bubblewrap", reason: "bubblewrap works" };
  const reason =
    tried.exitCode === undefined
      ? "bubblewrap is not installed"
      : `bubblewrap does not work here: ${tried.stderr.trim().split("\n")[0]}`;
  return { mode: "off", reason };
}
