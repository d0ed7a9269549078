import { basename } from "node:path/posix";

import { hashOf } from "../hash-of.ts";

/** Variables of the person's own that the daemon's configuration, folders and programs hang on; none of them is a secret. */
const handedOn = ["PATH", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"] as const;

/** A unit for the person's own systemd, which starts the daemon of a repository with their session. */
export function systemdUnit({
  command,
  repo,
  env,
  secretsIn,
}: {
  readonly command: readonly string[];
  readonly repo: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** A file of variables that only the person may read; it need not be there. */
  readonly secretsIn: string;
}): string {
  const variables = handedOn.flatMap((name) => {
    const value = env[name] ?? "";
    return value === "" ? [] : [`Environment="${escaped(`${name}=${value}`)}"\n`];
  });
  const [program = "", ...args] = command;
  // Behind a folder's name a slash, since it may end in a space, which is passed over, or in what makes a line go on.
  return `[Unit]
Description=Skein daemon of ${plain(repo)}

[Service]
ExecStart=${[quoted(program), ...[...args, "--repo", repo].map(quotedArgument)].join(" ")}
WorkingDirectory=${plain(repo)}/
${variables.join("")}# Keys belong in this file, ANTHROPIC_API_KEY=… on a line of its own; chmod 600 it.
EnvironmentFile=-${plain(secretsIn)}
Restart=on-failure
RestartSec=60
Nice=10
UMask=0077
NoNewPrivileges=yes

[Install]
WantedBy=default.target
`;
}

/** What the unit of a repository is called, without its ending: each has its own. */
export function unitName(repo: string): string {
  const name = basename(repo)
    .replaceAll(/[^\w.-]/g, "-")
    .slice(0, 60);
  return `skein-${name}-${hashOf(repo).toString(16).padStart(8, "0").slice(0, 6)}`;
}

/** systemd.syntax(7): what it would replace or split at is escaped. */
function quoted(word: string): string {
  return /^[\w./@:+-]+$/.test(word) ? word : `"${escaped(word)}"`;
}

/** Variables are replaced in all but the program. */
function quotedArgument(word: string): string {
  return quoted(word).replaceAll("$", "$$$$");
}

function escaped(text: string): string {
  return plain(text).replaceAll("\\", "\\\\").replaceAll('"', '\\"');
}

function plain(text: string): string {
  return text.replaceAll(/[\r\n]/g, " ").replaceAll("%", "%%");
}
