import { systemdUnit } from "../../../core/daemon/systemd-unit.ts";
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
      hint: "skein daemon install --print > ~/.config/systemd/user/skein.service, then systemctl --user enable --now skein",
    });
    printFailure(repo.ok ? onlyPrints : repo.error, io);
    return 2;
  }
  const command = [process.execPath, ...smallProcess, entryFile, "daemon", "run"];
  io.stdout(systemdUnit({ command, repo: repo.value }));
  return 0;
}
