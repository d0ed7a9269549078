import { type DaemonAnswer, daemonAnswerSchema, type DaemonRequest } from "../../model/daemon.ts";
import { askAt } from "../control/ask-at.ts";
import { openSocketPath } from "../control/socket-path.ts";
import { isOwnerAlive } from "../run-owner.ts";
import { daemonFolder } from "./daemon-folder.ts";

/** Tells the daemon of a repository something. Undefined: none is there, or it ended before it had answered. */
export async function tellDaemon(
  repo: string,
  request: DaemonRequest,
): Promise<DaemonAnswer | undefined> {
  const folder = daemonFolder(repo);
  if (!(await isOwnerAlive(folder))) return undefined;
  await using socket = await openSocketPath(folder);
  const said = await askAt(socket.path, request);
  const answer = daemonAnswerSchema.safeParse(said?.line);
  return answer.success ? answer.data : undefined;
}
