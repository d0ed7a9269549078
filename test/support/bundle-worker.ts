import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import { bundleWorkers } from "../../scripts/bundle-workers.ts";

/** The agent's thread entry, bundled as it is shipped, in a folder of its own. */
export async function bundledWorker(): Promise<URL> {
  const folder = mkdtempSync(join(tmpdir(), "skein-worker-"));
  await bundleWorkers(folder);
  return pathToFileURL(join(folder, "agent.worker.js"));
}
