import { mkdir, stat } from "node:fs/promises";
import { dirname } from "node:path";

/** Makes a folder and those it is in, the user's alone. Node's own way says of a read-only disk that the folder is missing. */
export async function makeFolder(path: string): Promise<void> {
  const isThere = await stat(path).then(
    () => true,
    () => false,
  );
  if (isThere) return;
  await makeFolder(dirname(path));
  await mkdir(path, { mode: 0o700 }).catch((error: NodeJS.ErrnoException) => {
    // Somebody else was faster.
    if (error.code !== "EEXIST") throw error;
  });
}
