import { mkdtempSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

import { bundleWorkers } from "../../scripts/bundle-workers.ts";

/** The agent's thread entry, bundled as it is shipped, in a folder of its own. */
export async function bundledWorker(): Promise<URL> {
  const folder = mkdtempSync(join(tmpdir(), "skein-worker-"));
  await bundleWorkers(folder);
  // What is not bundled is found as from the package's own folder.
  symlinkSync(resolve("node_modules"), join(folder, "node_modules"));
  return pathToFileURL(join(folder, "agent.worker.js"));
}
