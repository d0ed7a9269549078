import { constants } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";

const name = "control.sock";

/** Where a run's socket is, by a path that is short however deep the folder lies. */
export interface SocketPath extends AsyncDisposable {
  readonly path: string;
}

/**
 * The address of a socket holds about a hundred bytes, and the folder of a run can be deeper than that. So it is
 * spelled through a handle of the folder; on systems without /proc as it is.
 */
export async function openSocketPath(runFolder: string): Promise<SocketPath> {
  if (process.platform !== "linux")
    return { path: `${runFolder}/${name}`, [Symbol.asyncDispose]: async () => undefined };
  // Never through a link: the folder may have come with the repository.
  const flags = constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW;
  const folder: FileHandle = await open(runFolder, flags);
  return {
    path: `/proc/self/fd/${folder.fd}/${name}`,
    [Symbol.asyncDispose]: () => folder.close(),
  };
}
