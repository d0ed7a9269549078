import type { ShellCommand } from "../../ports/shell.ts";
import { homeEnv } from "./kept-home.ts";
import { rustupHome } from "./tool-folders.ts";

/** Variables of this process that a command may have. An allow-list: a key with an unexpected name must not slip through. */
const allowed = ["PATH", "LANG", "LC_ALL", "LC_CTYPE", "TZ"] as const;

/** And for a command with network: how this machine reaches it. A proxy's address may hold its password. */
const allowedWithNetwork = [
  "HTTP_PROXY",
  "HTTPS_PROXY",
  "NO_PROXY",
  "http_proxy",
  "https_proxy",
  "no_proxy",
  "NODE_EXTRA_CA_CERTS",
  "SSL_CERT_FILE",
  "SSL_CERT_DIR",
  "npm_config_registry",
  "PIP_INDEX_URL",
  "PIP_EXTRA_INDEX_URL",
  "PIP_FIND_LINKS",
  "PIP_CERT",
  "UV_DEFAULT_INDEX",
  "GOPROXY",
  "GOSUMDB",
] as const;

export function commandEnv(
  command: Pick<ShellCommand, "env" | "outDir" | "network" | "cwd">,
  options: {
    readonly home: string;
    readonly tmp: string;
    readonly parent: Readonly<Record<string, string | undefined>>;
  },
): Readonly<Record<string, string>> {
  const names = command.network ? [...allowed, ...allowedWithNetwork] : allowed;
  const kept = names.flatMap((name) => {
    const value = options.parent[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    ...Object.fromEntries(kept),
    ...homeEnv(command, { home: options.home, path: options.parent["PATH"] ?? "" }),
    ...rustupEnv(options.parent["PATH"] ?? ""),
    ...command.env,
    HOME: options.home,
    TMPDIR: options.tmp,
    TERM: "dumb",
    CI: "1",
    SKEIN: "1",
    SKEIN_OUT: command.outDir,
  };
}

/** The programs that rustup puts on PATH look for the real ones in a home that commands do not have. */
function rustupEnv(path: string): Readonly<Record<string, string>> {
  const home = rustupHome(path);
  return home === undefined ? {} : { RUSTUP_HOME: home };
}
