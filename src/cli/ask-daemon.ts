import { daemonFolder } from "../adapters/daemon/daemon-folder.ts";
import { tellDaemon } from "../adapters/daemon/tell-daemon.ts";
import { isOwnerAlive } from "../adapters/run-owner.ts";
import type { DaemonAnswer, DaemonRequest } from "../model/daemon.ts";
import { failure } from "../model/failure.ts";
import { err, ok, type Result } from "../model/result.ts";
import { isSoonGone } from "./is-soon-gone.ts";

/** A daemon that is killed closes its connection before its process is gone. */
const seenForMs = 1_000;

/** What the daemon of a repository answers; why nobody did, when none is there or it ended meanwhile. */
export async function askDaemon(
  repo: string,
  request: DaemonRequest,
): Promise<Result<DaemonAnswer>> {
  const folder = daemonFolder(repo);
  const wasThere = await isOwnerAlive(folder);
  const answer = await tellDaemon(repo, request);
  if (answer !== undefined) return ok(answer);
  if (!wasThere) {
    const hint = request.command === "stop" ? {} : { hint: "skein daemon start, then again" };
    return err(failure("usage", `no daemon is at work in ${repo}`, hint));
  }
  return err(
    (await isSoonGone(folder, seenForMs))
      ? failure("io", "the daemon ended before it had answered", {
          hint: "skein daemon status says how each job stands; skein daemon start goes on",
        })
      : failure("busy", `the daemon of ${repo} does not answer`, {
          hint: "try again in a moment; skein daemon logs says what it does",
        }),
  );
}
