import type { ShellCommand } from "../../ports/shell.ts";

/** Variables of this process that a command may have. An allow-list: a key with an unexpected name must not slip through. */
const allowed = ["PATH", "LANG", "LC_ALL", "LC_CTYPE", "TZ"] as const;

export function commandEnv(
  command: Pick<ShellCommand, "env" | "outDir">,
  options: { readonly home: string; readonly parent: Readonly<Record<string, string | undefined>> },
): Readonly<Record<string, string>> {
  const kept = allowed.flatMap((name) => {
    const value = options.parent[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    ...Object.fromEntries(kept),
    ...command.env,
    HOME: options.home,
    TMPDIR: "/tmp",
    TERM: "dumb",
    CI: "1",
    SKEIN: "1",
    SKEIN_OUT: command.outDir,
  };
}
