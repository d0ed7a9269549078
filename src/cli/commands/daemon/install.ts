import { join } from "node:path";

import { xdgFolder } from "../../../adapters/xdg-folder.ts";
import { systemdUnit, unitName } from "../../../core/daemon/systemd-unit.ts";
import { shellWord } from "../../../core/shell-word.ts";
import { failure } from "../../../model/failure.ts";
import { daemonRepo } from "../../daemon-repo.ts";
import { entryFile, smallProcess } from "../../entry-file.ts";
import type { Io } from "../../io.ts";
import type { DaemonInstallOptions } from "../../options/daemon-options.ts";
import { printFailure } from "../../print-failure.ts";

/** `skein daemon install --print`: nothing is installed by itself. */
export async function daemonInstallCommand(options: DaemonInstallOptions, io: Io): Promise<number> {
  const repo = daemonRepo(options);
  if (!repo.ok || !options.print) {
    const onlyPrints = failure("usage", "skein daemon install only prints a unit", {
      hint: repo.ok ? howToInstall(repo.value, io.env) : "",
    });
    printFailure(repo.ok ? onlyPrints : repo.error, io);
    return 2;
  }
  const command = [process.execPath, ...smallProcess, entryFile, "daemon", "run"];
  const secretsIn = join(xdgFolder("CONFIG", io.env), "daemon.env");
  io.stdout(systemdUnit({ command, repo: repo.value, env: io.env, secretsIn }));
  return 0;
}

/** For a shell, to be pasted. */
function howToInstall(repo: string, env: Io["env"]): string {
  const config = env["XDG_CONFIG_HOME"] ?? "";
  const folder = `${config === "" ? "~/.config" : shellWord(config)}/systemd/user`;
  const name = unitName(repo);
  return [
    `mkdir -p ${folder}`,
    `skein daemon install --print --repo ${shellWord(repo)} > ${folder}/${name}.service`,
    `systemctl --user enable --now ${name}`,
  ].join(" && ");
}
