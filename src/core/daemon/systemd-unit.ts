/** A unit for the person's own systemd, which starts the daemon of a repository with their session. */
export function systemdUnit({
  command,
  repo,
}: {
  readonly command: readonly string[];
  readonly repo: string;
}): string {
  return `[Unit]
Description=Skein daemon of ${plain(repo)}

[Service]
ExecStart=${[...command, "--repo", repo].map(quoted).join(" ")}
WorkingDirectory=${plain(repo)}
Restart=on-failure
RestartSec=60
Nice=10
UMask=0077
NoNewPrivileges=yes

[Install]
WantedBy=default.target
`;
}

/** systemd.syntax(7): what it would replace or split at is escaped. */
function quoted(word: string): string {
  return /^[\w./@:+-]+$/.test(word)
    ? word
    : `"${plain(word).replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("$", "$$$$")}"`;
}

function plain(text: string): string {
  return text.replaceAll(/[\r\n]/g, " ").replaceAll("%", "%%");
}
